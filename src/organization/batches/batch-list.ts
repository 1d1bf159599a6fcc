/**
 * A page of batches as the JSON of the API's answer. A summary is turned into JSON when it is first shown: between two
 * readings of a list few batches have changed.
 */

import { presentBatch, presentTurn } from "../../calling/answers/batch.ts";
import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { Turn } from "../../calling/messages/turn.ts";
import type { FoundBatch, FoundPage } from "./batch-search.ts";

/** Ten pages of the largest, some 2 MiB. */
const KEPT_AT_MOST = 1_000;

type Shown = { readonly summary: string; readonly json: string };

export class BatchList {
  /** By the creation of the batch. Losing it is safe: it is made again. */
  readonly #shown = new Map<number, Shown>();

  /** `turns`: of those on the page that wait for slots. */
  pageJson({ data, hasMore, nextPage, counts }: FoundPage, turns: ReadonlyMap<string, Turn>): string {
    const batches = data.map((found) => {
      const json = this.#json(found);
      const turn = turns.get(found.id);
      return turn === undefined ? json : `${json.slice(0, -1)},"turn":${JSON.stringify(presentTurn(turn))}}`;
    });
    const rest = JSON.stringify({ has_more: hasMore, next_page: nextPage, counts });
    return `{"data":[${batches.join(",")}],${rest.slice(1)}`;
  }

  #json({ created_at, summary }: FoundBatch): string {
    const known = this.#shown.get(created_at);
    if (known?.summary === summary) return known.json;
    const json = JSON.stringify(presentBatch(JSON.parse(summary) as BatchSummary));
    if (this.#shown.size >= KEPT_AT_MOST) this.#shown.clear();
    this.#shown.set(created_at, { summary, json });
    return json;
  }
}
