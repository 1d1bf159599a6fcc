/** A batch's progress: one line that is redrawn in a terminal, or a new line now and then elsewhere. */

import type { LiveBatch } from "./live.ts";

const WIDTH = 30;
const LINE_EVERY_MS = 1_000;
/** Back to the first column, and clear the line. */
const REDRAW = "\r\x1b[K";

export type Screen = { readonly isTTY: boolean; write(text: string): unknown };

export class Progress {
  readonly #screen: Screen;
  readonly #now: () => number;
  readonly #startedAt: number;
  #lastLine = "";
  #lineAfter = 0;

  constructor(screen: Screen, now: () => number = () => performance.now()) {
    this.#screen = screen;
    this.#now = now;
    this.#startedAt = now();
  }

  show(batch: LiveBatch): void {
    const now = this.#now();
    const line = describe(batch);
    if (this.#screen.isTTY) {
      this.#screen.write(`${REDRAW}${line}  ${seconds(now - this.#startedAt)}`);
    } else if (now >= this.#lineAfter && line !== this.#lastLine) {
      this.#lineAfter = now + LINE_EVERY_MS;
      this.#screen.write(`${line}  ${seconds(now - this.#startedAt)}\n`);
    }
    this.#lastLine = line;
  }

  /** Prints the last state, and a line feed. */
  finish(batch: LiveBatch): void {
    this.#lineAfter = 0;
    const isShown = this.#lastLine === describe(batch) && !this.#screen.isTTY;
    if (!isShown) this.show(batch);
    if (this.#screen.isTTY) this.#screen.write("\n");
  }
}

export const isFinished = (batch: LiveBatch): boolean => batch.total_calls_finished >= batch.total_calls_scheduled;

function describe(batch: LiveBatch): string {
  const { total_calls_scheduled: all, total_calls_dispatched: dispatched, total_calls_finished: finished } = batch;
  const filled = all === 0 ? WIDTH : Math.floor((finished / all) * WIDTH);
  const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
  return `${bar} ${finished}/${all} finished, ${dispatched - finished} in flight, ${all - dispatched} queued (${batch.status})`;
}

const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`;
