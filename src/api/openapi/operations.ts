/** Every operation of the API, in the order of the document. */

import type { Operation } from "./operation.ts";
import { BATCH_OPERATIONS } from "./operations/batches.ts";
import { CALL_OPERATIONS } from "./operations/calls.ts";
import { CONCURRENCY_OPERATIONS } from "./operations/concurrency.ts";
import { DO_NOT_CALL_OPERATIONS } from "./operations/do-not-call.ts";
import { ORGANIZATION_OPERATIONS } from "./operations/organizations.ts";
import { SERVICE_OPERATIONS } from "./operations/service.ts";
import { TELEPHONY_OPERATIONS } from "./operations/telephony.ts";
import { WEBHOOK_OPERATIONS } from "./operations/webhooks.ts";

export const OPERATIONS: readonly Operation[] = [
  ...BATCH_OPERATIONS,
  ...CONCURRENCY_OPERATIONS,
  ...CALL_OPERATIONS,
  ...DO_NOT_CALL_OPERATIONS,
  ...TELEPHONY_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...ORGANIZATION_OPERATIONS,
  ...SERVICE_OPERATIONS,
];
