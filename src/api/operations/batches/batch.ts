/** Shared by the operations on batches. */

import type { BatchObject } from "../../../batch/object.ts";
import { presentBatch } from "../../../calling/answers/batch.ts";
import { aboveCapacity, mostForBatches } from "../../../calling/messages/slots.ts";
import { type Failure, notFound } from "../../../calling/requests/failure.ts";
import { err, type Result } from "../../../calling/requests/result.ts";
import { batchAnswer } from "../../answers/calls/batch.ts";
import { type ApiContext, ofClient, organizationOf, pathPart, routeOfOwn } from "../../context.ts";
import * as samples from "../../openapi/samples/calls.ts";
import * as setup from "../../openapi/samples/organization.ts";
import { ok, view } from "../../operation.ts";

export const BATCHES = { audience: "client", role: "operator", tag: "Batches", path: "/agents/calls/batches" } as const;
export const ONE_BATCH = { ...BATCHES, path: "/agents/calls/batches/:batch_id" } as const;
export const BATCH = view("Batch", batchAnswer, samples.batch, presentBatch);
export const AFTERWARDS = ok("The batch after the change, without its recipients.", BATCH);

export const HEAD = {
  name: samples.batch.name,
  agent_id: setup.agent.id,
  from_number_id: setup.phoneNumber.id,
  target_concurrency_limit: 10,
};
export const ORDER = {
  ...HEAD,
  recipients: [
    { to_number: "+14155550123", metadata: { first_name: "Ada" } },
    { to_number: "+14155550124", metadata: { first_name: "Grace" } },
  ],
};
export const FORM = { ...HEAD, file: "to_number,first_name\r\n+14155550123,Ada\r\n+14155550124,Grace\r\n" };

type Ask<T> = (
  batch: DurableObjectStub<BatchObject>,
  id: string,
  organizationId: string,
) => Promise<Result<T, Failure>>;

/** Asks the object of the batch in the path. An id that cannot be a batch's creates no object. */
export async function ofBatch<T>(c: ApiContext, ask: Ask<T>): Promise<Result<T, Failure>> {
  const id = pathPart(c, "batch_id");
  const route = routeOfOwn(c, id);
  if (route === null) return err(notFound("batch"));
  return ofClient(c, ask(c.env.BATCHES.getByName(route), id, c.get("organizationId")));
}

/** Null if the organization's limit allows it. */
export async function targetProblem(c: ApiContext, target: number | undefined): Promise<Failure | null> {
  if (target === undefined) return null;
  const organization = await organizationOf(c).describe();
  if (!organization.ok) return organization.failure;
  const { agent_call_concurrency_limit: limit, reserved_concurrency: reserved } = organization.value;
  const capacity = { limit, reserved };
  return target <= mostForBatches(capacity) ? null : aboveCapacity(capacity);
}
