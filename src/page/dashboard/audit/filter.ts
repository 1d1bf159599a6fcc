/** Which records of the audit are shown, as the page's address has it. Pure. */

import type { AuditQuery } from "../../../client/client.ts";
import { KIND_WORDS, WORDS } from "./words.ts";

export type Kind = NonNullable<AuditQuery["kind"]>;

/** Empty: any. `by`: a key's id, or a person's address. `until`: a day of the viewer as YYYY-MM-DD. */
export type AuditShown = {
  readonly kind: Kind | "";
  readonly by: string;
  readonly resource: string;
  readonly until: string;
};

export const shownOf = (query: URLSearchParams): AuditShown => ({
  kind: (Object.keys(KIND_WORDS) as Kind[]).find((kind) => kind === query.get("kind")) ?? "",
  by: query.get("by") ?? "",
  resource: query.get("resource") ?? "",
  until: query.get("until") ?? "",
});

export const isFiltered = (shown: AuditShown): boolean => Object.values(shown).some((text) => text.trim() !== "");

/** The request for the filter. */
export function queryOf({ kind, by, resource, until }: AuditShown): AuditQuery {
  const ends = Date.parse(`${until}T23:59:59.999`);
  return {
    ...(kind === "" ? {} : { kind }),
    ...(by === "" ? {} : { by }),
    ...(resource.trim() === "" ? {} : { resource_id: resource.trim() }),
    ...(Number.isNaN(ends) ? {} : { at_lte: new Date(ends).toISOString() }),
  };
}

export type Author = { readonly id: string; readonly label: string };

/** Who can be chosen: every key and person, those who are neither, and who stands in the address or in a record. */
export function authorsOf(keys: readonly Author[], seen: readonly Author[], by: string): readonly Author[] {
  const known = new Map<string, string>([
    ...[...seen, ...keys].map(({ id, label }) => [id, label] as const),
    ["operator", WORDS.operator],
    ["service", WORDS.service],
  ]);
  if (by !== "" && !known.has(by)) known.set(by, by);
  return [...known].map(([id, label]) => ({ id, label })).sort((a, b) => a.label.localeCompare(b.label, "en"));
}
