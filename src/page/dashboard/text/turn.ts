/** When a waiting batch gets its slots, in words. Pure. */

import type { Batch } from "../../../client/client.ts";
import { shortTime } from "./format.ts";

type Turn = NonNullable<Batch["turn"]>;

/** "Number 2 in line: needs 10 slots, 4 free. About Tue 24 Nov, 09:00 CET, by the pace of the batches before." */
export function turnWords({ position, slots, free_slots, estimated_at, basis, expected_call_seconds }: Turn): string {
  const by = basis === "measured" ? "by the pace of the batches before" : `at ${expected_call_seconds} s a call`;
  const when = estimated_at === undefined ? "" : ` About ${shortTime(estimated_at)}, ${by}.`;
  return `Number ${position} in line: needs ${slots} slots, ${free_slots} free.${when}`;
}
