import { time } from "../../../calling/answers/json.ts";
import { ok as done, err } from "../../../calling/requests/result.ts";
import { signedToken } from "../../../calling/secrets/signed-token.ts";
import { jurisdictionOf, nameWithin } from "../../../calling/words/jurisdiction.ts";
import { liveTicketAnswer } from "../../answers/calls/batch.ts";
import { organizationOf, pathPart, settingsFor } from "../../context.ts";
import { UNAUTHORIZED } from "../../guards/authenticate.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { content, created, operation } from "../../operation.ts";
import { ONE_BATCH, ofBatch } from "./batch.ts";

export const createLiveTicket = operation({
  ...ONE_BATCH,
  method: "POST",
  role: "viewer",
  path: `${ONE_BATCH.path}/live-ticket`,
  audit: null,
  id: "createLiveTicket",
  summary: "Get a ticket to watch a batch live",
  repeats: { isHarmless: true, hasSecret: true },
  answer: created(
    "A ticket for one WebSocket, valid for a minute.",
    content("LiveTicket", liveTicketAnswer, samples.liveTicket),
  ),
  handle: async (c) => {
    const { endsWith: keyId, expiresAt: expiresWith } = c.get("standing");
    const batchId = pathPart(c, "batch_id");
    const issued = await ofBatch(c, (batch, ...whose) => batch.liveTicket(...whose, keyId, expiresWith));
    if (!issued.ok) return issued;
    // A later revocation reaches the batch. An earlier one finds a ticket that was not given out.
    if (!(await organizationOf(c).watches(keyId, batchId))) return err(UNAUTHORIZED);
    const { expiresAt } = issued.value;
    // The batch's id does not say where its object is, and the client comes with the ticket alone.
    const jurisdiction = jurisdictionOf(c.get("organizationId"));
    const subject = nameWithin(jurisdiction, batchId);
    const ticket = nameWithin(jurisdiction, signedToken(settingsFor(c).keyRing, subject, issued.value.ticket));
    const url = new URL(`/agents/calls/batches/${batchId}/live?ticket=${ticket}`, c.req.url);
    url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
    return done({ ticket, url: url.href, expires_at: time(expiresAt) });
  },
});
