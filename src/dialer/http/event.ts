/**
 * The dialer's status events: Standard Webhooks, signed with the provider's secret, to one address for all calls. The
 * call's id is ours and leads to the batch that verifies.
 */

import { webhookOf } from "../../calling/secrets/webhook-secret.ts";
import type { CallContext, CarrierEventOutcome, CarrierRequest } from "../dialer.ts";
import { field, parse } from "../json.ts";
import type { HttpAccount } from "./account.ts";
import { idOf, progressOf } from "./words.ts";

const REPLY = { contentType: "text/plain", body: "" } as const;

const callOf = (body: string): unknown => field(parse(body), "data");

export const callIdOfEvent = ({ body }: CarrierRequest): string | null => idOf(callOf(body));

/** At most five minutes between the signature's time and ours, either way (Standard Webhooks). */
function isSigned(secret: string, { headers, body }: CarrierRequest): boolean {
  try {
    webhookOf(secret).verify(body, { ...headers });
    return true;
  } catch {
    return false;
  }
}

export function receiveFromDialer(
  account: HttpAccount,
  request: CarrierRequest,
  context: CallContext,
): CarrierEventOutcome {
  if (!isSigned(account.webhook_secret, request)) return { kind: "forged" };
  const call = callOf(request.body);
  const carrierCallId = idOf(call);
  const progress = progressOf(call, context);
  return progress === null || carrierCallId === null
    ? { kind: "ignored", reply: REPLY }
    : { kind: "event", event: { kind: "progress", carrierCallId, progress }, reply: REPLY };
}
