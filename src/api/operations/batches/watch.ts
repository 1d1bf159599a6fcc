import { z } from "zod";
import { err } from "../../../calling/requests/result.ts";
import { routeOfBatch } from "../../../calling/secrets/ids.ts";
import { jurisdictionOf, nameWithin } from "../../../calling/words/jurisdiction.ts";
import { liveMessage } from "../../answers/calls/live.ts";
import { type ApiContext, pathPart } from "../../context.ts";
import type { ApiError } from "../../envelope.ts";
import { isInUse } from "../../guards/directories.ts";
import { genuineToken } from "../../guards/token-check.ts";
import { countGuess, guessedTooOften } from "../../limits/rate-limits.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { answered, content, operation, refusal } from "../../operation.ts";
import { ONE_BATCH } from "./batch.ts";

const UPGRADE_REQUIRED: ApiError = {
  code: "upgrade_required",
  message: "connect to this URL with a WebSocket",
  headers: { Upgrade: "websocket" },
};
const TICKET_NOT_GOOD: ApiError = {
  code: "unauthorized",
  message: "the ticket is unknown, used or older than a minute; get another with POST …/live-ticket",
};
const TOO_MANY: ApiError = {
  code: "too_many_watchers",
  message: "the batch has the most watchers allowed; read it with GET instead",
};

/** Needs no key: the ticket authenticates. `batch/telling/live-message.ts` defines the messages. */
export const watchBatch = operation({
  ...ONE_BATCH,
  audience: "anybody",
  method: "GET",
  path: `${ONE_BATCH.path}/live`,
  id: "watchBatch",
  summary: "Watch a batch over a WebSocket",
  description:
    "Needs the ticket from `createLiveTicket`. Sends a `snapshot`, then `changes`, at most four a second; answers `ping` with `pong`.",
  query: z.object({ ticket: z.string().optional().describe("Valid once, within a minute. 401 without it.") }),
  answer: answered(
    101,
    "A WebSocket. Each of its messages is JSON with this schema.",
    content("LiveMessage", liveMessage, samples.liveMessage),
  ),
  refusals: {
    401: refusal("unauthorized", "The ticket is unknown, used or older than a minute."),
    426: refusal("upgrade_required", "The request is not a WebSocket upgrade."),
    429: refusal("too_many_watchers", "The batch has the most watchers allowed."),
  },
  handle: async (c, { query }) => {
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") return err(UPGRADE_REQUIRED);
    const problem = guessedTooOften(c, null);
    if (problem !== null) return err(problem);
    const response = await watched(c, query.ticket ?? "");
    if (response?.status === 101) return response;
    if (response?.status === 429) return err(TOO_MANY);
    await countGuess(c, null);
    return err(TICKET_NOT_GOOD);
  },
});

/** Undefined if no batch's object has to be asked. */
async function watched(c: ApiContext, text: string): Promise<Response | undefined> {
  const batchId = pathPart(c, "batch_id");
  const jurisdiction = jurisdictionOf(text);
  const route = routeOfBatch(batchId, text);
  if (route === null || !(await isInUse(c.env, jurisdiction))) return undefined;
  const signed = text.slice(nameWithin(jurisdiction, "").length);
  const ticket = await genuineToken(c, nameWithin(jurisdiction, batchId), signed);
  if (ticket === null) return undefined;
  const url = new URL(c.req.url);
  url.searchParams.set("ticket", ticket);
  const answer = await c.env.BATCHES.getByName(route).fetch(new Request(url, c.req.raw));
  // A copy, whose headers can be changed.
  return new Response(answer.body, answer);
}
