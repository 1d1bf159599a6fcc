/** Who answered a call, beside how it goes. Pure. */

import type { AnsweredBy } from "../calling/words/voicemail.ts";
import type { CallProgress } from "./dialer.ts";

/** As it was where nothing is known of it, and where nobody can have answered yet. */
export const withAnsweredBy = <Progress extends CallProgress | null>(
  progress: Progress,
  answeredBy: AnsweredBy | null,
): Progress | CallProgress =>
  answeredBy !== null && (progress?.kind === "answered" || progress?.kind === "ended")
    ? { ...progress, answeredBy }
    : progress;
