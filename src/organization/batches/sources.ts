/**
 * What may hold calls of an agent, a page at a time. Going older, sources are in the order of their newest possible call;
 * going newer, of their oldest. So a list of calls reads the part of the history that it shows.
 */

import type { CallSource, SourcesPage, SourcesPart } from "../messages/calling.ts";

/** `newest_at`: none of its calls was made later. */
export type SourceRow = { id: string; created_at: number; newest_at: number };

/**
 * How far the clocks of two machines may be apart. A batch is created by the organization's clock, and its calls by its
 * own. So a call may be older than its batch.
 */
export const CLOCKS_APART_MS = 60_000;

/** By when a source was created that can have calls until then. */
export const createdBy = (until: number | null): number =>
  until === null ? Number.MAX_SAFE_INTEGER : until + CLOCKS_APART_MS;

/** To SQLite, as a limit. */
const ALL = -1;

/** `read`: the first so many. */
export function pageOfSources({ direction, atMost }: SourcesPart, read: (atMost: number) => SourceRow[]): SourcesPage {
  const rows = read(atMost === undefined ? ALL : atMost + 1);
  const next = atMost === undefined ? undefined : rows[atMost];
  const at = direction === "older" ? next?.newest_at : next && next.created_at - CLOCKS_APART_MS;
  return {
    sources: sourcesOf(rows.slice(0, atMost)),
    goesOnAt: at ?? null,
    goesOn: next === undefined || at === undefined ? null : { at, createdAt: next.created_at },
  };
}

export const sourcesOf = (rows: readonly SourceRow[]): CallSource[] =>
  rows.map(({ id, created_at, newest_at }) => ({
    batchId: id,
    newestPossibleAt: newest_at,
    oldestPossibleAt: created_at - CLOCKS_APART_MS,
  }));
