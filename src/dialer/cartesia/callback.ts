/**
 * Cartesia's webhook. An agent has one for all of its calls, so it has one address, and every request has the same
 * secret (`X-Webhook-Secret`). Our call's id is in the metadata and leads to the batch, which compares the secret.
 */

import { isSameSecret } from "../../calling/secrets/digest.ts";
import type { CallContext, CarrierEventOutcome, CarrierRequest } from "../dialer.ts";
import { field, parse, textField } from "../json.ts";
import type { CartesiaAccount } from "./account.ts";
import { isCallId } from "./outcome.ts";
import { ownCallIdOf, progressOf } from "./words.ts";

const REPLY = { contentType: "text/plain", body: "" } as const;

/** Other events (turns, analyses, future ones) tell nothing about the call's progress. */
const STATUS_OF_EVENT: ReadonlyMap<string | null, string> = new Map([
  ["call_started", "started"],
  ["call_completed", "completed"],
  ["call_failed", "failed"],
]);

export const callIdOfWebhook = ({ body }: CarrierRequest): string | null => ownCallIdOf(field(parse(body), "call"));

export async function receiveFromCartesia(
  account: CartesiaAccount,
  request: CarrierRequest,
  context: CallContext,
): Promise<CarrierEventOutcome> {
  const given = request.headers["x-webhook-secret"] ?? "";
  const secret = account.webhook_secret;
  if (secret === null || !(await isSameSecret(given, secret))) return { kind: "forged" };
  const event = parse(request.body);
  const call = field(event, "call");
  const id = field(call, "id");
  const progress = progressOf(call, STATUS_OF_EVENT.get(textField(event, "type")) ?? null, context);
  return progress === null || !isCallId(id)
    ? { kind: "ignored", reply: REPLY }
    : { kind: "event", event: { kind: "progress", carrierCallId: id, progress }, reply: REPLY };
}
