/** The filter for the list of batches, as stored in the page's address. Pure. */

import type { BatchesQuery, BatchPage } from "../../../client/client.ts";

type Status = keyof BatchPage["counts"];
export type Sort = NonNullable<BatchesQuery["sort"]>;

/** The page's groups of statuses. */
const GROUPS = {
  all: [],
  open: ["pending", "in_progress"],
  completed: ["completed"],
  failed: ["failed"],
  cancelled: ["cancelled"],
} as const satisfies Readonly<Record<string, readonly Status[]>>;
export type Group = keyof typeof GROUPS;
export const GROUP_NAMES = Object.keys(GROUPS) as readonly Group[];

/** Empty: any. Days are in the viewer's zone. */
export type BatchesShown = {
  readonly q: string;
  readonly group: Group;
  readonly agent: string;
  readonly from: string;
  readonly until: string;
  readonly sort: Sort;
};

const SORTS: readonly Sort[] = ["newest", "oldest", "start"];
const oneOf = <Word extends string>(words: readonly Word[], text: string | null, usual: Word): Word =>
  words.find((word) => word === text) ?? usual;

export const shownOf = (query: URLSearchParams): BatchesShown => ({
  q: query.get("q") ?? "",
  group: oneOf(GROUP_NAMES, query.get("status"), "all"),
  agent: query.get("agent") ?? "",
  from: query.get("from") ?? "",
  until: query.get("until") ?? "",
  sort: oneOf(SORTS, query.get("sort"), "newest"),
});

/** The query of the address; defaults are left out. */
export const addressOf = ({ group, sort, ...rest }: BatchesShown): Readonly<Record<string, string>> => ({
  ...rest,
  status: group === "all" ? "" : group,
  sort: sort === "newest" ? "" : sort,
});

export const isFiltered = ({ q, group, agent, from, until, sort }: BatchesShown): boolean =>
  [q.trim(), agent, from, until].some((text) => text !== "") || group !== "all" || sort === "start";

const DAY_MS = 86_400_000;

/** The first instant of a day in this machine's zone; null without one. */
const startOfDay = (day: string, later = 0): number | null => {
  const noon = Date.parse(`${day}T12:00`);
  return Number.isNaN(noon) ? null : new Date(noon + later * DAY_MS).setHours(0, 0, 0, 0);
};

/** The request for the filter. */
export function queryOf({ q, group, agent, from, until, sort }: BatchesShown): BatchesQuery {
  const begins = startOfDay(from);
  const ends = startOfDay(until, 1);
  return {
    ...(q.trim() === "" ? {} : { q: q.trim() }),
    ...(group === "all" ? {} : { status: GROUPS[group].join(",") }),
    ...(agent === "" ? {} : { agent_id: agent }),
    ...(begins === null ? {} : { created_at_gte: new Date(begins).toISOString() }),
    ...(ends === null ? {} : { created_at_lte: new Date(ends - 1).toISOString() }),
    ...(sort === "newest" ? {} : { sort }),
  };
}

export const countOf = (counts: BatchPage["counts"], group: Group): number =>
  (group === "all" ? (Object.keys(counts) as Status[]) : GROUPS[group]).reduce((sum, one) => sum + counts[one], 0);
