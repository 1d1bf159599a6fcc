/** What the batch does now, or waits for. It keeps its place from the start to the end, so its news move nothing. */

import { useRef } from "preact/hooks";
import type { Batch } from "../../../../client/client.ts";
import { isStopped, isTalking, isWaiting } from "../../text/batch-state.ts";
import { standingWords } from "../words.ts";

export function Standing({ batch }: { readonly batch: Batch }) {
  const isOpen = isWaiting(batch) || isTalking(batch);
  const wasOpen = useRef(isOpen);
  wasOpen.current ||= isOpen;
  if (!wasOpen.current) return null;
  const tone = isStopped(batch) ? "bad" : isWaiting(batch) && batch.paused_at !== undefined ? "held" : "";
  return <div class={`notice ${tone}`}>{standingWords(batch)}</div>;
}
