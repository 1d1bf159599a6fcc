/**
 * An agent's calls lie in its batches and direct calls, each newest first. A page of them, exactly newest first, is merged
 * from those that can contribute, asked in the order of how new their calls can be; it stops when no other can hold a newer one.
 */

import type { CallPosition } from "../batch/rpc.ts";
import type { CallView } from "../calling/messages/batch-view.ts";
import { type Page, type PageRequest, pageOf } from "../calling/requests/page.ts";
import type { CallSource, DirectSources } from "../organization/rpc.ts";

/** Batches asked at once: the platform's connections are not the limit for RPC, but a page should not wake hundreds. */
const ASKED_AT_ONCE = 6;

/** The nearest `count` calls of one batch on the requested side of the cursor, in the direction of the page. */
export type AskBatch = (source: CallSource, count: number) => Promise<CallView[]>;

/** Requests for direct calls are many, so they come in parts, each from where the last one ended. */
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
