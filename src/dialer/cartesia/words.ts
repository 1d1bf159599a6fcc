/**
 * Cartesia's terms for a call, translated (Cartesia, "Get Call"). Most are this project's own, which follow Cartesia's.
 */

import { END_REASONS, type EndReason } from "../../calling/words/call.ts";
import type { CallContext, CallProgress } from "../dialer.ts";
import { field, parse, textField } from "../json.ts";

/** The key of our ids in a call's metadata, beside the recipient's own. */
const OURS = "callbatch";

export type OwnIds = {
  readonly agent_call_id: string;
  readonly batch_id: string;
  readonly recipient_id: string;
};

/** `metadata`: the recipient's, as JSON text, or null. */
export const metadataWith = (metadata: string | null, ids: OwnIds): Record<string, unknown> => ({
  ...(metadata === null ? {} : (parse(metadata) as Record<string, unknown>)),
  [OURS]: ids,
});

/** Our call's id from the metadata; null for a call that is not ours. */
export const ownCallIdOf = (call: unknown): string | null =>
  textField(field(field(call, "metadata"), OURS), "agent_call_id");

/** Cartesia may add reasons within a version. For an unknown one, it counts whether the call was connected. */
function endReasonOf(call: unknown, completed: boolean, context: CallContext): EndReason {
  if (context.endedBecause !== null) return context.endedBecause;
  const said = textField(call, "end_reason");
  const known = END_REASONS.find((reason) => reason === said);
  return known ?? (completed ? "client_hangup" : "error");
}

function durationOf(call: unknown): number | null {
  const [start, end] = [textField(call, "start_time"), textField(call, "end_time")];
  const seconds = (Date.parse(end ?? "") - Date.parse(start ?? "")) / 1_000;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds) : null;
}

/** `status`: the call's own, or what an event tells. Null for a term that Cartesia's documentation does not have. */
export function progressOf(call: unknown, status: string | null, context: CallContext): CallProgress | null {
  switch (status) {
    case "created":
      return { kind: "ringing" };
    case "started":
      return { kind: "answered" };
    case "completed":
    case "failed": {
      const completed = status === "completed";
      return {
        kind: "ended",
        completed,
        endReason: endReasonOf(call, completed, context),
        durationSeconds: completed ? durationOf(call) : null,
      };
    }
    default:
      return null;
  }
}
