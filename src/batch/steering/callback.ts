/**
 * A carrier's request about a call of the batch: verified, settled, answered. Whatever is wrong with it, nothing changes and
 * the answer is the same. Where it cannot be verified because the organization does not answer, the carrier is asked to
 * come again.
 */

import type { CarrierEventOutcome, CarrierRequest } from "../../dialer/dialer.ts";
import type { Engine } from "../core/engine.ts";
import type { Line } from "../dialing/line.ts";

/**
 * `forbidden`: no such call, a wrong token or a bad signature; nothing was changed. The three are not told apart.
 * `unanswered`: the organization did not answer, so it could not be verified; it is to come again.
 */
export type CallbackVerdict =
  | { readonly kind: "accepted"; readonly contentType: string; readonly body: string }
  | { readonly kind: "forbidden" }
  | { readonly kind: "unanswered" };

const FORBIDDEN: CallbackVerdict = { kind: "forbidden" };

/** `token`: null where the carrier's callbacks are shared, and only then. */
export async function receiveCallback(
  engine: Engine,
  callNumber: number,
  token: string | null,
  request: CarrierRequest,
): Promise<CallbackVerdict> {
  const row = engine.attempts.find(callNumber);
  if (row === null || row.token === null) return FORBIDDEN;
  if (token !== null && !isSame(token, row.token)) return FORBIDDEN;
  const outcome = await verified(engine, (line) => receivedBy(line, engine, callNumber, token, request));
  switch (outcome.kind) {
    case "unanswered":
      return outcome;
    case "forged":
      return FORBIDDEN;
    case "ignored":
      return { kind: "accepted", ...outcome.reply };
    case "event":
      if (outcome.event.kind === "agent_closed") engine.contexts.agentClosed(callNumber);
      else engine.happened(callNumber, outcome.event);
      return { kind: "accepted", ...outcome.reply };
  }
}

type Outcome = CarrierEventOutcome | { readonly kind: "unanswered" };

/** By the line last known; where that line calls it forged, by the present one, whose credentials may be newer. */
async function verified(engine: Engine, by: (line: Line) => Promise<CarrierEventOutcome>): Promise<Outcome> {
  const known = await lineOr(engine, () => engine.line.known(Date.now()));
  if (known === null) return { kind: "unanswered" };
  const outcome = await by(known);
  if (outcome.kind !== "forged" || engine.line.ready(Date.now()) === known) return outcome;
  const current = await lineOr(engine, () => engine.line.get(Date.now()));
  if (current === null) return { kind: "unanswered" };
  return current === known ? outcome : by(current);
}

/** Null where the organization does not answer, or has no line. */
async function lineOr(engine: Engine, line: () => Promise<Line>): Promise<Line | null> {
  try {
    return await line();
  } catch (error) {
    console.warn(JSON.stringify({ event: "callback_unverified", batch: engine.row.id, error: String(error) }));
    return null;
  }
}

async function receivedBy(
  { dialer, capabilities }: Line,
  engine: Engine,
  callNumber: number,
  token: string | null,
  request: CarrierRequest,
): Promise<CarrierEventOutcome> {
  // Without a token there is nothing but the signature, which only shared callbacks are sure to have.
  if ((token === null) !== (capabilities.callbacks === "shared")) return { kind: "forged" };
  return dialer.receive(request, engine.row.callback_base_url, engine.contexts.of(callNumber));
}

const encoder = new TextEncoder();

/** In constant time: every token has the same length, so the length tells nothing. */
function isSame(given: string, stored: string): boolean {
  const [a, b] = [encoder.encode(given), encoder.encode(stored)];
  return a.byteLength === b.byteLength && crypto.subtle.timingSafeEqual(a, b);
}
