/** Finding somebody by part of a number, however it is written, or of anything that is known of them. Pure. */

import type { BatchDetail } from "../../../client/client.ts";

type Recipient = Pick<BatchDetail["recipients"][number], "to_number" | "metadata">;

export type Search = { readonly text: string; readonly digits: string };

export function searchOf(typed: string): Search {
  const text = typed.trim().toLowerCase();
  // "+1 (415) 555" finds +1415555…, "order 12" finds no number that has a 12 in it.
  return { text, digits: /^[+\d\s().-]+$/.test(text) ? text.replace(/\D/g, "") : "" };
}

export function isFound({ to_number, metadata = {} }: Recipient, { text, digits }: Search): boolean {
  if (text === "") return true;
  if (digits !== "" && to_number.includes(digits)) return true;
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
