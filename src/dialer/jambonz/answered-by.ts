/**
 * Who answers, by jambonz's machine detection (jambonz, "Answering machine detection"). During the call it recognizes
 * the callee's speech, and reports once to a hook of its own. It keeps no record, so it cannot be asked later. Pure.
 */

import type { AnsweredBy } from "../../calling/words/voicemail.ts";
import { textField } from "../json.ts";
import type { JambonzRecognizer } from "./account.ts";

/** The hook that it reports to ("amd", actionHook). */
export const WHO_ANSWERED = "/who-answered";

export const detectionOf = ({ vendor, language, label }: JambonzRecognizer, hook: unknown) => ({
  actionHook: hook,
  recognizer: { vendor, language, ...(label === null ? {} : { label }) },
});

/**
 * The event types that decide. A tone alone does not: jambonz continues to listen, and a person's phone may beep.
 * Silence may be a person who waits.
 */
const BY_TYPE: ReadonlyMap<string | null, AnsweredBy> = new Map([
  ["amd_human_detected", "human"],
  ["amd_machine_detected", "machine"],
  ["amd_no_speech_detected", "unknown"],
  ["amd_decision_timeout", "unknown"],
]);

/** Null if the event does not tell. `event`: the hook's body. */
export const answeredByOf = (event: unknown): AnsweredBy | null => BY_TYPE.get(textField(event, "type")) ?? null;
