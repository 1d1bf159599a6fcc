/**
 * Merges the calls of an agent's batches and direct calls, each list newest first, into one page that is exactly newest
 * first. Sources are asked in the order of their newest possible calls. It stops when no other source can have a newer
 * one.
 */

import type { CallPosition } from "../batch/rpc.ts";
import type { CallView } from "../calling/messages/batch-view.ts";
import { type Page, type PageRequest, pageOf } from "../calling/requests/page.ts";
import type { CallSource, DirectSources } from "../organization/rpc.ts";

/** Sources asked at once. Connections do not limit RPC, but a page should not wake hundreds of objects. */
export const ASKED_AT_ONCE = 6;

/** The nearest `count` calls of one batch beyond the cursor, in the direction of the page. */
export type AskBatch = (source: CallSource, count: number) => Promise<CallView[]>;

/** Requests for direct calls are many, so they come in parts, each from the end of the last. */
export type Further = {
  readonly goesOnAt: number | null;
  readonly read: (from: number) => Promise<DirectSources>;
};
const NOTHING_FURTHER: Further = { goesOnAt: null, read: async () => ({ sources: [], goesOnAt: null }) };

const newerFirst = (a: CallPosition, b: CallPosition): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

export async function mergeCalls(
  sources: readonly CallSource[],
  request: PageRequest,
  cursor: CallPosition | null,
  ask: AskBatch,
  further: Further = NOTHING_FURTHER,
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
  let queue = inOrder(sources);
  let { goesOnAt } = further;
  let found: CallView[] = [];
  for (;;) {
    const [next] = queue;
    const isReadFirst = goesOnAt !== null && (next === undefined || !isBetter(bestOf(next), goesOnAt));
    const best = isReadFirst ? goesOnAt : next === undefined ? null : bestOf(next);
    const worst = found[wanted - 1];
    if (best === null || (worst !== undefined && isBetter(worst.createdAt, best))) break;
    if (isReadFirst) {
      const part = await further.read(best);
      queue = inOrder([...queue, ...part.sources]);
      goesOnAt = part.goesOnAt;
      continue;
    }
    const answers = await Promise.all(queue.slice(0, ASKED_AT_ONCE).map((source) => ask(source, wanted)));
    queue = queue.slice(ASKED_AT_ONCE);
    found = [...found, ...answers.flat()].sort(order).slice(0, wanted);
  }
  return pageOf(found, request);
}
