/** Finds people like the API does, and by their id or their call's id. Pure. */

import {
  folded,
  isPersonFound,
  type PersonSearch,
  personSearch,
  valuesIn,
} from "../../../../calling/numbers/person-search.ts";
import type { BatchDetail } from "../../../../client/client.ts";

type Recipient = Pick<
  BatchDetail["recipients"][number],
  "id" | "to_number" | "metadata" | "external_id" | "agent_call_id"
>;

export type Search = PersonSearch & { readonly id: string };

export const searchOf = (typed: string): Search => ({ ...personSearch(typed), id: typed.trim().toLowerCase() });

/** People's data does not change, and is searched at each key press. */
const texts = new WeakMap<object, string>();

function textOf({ metadata, external_id }: Recipient): string {
  if (metadata === undefined) return folded(external_id ?? "");
  const known = texts.get(metadata) ?? folded([...valuesIn([external_id, metadata])].join("\n"));
  texts.set(metadata, known);
  return known;
}

export const isFound = (recipient: Recipient, search: Search): boolean =>
  isPersonFound(recipient.to_number, textOf(recipient), search) ||
  // Ids must match completely.
  [recipient.id, recipient.agent_call_id].some((one) => one?.toLowerCase() === search.id);

export const aboutOf = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

/** The first known value of a person, in one line. */
export const aboutLine = (metadata: Readonly<Record<string, unknown>> | undefined): string =>
  Object.values(metadata ?? {})
    .slice(0, 3)
    .map(aboutOf)
    .filter((value) => value !== "")
    .join(" · ");
