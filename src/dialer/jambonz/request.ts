/**
 * The request to place a call at jambonz ("Create a call"), and what its answered call does: the verb `listen`, which streams
 * its audio to the agent's WebSocket.
 */

import type { PlaceOrder } from "../dialer.ts";
import type { Trunk } from "../sip/trunk.ts";
import type { JambonzAccount } from "./account.ts";
import { detectionOf, WHO_ANSWERED } from "./answered-by.ts";
import { timeLimitOf } from "./words.ts";

/** jambonz asks here what follows when the agent's side closed the audio ("Listen", actionHook). */
export const AGENT_CLOSED = "/agent-closed";
/**
 * By default jambonz tells once. This asks for five repeats after any failure; the fragment is read by jambonz and never
 * sent. ("Webhooks", retries.)
 */
const RETRY_HOOKS = "#rc=5&rp=all";
/**
 * Without an application jambonz demands speech settings, which a call that only streams its audio never uses. What detects
 * machines has its own.
 */
const UNUSED_SPEECH = {
  speech_synthesis_vendor: "google",
  speech_synthesis_language: "en-US",
  speech_synthesis_voice: "en-US-Standard-C",
  speech_recognizer_vendor: "google",
  speech_recognizer_language: "en-US",
} as const;
/** What phone calls have; the agent learns of it in its first frame. */
const SAMPLE_RATE = 8_000;

/**
 * The callee at the trunk. jambonz keeps it as the call's `to` and shows it in its lists, and nothing else of ours: so it
 * carries our call's id, by which a call whose answer was lost is found again. A SIP element ignores a parameter that it
 * does not know (RFC 3261, 19.1.1).
 */
export function sipUriOf({ hostname, transport }: Trunk, to: string, callId: string): string {
  return `sip:${to}@${hostname}${transport === null ? "" : `;transport=${transport}`};callbatch=${callId}`;
}

/** No batch of jambonz's is created with an agent of another type. */
function agentUrlOf({ agent }: PlaceOrder): string {
  if (agent.type !== "websocket") throw new Error("broken invariant: jambonz connects WebSockets alone");
  return agent.url;
}

/** What of the account a call is placed with. */
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
    // As text: jambonz escapes the text of this object's members, and not what lies deeper.
    metadata: { ...ids, ...(order.metadata === null ? {} : { metadata: order.metadata }) },
  };
  const auth = trunk.credentials === null ? {} : { auth: trunk.credentials };
  return {
    from: order.from,
    to: { type: "sip", sipUri: sipUriOf(trunk, order.to, order.callId), ...auth },
    timeout: order.ringingTimeoutSeconds,
    timeLimit: timeLimitOf(order.maxDurationSeconds),
    tag: ids,
    // What an answered call does, so that nobody has to be asked; it demands a URL to ask all the same.
    app_json: JSON.stringify([listen]),
    call_hook: hook(order.statusCallbackUrl),
    call_status_hook: hook(order.statusCallbackUrl),
    // Beside the call: the agent talks from the first second.
    ...(order.asksWhoAnswers && recognizer !== null
      ? { amd: detectionOf(recognizer, hook(order.statusCallbackUrl + WHO_ANSWERED)) }
      : {}),
    ...UNUSED_SPEECH,
  };
}
