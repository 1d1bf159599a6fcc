/**
 * Who answers, by Telnyx's detection of machines (Telnyx, "Answering Machine Detection"; "Dial":
 * `answering_machine_detection`). It runs beside the call and tells by webhooks of its own, which also stand in the log of
 * the call's events. Pure.
 */

import type { AnsweredBy } from "../../calling/words/voicemail.ts";
import { textField } from "../json.ts";

/**
 * The one that Telnyx recommends. The standard detection takes a callee who says nothing for 3.5 seconds for a machine
 * (`initial_silence_millis`), and a person who waits would be hung up on.
 */
export const DETECTION = "premium";

/**
 * Where the beep is heard before the detection is over, Telnyx sends the greeting's end alone; where it is heard later,
 * both.
 */
export const DETECTION_EVENTS = [
  "call.machine.premium.detection.ended",
  "call.machine.premium.greeting.ended",
] as const;
const EVENTS: ReadonlySet<string | null> = new Set(DETECTION_EVENTS);

/** A fax is nobody to talk to either. Nobody said a word: it may be a person who waits. */
const BY_RESULT: ReadonlyMap<string | null, AnsweredBy> = new Map([
  ["human_residence", "human"],
  ["human_business", "human"],
  ["machine", "machine"],
  ["fax_detected", "machine"],
  ["beep_detected", "machine"],
  ["silence", "unknown"],
  ["not_sure", "unknown"],
]);

/** Null where the event says nothing of it, or in a word that Telnyx's documentation does not have. */
export const answeredByOf = (event: string | null, payload: unknown): AnsweredBy | null =>
  EVENTS.has(event) ? (BY_RESULT.get(textField(payload, "result")) ?? null) : null;
