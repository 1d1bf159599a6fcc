/** What the service signs is what the client accepts, and nothing else. */

import { describe, expect, it } from "vitest";
import { signedHeaders } from "../../src/api/webhooks/signature.ts";
import { verifyWebhook, WebhookVerificationError } from "../../src/client/client.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const RAW = "chosen-by-nobody-else";
const BODY = JSON.stringify({ type: "test", request_id: "evt_1" });
const signed = (secrets = [SECRET], at = Date.now()) => signedHeaders(secrets, "evt_1", at, BODY);

describe("a webhook's request", () => {
  it.each([
    ["a secret of the standard's form", SECRET],
    ["a secret of one's own", RAW],
    ["a short secret with a space", "a b"],
    ["a secret that only begins like the standard's", "whsec_AAAA"],
    ["a secret of the longest key", `whsec_${btoa("k".repeat(64))}`],
  ])("is read with %s, as text and as bytes", async (_, secret) => {
    const headers = signed([secret]);
    for (const body of [BODY, new TextEncoder().encode(BODY)]) {
      expect(await verifyWebhook({ headers: new Headers(headers), body, secret })).toMatchObject({ type: "test" });
    }
  });

  it("is read while a secret is replaced, by either", async () => {
    const headers = signed([SECRET, RAW]);
    for (const secret of [SECRET, RAW, ["another-secret-of-theirs", RAW]]) {
      expect(await verifyWebhook({ headers, body: BODY, secret })).toMatchObject({ type: "test" });
    }
  });

  it.each([
    ["another body", { headers: signed(), body: `${BODY} `, secret: SECRET }],
    ["another secret", { headers: signed([RAW]), body: BODY, secret: SECRET }],
    ["another id", { headers: { ...signed(), "webhook-id": "evt_2" }, body: BODY, secret: SECRET }],
    ["six minutes of age", { headers: signed([SECRET], Date.now() - 360_000), body: BODY, secret: SECRET }],
    ["a time to come", { headers: signed([SECRET], Date.now() + 360_000), body: BODY, secret: SECRET }],
    ["no time", { headers: { ...signed(), "webhook-timestamp": "soon" }, body: BODY, secret: SECRET }],
    ["no signature", { headers: { "webhook-id": "evt_1", "webhook-timestamp": "1" }, body: BODY, secret: SECRET }],
    [
      "a signature that is none",
      { headers: { ...signed(), "webhook-signature": "v1,é v2 x" }, body: BODY, secret: SECRET },
    ],
  ])("is refused with %s", async (_, request) => {
    await expect(verifyWebhook(request)).rejects.toBeInstanceOf(WebhookVerificationError);
  });
});
