/**
 * Cartesia's webhook. An agent has one for all of its calls, so it comes to one address, and its secret is the same in every
 * request (`X-Webhook-Secret`): the call's id, in the metadata that we gave along, leads to the batch that compares it.
 */

import { isSameSecret } from "../../calling/secrets/digest.ts";
import type { CallContext, CarrierEventOutcome, CarrierRequest } from "../dialer.ts";
import { field, parse, textField } from "../json.ts";
import type { CartesiaAccount } from "./account.ts";
import { isCallId } from "./outcome.ts";
import { ownCallIdOf, progressOf } from "./words.ts";

const REPLY = { contentType: "text/plain", body: "" } as const;

/** Others (turns, analyses, and what may be added) say nothing about how a call goes. */
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
