/** Telnyx's webhooks about a call (Telnyx, "Receiving webhooks"). They come in any order, and more than once. */

import type { CallContext, CallProgress, CarrierRequest } from "../dialer.ts";
import { field, parse, textField } from "../json.ts";
import type { TelnyxAccount } from "./account.ts";
import { answeredByOf } from "./answered-by.ts";
import type { OwnEnd } from "./client-state.ts";
import { isSignedWith } from "./signature.ts";
import { carrierCallIdOf, endedOf, hangupOf } from "./words.ts";

export type Webhook =
  | { readonly kind: "forged" }
  | { readonly kind: "ignored" }
  | { readonly kind: "progress"; readonly carrierCallId: string; readonly progress: CallProgress }
  /** The audio's WebSocket closed; Telnyx continues the call without it. */
  | { readonly kind: "agent_gone"; readonly carrierCallId: string; readonly payload: unknown; readonly end: OwnEnd };

const IGNORED: Webhook = { kind: "ignored" };

export async function readWebhook(
  account: TelnyxAccount,
  { headers, body }: CarrierRequest,
  context: CallContext,
  now: number,
): Promise<Webhook> {
  const signature = headers["telnyx-signature-ed25519"] ?? null;
  const timestamp = headers["telnyx-timestamp"] ?? null;
  if (!(await isSignedWith(account.public_key, { signature, timestamp, body }, now))) return { kind: "forged" };
  const data = field(parse(body), "data");
  const payload = field(data, "payload");
  const carrierCallId = carrierCallIdOf(payload);
  if (carrierCallId === null) return IGNORED;
  const said = (progress: CallProgress): Webhook => ({ kind: "progress", carrierCallId, progress });
  const event = textField(data, "event_type");
  switch (event) {
    case "call.initiated":
      return said({ kind: "ringing" });
    case "call.answered":
      return said({ kind: "answered" });
    case "call.hangup":
      return said(endedOf(hangupOf(payload), null, context));
    case "streaming.stopped":
      return { kind: "agent_gone", carrierCallId, payload, end: "agent_closed" };
    case "streaming.failed":
      return { kind: "agent_gone", carrierCallId, payload, end: "stream_failed" };
    default: {
      const answeredBy = answeredByOf(event, payload);
      return answeredBy === null ? IGNORED : said({ kind: "answered", answeredBy });
    }
  }
}
