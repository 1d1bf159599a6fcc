/**
 * Who answers, by Telnyx's machine detection (Telnyx, "Answering Machine Detection"; "Dial":
 * `answering_machine_detection`). It runs during the call and reports by webhooks of its own, which are also in the log
 * of the call's events. Pure.
 */

import type { AnsweredBy } from "../../calling/words/voicemail.ts";
import { textField } from "../json.ts";

/**
 * The detection that Telnyx recommends. The standard one takes 3.5 seconds of silence for a machine
 * (`initial_silence_millis`), and would hang up on a person who waits.
 */
export const DETECTION = "premium";

/** If the beep comes before the detection ends, Telnyx sends only the greeting's end; otherwise both. */
export const DETECTION_EVENTS = [
  "call.machine.premium.detection.ended",
  "call.machine.premium.greeting.ended",
] as const;
const EVENTS: ReadonlySet<string | null> = new Set(DETECTION_EVENTS);

/** A fax is not a person either. Silence may be a person who waits. */
const BY_RESULT: ReadonlyMap<string | null, AnsweredBy> = new Map([
  ["human_residence", "human"],
  ["human_business", "human"],
  ["machine", "machine"],
  ["fax_detected", "machine"],
  ["beep_detected", "machine"],
  ["silence", "unknown"],
  ["not_sure", "unknown"],
]);

/** Null if the event does not tell, or by a term that Telnyx's documentation does not have. */
export const answeredByOf = (event: string | null, payload: unknown): AnsweredBy | null =>
  EVENTS.has(event) ? (BY_RESULT.get(textField(payload, "result")) ?? null) : null;
