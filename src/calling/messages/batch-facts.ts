/**
 * What a batch's row says that is told unchanged. Once a name is here, its column is in the row, in every summary and in
 * the API. Pure.
 */

import type { Actor } from "./act.ts";

/** instant: epoch ms; RFC 3339 in the API. actor: in its column as JSON. */
type Stored = { readonly instant: number; readonly actor: string };
type Told = { readonly instant: number; readonly actor: Actor };
export type FactKind = keyof Told;

/** By the name of the column and of the API's field, with what the API says of it. */
export const BATCH_FACTS = {
  scheduled_at: { is: "instant", says: "When dialing may begin." },
  admitted_at: { is: "instant", says: "When it got its slots and dialing began." },
  paused_at: { is: "instant", says: "Since when it is paused, while it is." },
  cancelled_at: { is: "instant", says: "When it was cancelled." },
  cancelled_by: { is: "actor", says: "Who cancelled it. Absent, too, if that was before callbatch stored it." },
} as const satisfies Readonly<Record<string, { readonly is: FactKind; readonly says: string }>>;
export type BatchFact = keyof typeof BATCH_FACTS;
type KindOf<Name extends BatchFact> = (typeof BATCH_FACTS)[Name]["is"];

export const NAMES_OF_FACTS = Object.keys(BATCH_FACTS) as readonly BatchFact[];

/** As columns. Null: it is not so. */
export type StoredFacts = { readonly [Name in BatchFact]: Stored[KindOf<Name>] | null };

type Camel<Name extends string> = Name extends `${infer Word}_${infer Rest}`
  ? `${Word}${Capitalize<Camel<Rest>>}`
  : Name;
const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
/** Once: each list of batches asks for them a hundred times. */
const IN_SUMMARIES = NAMES_OF_FACTS.map((name) => [name, camel(name) as keyof BatchFacts] as const);

/** In the summaries of every release; those of an earlier one lack the others. */
type Ever = "scheduled_at" | "admitted_at" | "paused_at";
/** As summaries have them. */
export type BatchFacts = { readonly [Name in Ever as Camel<Name>]: Told[KindOf<Name>] | null } & {
  readonly [Name in Exclude<BatchFact, Ever> as Camel<Name>]?: Told[KindOf<Name>] | null;
};

const READ: { readonly [Kind in FactKind]: (stored: Stored[Kind]) => Told[Kind] } = {
  instant: (at) => at,
  actor: (json) => JSON.parse(json) as Actor,
};

export const factsOf = (row: StoredFacts): BatchFacts =>
  Object.fromEntries(
    IN_SUMMARIES.map(([name, told]) => {
      const stored = row[name];
      return [told, stored === null ? null : READ[BATCH_FACTS[name].is](stored as never)];
    }),
  ) as BatchFacts;

/** Of a summary, by the API's names. */
export const namedFacts = (summary: Partial<BatchFacts>): { readonly [Name in BatchFact]: Told[KindOf<Name>] | null } =>
  Object.fromEntries(IN_SUMMARIES.map(([name, told]) => [name, summary[told] ?? null])) as ReturnType<
    typeof namedFacts
  >;
