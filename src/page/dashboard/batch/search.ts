/** Finding somebody by part of a number, however it is written, by an id, or by part of anything that is known of them. Pure. */

import type { BatchDetail } from "../../../client/client.ts";

type Recipient = Pick<
  BatchDetail["recipients"][number],
  "id" | "to_number" | "metadata" | "external_id" | "agent_call_id"
>;

export type Search = { readonly text: string; readonly digits: string };

export function searchOf(typed: string): Search {
  const text = typed.trim().toLowerCase();
  // "+1 (415) 555" finds +1415555…, "order 12" finds no number that has a 12 in it.
  return { text, digits: /^[+\d\s().-]+$/.test(text) ? text.replace(/\D/g, "") : "" };
}

export function isFound(recipient: Recipient, { text, digits }: Search): boolean {
  const { id, to_number, metadata = {}, external_id, agent_call_id } = recipient;
  if (text === "") return true;
  if (digits !== "" && to_number.includes(digits)) return true;
  // Ids are told as a whole, but for one's own.
  if (external_id?.toLowerCase().includes(text) || [id, agent_call_id].some((one) => one?.toLowerCase() === text))
    return true;
  return Object.values(metadata).some((value) => aboutOf(value).toLowerCase().includes(text));
}

export const aboutOf = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

/** The first of what is known of somebody, in one line. */
export const aboutLine = (metadata: Readonly<Record<string, unknown>> | undefined): string =>
  Object.values(metadata ?? {})
    .slice(0, 3)
    .map(aboutOf)
    .filter((value) => value !== "")
    .join(" · ");
