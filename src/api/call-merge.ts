/**
 * An agent's calls lie in its batches, each newest first. A page of them, exactly newest first, is merged from the batches
 * that can contribute, asked in the order of how new their calls can be; it stops when no other can hold a newer one.
 */

import type { CallPosition } from "../batch/rpc.ts";
import type { CallView } from "../calling/batch-view.ts";
import { type Page, type PageRequest, pageOf } from "../calling/page.ts";
import type { CallSource } from "../organization/rpc.ts";

/** Batches asked at once: the platform's connections are not the limit for RPC, but a page should not wake hundreds. */
const ASKED_AT_ONCE = 6;

/** The nearest `count` calls of one batch on the requested side of the cursor, in the direction of the page. */
export type AskBatch = (source: CallSource, count: number) => Promise<CallView[]>;

const newerFirst = (a: CallPosition, b: CallPosition): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

export async function mergeCalls(
  sources: readonly CallSource[],
  request: PageRequest,
  cursor: CallPosition | null,
  ask: AskBatch,
): Promise<Page<CallView>> {
  const isNewer = request.endingBefore !== null;
  const order = isNewer ? (a: CallPosition, b: CallPosition) => newerFirst(b, a) : newerFirst;
  /** The best call that a source can have, in the direction of the page. */
  const bestOf = (source: CallSource) =>
    isNewer ? Math.max(source.oldestPossibleAt, cursor?.createdAt ?? 0) : source.newestPossibleAt;
  const queue = [...sources].sort((a, b) => (isNewer ? bestOf(a) - bestOf(b) : bestOf(b) - bestOf(a)));

  const wanted = request.limit + 1;
  let found: CallView[] = [];
  for (let next = 0; next < queue.length; next += ASKED_AT_ONCE) {
    const worst = found[wanted - 1];
    const best = queue[next];
    if (worst !== undefined && best !== undefined) {
      const cannotImprove = isNewer ? bestOf(best) > worst.createdAt : bestOf(best) < worst.createdAt;
      if (cannotImprove) break;
    }
    const answers = await Promise.all(queue.slice(next, next + ASKED_AT_ONCE).map((source) => ask(source, wanted)));
    found = [...found, ...answers.flat()].sort(order).slice(0, wanted);
  }
  return pageOf(found, request);
}
