/**
 * Providers, from their carriers' definitions: requests and answers. As in the published API. Carriers differ
 * by `type`; carriers for a SIP trunk also by `gateway`.
 */

import { z } from "zod";
import { MAX_NAME_CHARACTERS } from "../../calling/requests/limits.ts";
import type { Carrier } from "../../dialer/carrier.ts";
import {
  type AccountChange,
  type AnyCarrier,
  CARRIERS,
  type CarrierAccount,
  carrierWithWords,
  PROVIDER_TYPES,
} from "../../dialer/carriers.ts";
import { paceFields, timestamp } from "../answers/parts/common.ts";
import { callsPerSecond, chosenId, named, optional } from "./common.ts";

const ONE_OF_THE_TYPES = `must be one of ${PROVIDER_TYPES.map((type) => `"${type}"`).join(", ")}`;

const literals = (words: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(words).map(([name, word]) => [name, z.literal(word)]));

/** One schema for all carriers: a union by type. Carriers of one type are a union by gateway. */
function unionOf(schemaOf: (carrier: Carrier) => z.ZodObject): z.ZodType {
  const options = PROVIDER_TYPES.map((type) => {
    const [first, ...more] = CARRIERS.filter((carrier: Carrier) => carrier.words.type === type).map(schemaOf);
    if (first === undefined) throw new Error("a type without a carrier");
    const gateways = [first, ...more];
    return more.length === 0
      ? first
      : z.discriminatedUnion("gateway", [first, ...more], { error: mustBeOne(gateways) });
  });
  return z.discriminatedUnion("type", options as [z.ZodObject, ...z.ZodObject[]], { error: ONE_OF_THE_TYPES });
}

const mustBeOne = (gateways: readonly z.ZodObject[]): string =>
  `must be one of ${gateways.map(({ shape }) => `"${(shape.gateway as z.ZodLiteral).value}"`).join(", ")}`;

const name = named(MAX_NAME_CHARACTERS);

type Written<C> = C extends AnyCarrier
  ? C["words"] & { id?: string | null; label?: string | null; calls_per_second?: number | null | undefined } & z.input<
        C["fields"]
      >
  : never;
type Read<C> = C extends AnyCarrier
  ? C["words"] & { id: string | null; label: string | null; calls_per_second?: number | null | undefined } & z.output<
        C["fields"]
      >
  : never;
type Answered<C> = C extends AnyCarrier
  ? C["words"] & { id: string; label: string; created_at: string; updated_at: string } & PaceAnswer &
      z.output<C["shown"]>
  : never;
type Changed<C> = C extends AnyCarrier ? Changes & z.input<C["changes"]> : never;

type PaceAnswer = z.output<z.ZodObject<typeof paceFields>>;
type Changes = { label?: string | undefined; calls_per_second?: number | null | undefined };

// TypeScript keeps no tuple of this list, so the union's types come from the definitions.
export const createProviderBody = unionOf(({ words, fields, usualLabel }) =>
  z.object({
    id: chosenId("app_"),
    ...literals(words),
    label: usualLabel === undefined ? name : optional(name).describe("Default: the account's id."),
    ...fields.shape,
    calls_per_second: callsPerSecond
      .nullable()
      .optional()
      .describe(
        "The most calls that may begin in a second. Default: what the carrier allows every account; `null`: no limit.",
      ),
  }),
) as z.ZodType<Read<AnyCarrier>, Written<AnyCarrier>>;

export const providerAnswer = unionOf(({ words, shown }) =>
  z.object({
    id: z.string().meta({ examples: ["app_main"] }),
    ...literals(words),
    label: z.string(),
    ...shown.shape,
    ...paceFields,
    created_at: timestamp,
    updated_at: timestamp,
  }),
) as z.ZodType<Answered<AnyCarrier>>;
export type ProviderAnswer = Answered<AnyCarrier>;

const changeOf = ({ name: title, changes }: Carrier) =>
  z
    .object({
      label: named(MAX_NAME_CHARACTERS).optional(),
      ...changes.shape,
      calls_per_second: callsPerSecond.nullable().optional().describe("`null`: no limit."),
    })
    .meta({ title });

/** The change of a provider of this carrier. */
export const changeProviderBodyOf = (carrier: Carrier) =>
  changeOf(carrier) as unknown as z.ZodType<Changes & AccountChange>;

const [firstChange, ...moreChanges] = CARRIERS.map(changeOf);
/** For the document: the change of a provider of any carrier. */
export const changeProviderBody = (
  firstChange === undefined || moreChanges.length === 0 ? firstChange : z.union([firstChange, ...moreChanges])
) as z.ZodType<Changed<AnyCarrier>, Changed<AnyCarrier>>;

/** The account in a parsed body: its fields without the provider's own, under its carrier's name. */
export function accountOf({
  id,
  label,
  type,
  calls_per_second,
  ...rest
}: z.output<typeof createProviderBody>): CarrierAccount {
  const { gateway, ...fields } = { gateway: undefined, ...rest };
  const carrier = carrierWithWords(gateway === undefined ? { type } : { type, gateway });
  if (carrier === null) throw new Error("the schema lets through no words that are no carrier's");
  return { carrier: carrier.name, ...fields } as CarrierAccount;
}
