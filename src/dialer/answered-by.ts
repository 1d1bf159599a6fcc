/** Adds who answered to a call's progress. Pure. */

import type { AnsweredBy } from "../calling/words/voicemail.ts";
import type { CallProgress } from "./dialer.ts";

/** Unchanged if nothing is known, or if the call cannot have been answered yet. */
export const withAnsweredBy = <Progress extends CallProgress | null>(
  progress: Progress,
  answeredBy: AnsweredBy | null,
): Progress | CallProgress =>
  answeredBy !== null && (progress?.kind === "answered" || progress?.kind === "ended")
    ? { ...progress, answeredBy }
    : progress;
