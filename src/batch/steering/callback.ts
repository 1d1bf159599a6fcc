/**
 * A carrier's request about a call of the batch: verified, settled, answered. If anything is wrong with it, nothing
 * changes and the answer is always the same. If the organization does not answer, the request cannot be verified and
 * the carrier is asked to repeat it.
 */

import type { CarrierEventOutcome, CarrierRequest } from "../../dialer/dialer.ts";
import type { Batch } from "../core/batch.ts";
import type { BatchEvent } from "../core/effects.ts";
import type { Line } from "../dialing/line.ts";
import type { LineSource } from "../dialing/line-source.ts";

/**
 * `forbidden`: no such call, a wrong token or a bad signature; nothing was changed, and the answer does not tell which.
 * `unanswered`: the organization did not answer, so the carrier must repeat the request.
 */
export type CallbackVerdict =
  | { readonly kind: "accepted"; readonly contentType: string; readonly body: string }
  | { readonly kind: "forbidden" }
  | { readonly kind: "unanswered" };

/** The batch, the line that verifies the carrier, and the receiver of the carrier's reports. */
type Called = { readonly batch: Batch; readonly line: LineSource; hear(event: BatchEvent): void };

const FORBIDDEN: CallbackVerdict = { kind: "forbidden" };

/** `token`: null only if the carrier's callbacks are shared. */
export async function receiveCallback(
  called: Called,
  callNumber: number,
  token: string | null,
  request: CarrierRequest,
): Promise<CallbackVerdict> {
  const row = called.batch.attempts.find(callNumber);
  if (row === null || row.token === null) return FORBIDDEN;
  if (token !== null && !isSame(token, row.token)) return FORBIDDEN;
  const outcome = await verified(called, (line) => receivedBy(line, called.batch, callNumber, token, request));
  switch (outcome.kind) {
    case "unanswered":
      return outcome;
    case "forged":
      return FORBIDDEN;
    case "ignored":
      return { kind: "accepted", ...outcome.reply };
    case "event":
      called.hear(
        outcome.event.kind === "agent_closed"
          ? { kind: "agent_closed", number: callNumber }
          : { kind: "happened", number: callNumber, happening: outcome.event },
      );
      return { kind: "accepted", ...outcome.reply };
  }
}

type Outcome = CarrierEventOutcome | { readonly kind: "unanswered" };

/** Verifies with the last known line. If that one rejects it, tries the present one, whose credentials may be newer. */
async function verified({ batch, line }: Called, by: (line: Line) => Promise<CarrierEventOutcome>): Promise<Outcome> {
  const now = Date.now();
  const known = await lineOr(batch, () => line.known(now));
  if (known === null) return { kind: "unanswered" };
  const outcome = await by(known);
  if (outcome.kind !== "forged" || batch.line.ready(now) === known) return outcome;
  const current = await lineOr(batch, () => line.get(now));
  if (current === null) return { kind: "unanswered" };
  return current === known ? outcome : by(current);
}

/** Null if the organization does not answer, or has no line. */
async function lineOr(batch: Batch, line: () => Promise<Line>): Promise<Line | null> {
  try {
    return await line();
  } catch (error) {
    console.warn(JSON.stringify({ event: "callback_unverified", batch: batch.row.id, error: String(error) }));
    return null;
  }
}

async function receivedBy(
  { dialer, capabilities }: Line,
  batch: Batch,
  callNumber: number,
  token: string | null,
  request: CarrierRequest,
): Promise<CarrierEventOutcome> {
  // Without a token only the signature is left, and only shared callbacks are sure to have one.
  if ((token === null) !== (capabilities.callbacks === "shared")) return { kind: "forged" };
  return dialer.receive(request, batch.row.callback_base_url, batch.contexts.of(callNumber));
}

const encoder = new TextEncoder();

/** In constant time. All tokens have the same length, so the length tells nothing. */
function isSame(given: string, stored: string): boolean {
  const [a, b] = [encoder.encode(given), encoder.encode(stored)];
  return a.byteLength === b.byteLength && crypto.subtle.timingSafeEqual(a, b);
}
