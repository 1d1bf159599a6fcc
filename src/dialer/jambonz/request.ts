/**
 * The request to place a call at jambonz ("Create a call"), and what its answered call does. The verb `listen` streams
 * its audio to the agent's WebSocket.
 */

import type { PlaceOrder } from "../dialer.ts";
import type { Trunk } from "../sip/trunk.ts";
import type { JambonzAccount } from "./account.ts";
import { detectionOf, WHO_ANSWERED } from "./answered-by.ts";
import { timeLimitOf } from "./words.ts";

/** jambonz asks here what to do after the agent's side closed the audio ("Listen", actionHook). */
export const AGENT_CLOSED = "/agent-closed";
/**
 * By default jambonz reports once. This requests five repeats after any failure; jambonz reads the fragment and never
 * sends it. ("Webhooks", retries.)
 */
const RETRY_HOOKS = "#rc=5&rp=all";
/**
 * Without an application jambonz requires speech settings, which a call that only streams audio never uses. Machine
 * detection has its own.
 */
const UNUSED_SPEECH = {
  speech_synthesis_vendor: "google",
  speech_synthesis_language: "en-US",
  speech_synthesis_voice: "en-US-Standard-C",
  speech_recognizer_vendor: "google",
  speech_recognizer_language: "en-US",
} as const;
/** The rate of phone calls; the agent gets it in its first frame. */
const SAMPLE_RATE = 8_000;

/**
 * The callee at the trunk. jambonz lists it as the call's `to`, and lists nothing else of ours. So it contains our
 * call's id, to find a call whose answer was lost. SIP elements ignore unknown parameters (RFC 3261, 19.1.1).
 */
export function sipUriOf({ hostname, transport }: Trunk, to: string, callId: string): string {
  return `sip:${to}@${hostname}${transport === null ? "" : `;transport=${transport}`};callbatch=${callId}`;
}

/** Batches of this carrier always have an agent of this type. */
function agentUrlOf({ agent }: PlaceOrder): string {
  if (agent.type !== "websocket") throw new Error("broken invariant: jambonz connects WebSockets alone");
  return agent.url;
}

/** The parts of the account that placing a call needs. */
export type Placing = Pick<JambonzAccount, "outbound" | "recognizer">;

export function createCallBody({ outbound: trunk, recognizer }: Placing, order: PlaceOrder): Record<string, unknown> {
  const hook = (url: string) => ({ url: url + RETRY_HOOKS, method: "POST" });
  const ids = { agent_call_id: order.callId, batch_id: order.batchId, recipient_id: order.recipientId };
  const listen = {
    verb: "listen",
    url: agentUrlOf(order),
    actionHook: order.statusCallbackUrl + AGENT_CLOSED,
    mixType: "mono",
    sampleRate: SAMPLE_RATE,
    passDtmf: true,
    bidirectionalAudio: { enabled: true, streaming: true, sampleRate: SAMPLE_RATE },
    // As text: jambonz escapes the text of this object's members, but not deeper ones.
    metadata: { ...ids, ...(order.metadata === null ? {} : { metadata: order.metadata }) },
  };
  const auth = trunk.credentials === null ? {} : { auth: trunk.credentials };
  return {
    from: order.from,
    to: { type: "sip", sipUri: sipUriOf(trunk, order.to, order.callId), ...auth },
    timeout: order.ringingTimeoutSeconds,
    timeLimit: timeLimitOf(order.maxDurationSeconds),
    tag: ids,
    // What an answered call does, so that jambonz need not ask; it still requires a URL to ask.
    app_json: JSON.stringify([listen]),
    call_hook: hook(order.statusCallbackUrl),
    call_status_hook: hook(order.statusCallbackUrl),
    // It runs during the call: the agent talks from the first second.
    ...(order.asksWhoAnswers && recognizer !== null
      ? { amd: detectionOf(recognizer, hook(order.statusCallbackUrl + WHO_ANSWERED)) }
      : {}),
    ...UNUSED_SPEECH,
  };
}
