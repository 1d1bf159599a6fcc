/**
 * Who answers, by jambonz's detection of machines (jambonz, "Answering machine detection"): beside the call it recognizes the
 * speech of the callee, and tells once by a hook of its own. It keeps no record of it, so it cannot be asked later. Pure.
 */

import type { AnsweredBy } from "../../calling/words/voicemail.ts";
import { textField } from "../json.ts";
import type { JambonzRecognizer } from "./account.ts";

/** Where it tells ("amd", actionHook). */
export const WHO_ANSWERED = "/who-answered";

export const detectionOf = ({ vendor, language, label }: JambonzRecognizer, hook: unknown) => ({
  actionHook: hook,
  recognizer: { vendor, language, ...(label === null ? {} : { label }) },
});

/**
 * The types that decide. A tone alone does not: jambonz goes on listening, and a person's phone may have beeped. Where nobody
 * spoke it may be a person who waits.
 */
const BY_TYPE: ReadonlyMap<string | null, AnsweredBy> = new Map([
  ["amd_human_detected", "human"],
  ["amd_machine_detected", "machine"],
  ["amd_no_speech_detected", "unknown"],
  ["amd_decision_timeout", "unknown"],
]);

/** Null for what says nothing of it. `event`: the hook's body. */
export const answeredByOf = (event: unknown): AnsweredBy | null => BY_TYPE.get(textField(event, "type")) ?? null;
