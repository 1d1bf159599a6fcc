import { describe, expect, it } from "vitest";
import { Progress } from "./progress.ts";
import type { BatchSummary } from "./wire.ts";

const batch = (dispatched: number, finished: number): BatchSummary => ({
  id: "acb_1",
  name: "A batch",
  status: "in_progress",
  target_concurrency_limit: 2,
  total_calls_scheduled: 4,
  total_calls_dispatched: dispatched,
  total_calls_finished: finished,
  retry_count: 0,
});

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

describe("progress", () => {
  it("is drawn in place in a terminal", () => {
    const terminal = screen(true);
    const progress = new Progress(terminal, () => 0);
    progress.show(batch(2, 0));
    progress.show(batch(3, 1));
    progress.finish(batch(4, 4));
    expect(terminal.written.slice(0, 3).every((text) => text.startsWith("\r\x1b[K") && !text.includes("\n"))).toBe(
      true,
    );
    expect(terminal.written[1]).toContain("1/4 finished, 2 in flight, 1 queued");
    expect(terminal.written.at(-1)).toBe("\n");
  });

  it("is a line a second elsewhere, only when something changed, and always the last state once", () => {
    const file = screen(false);
    let now = 0;
    const progress = new Progress(file, () => now);
    progress.show(batch(2, 0));
    now = 500;
    progress.show(batch(2, 1));
    now = 1_100;
    progress.show(batch(2, 1));
    progress.show(batch(3, 2));
    now = 2_500;
    progress.finish(batch(4, 4));
    expect(file.written.map((line) => /(\d)\/4 finished/.exec(line)?.[1])).toEqual(["0", "2", "4"]);
    expect(file.written.every((line) => line.endsWith("\n"))).toBe(true);
  });
});
