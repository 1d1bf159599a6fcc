/**
 * LiveKit's webhooks. A project has one address for all rooms. The room's name is our call's id, which leads to the
 * batch that verifies the request. None of them reports that the callee answered.
 */

import { parseCallId } from "../../calling/secrets/ids.ts";
import type { CallContext, CarrierEvent, CarrierEventOutcome, CarrierRequest } from "../dialer.ts";
import { field, parse, textField } from "../json.ts";
import type { LiveKitGateway } from "./account.ts";
import { isSignedByLiveKit } from "./token.ts";
import { endOf, progressOf } from "./words.ts";

const REPLY = { contentType: "text/plain", body: "" } as const;

const roomOf = (event: unknown): string | null => textField(field(event, "room"), "name");

/** Null for rooms that the project uses for other things. */
export function callIdOfWebhook({ body }: CarrierRequest): string | null {
  const room = roomOf(parse(body));
  return room !== null && parseCallId(room) !== null ? room : null;
}

export async function receiveFromLiveKit(
  gateway: LiveKitGateway,
  request: CarrierRequest,
  context: CallContext,
  now: number,
): Promise<CarrierEventOutcome> {
  const authorization = request.headers.authorization ?? "";
  if (!(await isSignedByLiveKit(gateway, authorization, request.body, now))) return { kind: "forged" };
  const event = eventOf(parse(request.body), context);
  return event === null ? { kind: "ignored", reply: REPLY } : { kind: "event", event, reply: REPLY };
}

/**
 * `room_finished` is ignored: it may arrive before the callee's leaving, and does not tell how the call ended. If the
 * leaving is lost, the call is asked about.
 */
function eventOf(webhook: unknown, context: CallContext): CarrierEvent | null {
  const carrierCallId = roomOf(webhook);
  const participant = field(webhook, "participant");
  const name = textField(webhook, "event");
  const hasLeft = name === "participant_left" || name === "participant_connection_aborted";
  if (carrierCallId === null) return null;
  if (textField(participant, "kind") === "AGENT") return hasLeft ? { kind: "agent_closed", carrierCallId } : null;
  if (textField(participant, "identity") !== carrierCallId) return null;
  const progress = hasLeft
    ? endOf(participant, Number(field(webhook, "createdAt")), context)
    : name === "participant_joined"
      ? progressOf(participant)
      : null;
  return progress === null ? null : { kind: "progress", carrierCallId, progress };
}
