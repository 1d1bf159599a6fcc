/**
 * The waiting deliveries, by id. A heap has the one that is due first in front, so the next few are found without reading
 * all. Pure.
 */

/** `dueAt`: epoch ms. `pack`: the number of its row. */
export type Waiting = { readonly attempts: number; readonly dueAt: number; readonly pack: number };
type Entry = { readonly id: string; readonly waiting: Waiting };

/** The heap is rebuilt once its stale entries outnumber both this and the current ones. */
const STALE_AT_MOST = 1_000;

export class WaitingDeliveries extends Map<string, Waiting> {
  /** Has stale entries, too: replaced or deleted ones. Reading drops those that it meets. */
  #heap: Entry[] = [];

  override set(id: string, waiting: Waiting): this {
    super.set(id, waiting);
    push(this.#heap, { id, waiting });
    if (this.#heap.length > 2 * this.size + STALE_AT_MOST) this.#heap = this.#current();
    return this;
  }

  override clear(): void {
    super.clear();
    this.#heap = [];
  }

  /** In the order in which they are due. The map must not change during the iteration. */
  *byDue(): Generator<Entry, undefined> {
    const seen: Entry[] = [];
    try {
      for (let first = pop(this.#heap); first !== undefined; first = pop(this.#heap)) {
        if (this.get(first.id) !== first.waiting) continue;
        seen.push(first);
        yield first;
      }
    } finally {
      for (const entry of seen) push(this.#heap, entry);
    }
  }

  /** A sorted array is a heap. */
  #current(): Entry[] {
    return [...this].map(([id, waiting]) => ({ id, waiting })).sort(inOrder);
  }
}

/** Ids sort by time. */
const inOrder = (a: Entry, b: Entry): number => a.waiting.dueAt - b.waiting.dueAt || (a.id < b.id ? -1 : 1);

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || inOrder(above, entry) <= 0) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): Entry | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const [a, b] = [heap[left], heap[left + 1]];
    if (a === undefined) break;
    const isLeft = b === undefined || inOrder(a, b) < 0;
    const child = isLeft ? a : b;
    if (inOrder(last, child) <= 0) break;
    heap[at] = child;
    at = isLeft ? left : left + 1;
  }
  heap[at] = last;
  return first;
}
