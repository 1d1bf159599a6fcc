/** The body of a preview: that of a create, and an assumption. */

import { EXPECTED_CALL_SECONDS } from "../../calling/requests/limits.ts";
import { createBatchBody, createBatchForm } from "./batch.ts";
import { integer, optional } from "./common.ts";

const assumption = {
  expected_call_seconds: optional(integer(EXPECTED_CALL_SECONDS.least, EXPECTED_CALL_SECONDS.most)).describe(
    `The assumed length of a call, from dialing to its end. Default: ${EXPECTED_CALL_SECONDS.usual}.`,
  ),
};

export const previewBatchBody = createBatchBody.extend(assumption);

export const previewBatchForm = createBatchForm.extend(assumption);
