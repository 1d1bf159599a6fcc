/** Shared by the operations on calls. */

import type { BatchObject } from "../../../batch/object.ts";
import type { CallView } from "../../../calling/messages/batch-view.ts";
import { type Failure, notFound } from "../../../calling/requests/failure.ts";
import { err, type Result } from "../../../calling/requests/result.ts";
import { parseCallId } from "../../../calling/secrets/ids.ts";
import { jurisdictionOf } from "../../../calling/words/jurisdiction.ts";
import { callAnswer, presentCall } from "../../answers/calls/call.ts";
import { type ApiContext, ofClient, pathPart } from "../../context.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { view } from "../../operation.ts";

export const CALLS = { audience: "client", role: "operator", tag: "Calls", path: "/agents/calls" } as const;
export const CALL = view("Call", callAnswer, samples.call, presentCall);
export const ONE_CALL = { ...CALLS, path: "/agents/calls/:call_id" } as const;

/** Asks the object that has the call. An id that cannot be a call's of this organization creates no object. */
export async function ofCall<T>(
  c: ApiContext,
  id: string,
  ask: (object: DurableObjectStub<BatchObject>, organizationId: string, number: number) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const owner = c.get("organizationId");
  const parsed = parseCallId(id);
  return parsed === null || jurisdictionOf(parsed.route) !== jurisdictionOf(owner)
    ? err(notFound("call"))
    : ofClient(c, ask(c.env.BATCHES.getByName(parsed.route), owner, parsed.number));
}

export const findCall = (c: ApiContext, id = pathPart(c, "call_id")): Promise<Result<CallView, Failure>> =>
  ofCall(c, id, (object, ...which) => object.call(...which));
