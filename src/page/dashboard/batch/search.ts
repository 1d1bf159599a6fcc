/** Finding somebody as the API does, and by the id of them or of their call. Pure. */

import {
  folded,
  isPersonFound,
  type PersonSearch,
  personSearch,
  valuesIn,
} from "../../../calling/numbers/person-search.ts";
import type { BatchDetail } from "../../../client/client.ts";

type Recipient = Pick<
  BatchDetail["recipients"][number],
  "id" | "to_number" | "metadata" | "external_id" | "agent_call_id"
>;

export type Search = PersonSearch & { readonly id: string };

export const searchOf = (typed: string): Search => ({ ...personSearch(typed), id: typed.trim().toLowerCase() });

/** What is known of people does not change, and is looked through at each key that is pressed. */
const texts = new WeakMap<object, string>();

function textOf({ metadata, external_id }: Recipient): string {
  if (metadata === undefined) return folded(external_id ?? "");
  const known = texts.get(metadata) ?? folded([...valuesIn([external_id, metadata])].join("\n"));
  texts.set(metadata, known);
  return known;
}

export const isFound = (recipient: Recipient, search: Search): boolean =>
  isPersonFound(recipient.to_number, textOf(recipient), search) ||
  // Ids are told as a whole.
  [recipient.id, recipient.agent_call_id].some((one) => one?.toLowerCase() === search.id);

export const aboutOf = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

/** The first of what is known of somebody, in one line. */
export const aboutLine = (metadata: Readonly<Record<string, unknown>> | undefined): string =>
  Object.values(metadata ?? {})
    .slice(0, 3)
    .map(aboutOf)
    .filter((value) => value !== "")
    .join(" · ");
