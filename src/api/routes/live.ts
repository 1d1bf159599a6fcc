/** `…/live-ticket` and `…/live`: a batch's progress over a WebSocket (`batch/telling/live-message.ts` says what it tells). */

import { notFound } from "../../calling/requests/failure.ts";
import { err } from "../../calling/requests/result.ts";
import { routeOfBatch } from "../../calling/secrets/ids.ts";
import { UNAUTHORIZED } from "../authenticate.ts";
import { type ApiContext, organizationOf, pathPart } from "../context.ts";
import { type ApiError, fail, respondWith } from "../envelope.ts";
import { time } from "../present.ts";
import { countGuess, guessedTooOften } from "../rate-limits.ts";
import type { LiveTicketAnswer } from "../schemas/batch-answers.ts";

const UPGRADE_REQUIRED: ApiError = {
  status: 426,
  code: "upgrade_required",
  title: "Upgrade required",
  message: "connect to this URL with a WebSocket",
  headers: { Upgrade: "websocket" },
};
const TICKET_NOT_GOOD: ApiError = {
  status: 401,
  code: "unauthorized",
  title: "Unauthorized",
  message: "the ticket is unknown, used or older than a minute; get another one with POST …/live-ticket",
};
const TOO_MANY: ApiError = {
  status: 429,
  code: "too_many_watchers",
  title: "Too many watchers",
  message: "too many connections watch this batch already; read it with GET instead",
};

const objectOf = (c: ApiContext) => {
  const route = routeOfBatch(pathPart(c, "batch_id"));
  return route === null ? null : c.env.BATCHES.getByName(route);
};

export async function createLiveTicket(c: ApiContext): Promise<Response> {
  const id = pathPart(c, "batch_id");
  const keyId = c.get("apiKey").id;
  const issued = (await objectOf(c)?.liveTicket(id, c.get("organizationId"), keyId)) ?? err(notFound("batch"));
  if (!issued.ok) return fail(c, issued.failure);
  // From here on a revocation finds the batch; one before it finds a ticket that nobody has.
  if (!(await organizationOf(c).watches(keyId, id))) return respondWith(c, UNAUTHORIZED);
  const { ticket, expiresAt } = issued.value;
  const url = new URL(`/agents/calls/batches/${id}/live?ticket=${ticket}`, c.req.url);
  url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
  const answer: LiveTicketAnswer = { ticket, url: url.href, expires_at: time(expiresAt) };
  return c.json(answer, 201);
}

/** No key: the ticket is one. */
export async function watchLive(c: ApiContext): Promise<Response> {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") return respondWith(c, UPGRADE_REQUIRED);
  const problem = guessedTooOften(c, null);
  if (problem !== null) return respondWith(c, problem);
  const response = await objectOf(c)?.fetch(c.req.raw);
  if (response?.status === 101) return response;
  if (response?.status === 429) return respondWith(c, TOO_MANY);
  await countGuess(c, null);
  return respondWith(c, TICKET_NOT_GOOD);
}
