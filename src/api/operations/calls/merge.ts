/**
 * Merges the calls of an agent's batches and direct calls, each list newest first, into one page that is exactly newest
 * first. Sources are asked in the order of their newest possible calls. It stops when no other source can have a newer
 * one.
 */

import type { CallPosition } from "../../../batch/rpc.ts";
import type { CallView } from "../../../calling/messages/batch-view.ts";
import { type Page, type PageRequest, pageOf } from "../../../calling/requests/page.ts";
import type { CallSource, SourcesCursor, SourcesPage } from "../../../organization/messages/calling.ts";

/** Sources asked at once. Connections do not limit RPC, but a page should not wake hundreds of objects. */
export const ASKED_AT_ONCE = 6;

/** The nearest `count` calls of one batch beyond the cursor, in the direction of the page. */
export type AskBatch = (source: CallSource, count: number) => Promise<CallView[]>;

/** Sources may be many, so they come in parts, each from the end of the last. `goesOn` null: there are no more. */
export type Further = {
  readonly goesOn: SourcesCursor | null;
  readonly read: (goingOn: SourcesCursor) => Promise<SourcesPage>;
};

const newerFirst = (a: CallPosition, b: CallPosition): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

export async function mergeCalls(
  sources: readonly CallSource[],
  request: PageRequest,
  cursor: CallPosition | null,
  ask: AskBatch,
  further: readonly Further[] = [],
): Promise<Page<CallView>> {
  const isNewer = request.endingBefore !== null;
  const order = isNewer ? (a: CallPosition, b: CallPosition) => newerFirst(b, a) : newerFirst;
  const isBetter = (a: number, b: number) => (isNewer ? a < b : a > b);
  /** The best call that a source can have, in the direction of the page. */
  const bestOf = (source: CallSource) =>
    isNewer ? Math.max(source.oldestPossibleAt, cursor?.createdAt ?? 0) : source.newestPossibleAt;
  const inOrder = (all: readonly CallSource[]) =>
    [...all].sort((a, b) => (isNewer ? bestOf(a) - bestOf(b) : bestOf(b) - bestOf(a)));

  const wanted = request.limit + 1;
  // What is at work is in each part, and what comes to rest meanwhile is in a later one again.
  const seen = new Set<string>();
  const unseen = (all: readonly CallSource[]) =>
    all.filter(({ batchId }) => !seen.has(batchId) && seen.add(batchId) !== undefined);
  let queue = inOrder(unseen(sources));
  let rest = further;
  let found: CallView[] = [];
  for (;;) {
    const [next] = queue;
    const more = firstOf(rest, isBetter);
    const isReadFirst = more !== null && (next === undefined || !isBetter(bestOf(next), more.goesOn.at));
    const best = isReadFirst ? more.goesOn.at : next === undefined ? null : bestOf(next);
    const worst = found[wanted - 1];
    if (best === null || (worst !== undefined && isBetter(worst.createdAt, best))) break;
    if (isReadFirst) {
      const { sources: others, goesOn = null } = await more.read(more.goesOn);
      queue = inOrder([...queue, ...unseen(others)]);
      rest = rest.map((one) => (one.read === more.read ? { ...one, goesOn } : one));
      continue;
    }
    const answers = await Promise.all(queue.slice(0, ASKED_AT_ONCE).map((source) => ask(source, wanted)));
    queue = queue.slice(ASKED_AT_ONCE);
    found = [...found, ...answers.flat()].sort(order).slice(0, wanted);
  }
  return pageOf(found, request);
}

/** The one whose next part may have the best call. */
function firstOf(further: readonly Further[], isBetter: (a: number, b: number) => boolean) {
  let first: (Further & { readonly goesOn: SourcesCursor }) | null = null;
  for (const { goesOn, read } of further) {
    if (goesOn !== null && (first === null || isBetter(goesOn.at, first.goesOn.at))) first = { goesOn, read };
  }
  return first;
}
