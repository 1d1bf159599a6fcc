/**
 * The TwiML of an answered call: connect its audio to the agent's WebSocket (Twilio, "TwiML Voice: Stream"). Data for
 * the agent is sent as stream parameters, which arrive in its start message.
 */

import type { PlaceOrder } from "../dialer.ts";

/** Twilio, "Making Calls": the `Twiml` parameter has at most 4,000 characters. */
const MAX_TWIML = 4_000;
/** A parameter's name and value together (Twilio, "Stream", custom parameters). */
const MAX_PARAMETER = 500;
/** Tells the agent that something did not fit; it fetches all of it with Get Call. */
const TRUNCATED = '<Parameter name="metadata_truncated" value="true"/>';

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Usually a value is an id or a name. */
const IS_PLAIN = /^[\w .,:;/?=+@-]*$/;

/** For attribute values. Characters that XML 1.0 cannot contain are left out; a lone surrogate becomes U+FFFD. */
export const escapeXml = (text: string): string =>
  IS_PLAIN.test(text)
    ? text
    : text
        .toWellFormed()
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 excludes.
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
        .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
        .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);

const parameter = (name: string, value: string): string =>
  `<Parameter name="${escapeXml(name)}" value="${escapeXml(value)}"/>`;

/** Twilio asks here what to do after the agent's side closed the audio (Twilio, "TwiML Voice: Connect", action). */
export const AGENT_CLOSED = "/agent-closed";

export function twimlOf(order: PlaceOrder): string {
  const own = { agent_call_id: order.callId, batch_id: order.batchId, recipient_id: order.recipientId };
  const head = `<Response><Connect action="${escapeXml(order.statusCallbackUrl + AGENT_CLOSED)}" method="POST"><Stream url="${escapeXml(agentUrlOf(order))}">`;
  const tail = "</Stream></Connect></Response>";
  let body = Object.entries(own)
    .map(([name, value]) => parameter(name, value))
    .join("");
  let room = MAX_TWIML - head.length - body.length - tail.length - TRUNCATED.length;
  let isTruncated = false;
  for (const [name, value] of Object.entries(metadataOf(order))) {
    const written = escapeXml(name);
    if (Object.hasOwn(own, written)) continue;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const element = parameter(name, text);
    if (written === "" || name.length + text.length > MAX_PARAMETER || element.length > room) {
      isTruncated = true;
      continue;
    }
    body += element;
    room -= element.length;
  }
  return head + body + (isTruncated ? TRUNCATED : "") + tail;
}

/** Batches of this carrier always have an agent of this type. */
function agentUrlOf({ agent }: PlaceOrder): string {
  if (agent.type !== "websocket") throw new Error("broken invariant: Twilio connects WebSockets alone");
  return agent.url;
}

const metadataOf = (order: PlaceOrder): Record<string, unknown> =>
  order.metadata === null ? {} : (JSON.parse(order.metadata) as Record<string, unknown>);
