/**
 * The times of a batch that are told of it: once a name is here, its column is in every summary and in the API. Pure.
 */

/** By the name of the column and of the API's field, with what the API says of it. */
export const BATCH_INSTANTS = {
  scheduled_at: "When dialing may begin.",
  admitted_at: "When it got its slots and dialing began.",
  paused_at: "Since when it is paused, while it is.",
} as const satisfies Readonly<Record<string, string>>;
export type BatchInstant = keyof typeof BATCH_INSTANTS;

export const NAMES_OF_INSTANTS = Object.keys(BATCH_INSTANTS) as readonly BatchInstant[];

type Camel<Name extends string> = Name extends `${infer Word}_at` ? `${Word}At` : never;
const camel = (name: BatchInstant) => name.replace(/_at$/, "At") as Camel<BatchInstant>;

/** In the summaries of every release; those of an earlier one lack the others. */
type Ever = "scheduled_at" | "admitted_at" | "paused_at";
/** Epoch ms, as summaries have them. Null: it has not come. */
export type BatchInstants = { readonly [Name in Ever as Camel<Name>]: number | null } & {
  readonly [Name in Exclude<BatchInstant, Ever> as Camel<Name>]?: number | null;
};

export const instantsOf = (row: Readonly<Record<BatchInstant, number | null>>): BatchInstants =>
  Object.fromEntries(NAMES_OF_INSTANTS.map((name) => [camel(name), row[name]])) as BatchInstants;

/** By the API's names. */
export const namedInstants = (summary: Partial<BatchInstants>): Record<BatchInstant, number | null> =>
  Object.fromEntries(NAMES_OF_INSTANTS.map((name) => [name, summary[camel(name)] ?? null])) as Record<
    BatchInstant,
    number | null
  >;
