/** The signature is that of Standard Webhooks: its published vector, and what its library accepts. */

import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { signedHeaders } from "../../src/api/webhooks/signature.ts";
import { secretProblem } from "../../src/calling/secrets/webhook-secret.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const BODY = '{"test": 2432232314}';

it("is the published vector's", () => {
  expect(signedHeaders([SECRET], ID, 1_614_265_330_999, BODY)).toEqual({
    "webhook-id": ID,
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    "x-webhook-secret": SECRET,
  });
});

it("is accepted by whoever has one of the secrets, and by nobody else", () => {
  const old = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  const raw = "chosen by nobody else".replaceAll(" ", "-");
  const headers = signedHeaders([SECRET, old, raw], ID, Date.now(), BODY);
  expect(headers["webhook-signature"]?.split(" ")).toHaveLength(3);
  for (const webhook of [new Webhook(SECRET), new Webhook(old), new Webhook(raw, { format: "raw" })]) {
    expect(webhook.verify(BODY, headers)).toEqual({ test: 2432232314 });
    expect(() => webhook.verify(`${BODY} `, headers)).toThrow("No matching signature");
    expect(() => webhook.verify(BODY, { ...headers, "webhook-id": "msg_other" })).toThrow("No matching signature");
  }
  expect(() => new Webhook(`${SECRET.slice(0, -1)}0`).verify(BODY, headers)).toThrow("No matching signature");
});

it("is too old after five minutes", () => {
  const headers = signedHeaders([SECRET], ID, Date.now() - 301_000, BODY);
  expect(() => new Webhook(SECRET).verify(BODY, headers)).toThrow("too old");
});

describe("a secret", () => {
  const bytes = (count: number) => `whsec_${Buffer.alloc(count, 7).toString("base64")}`;
  it.each([SECRET, bytes(24), bytes(64), "x".repeat(16), "x".repeat(256)])("%s can be used", (secret) => {
    expect(secretProblem(secret)).toBeNull();
  });
  it.each([
    bytes(23),
    bytes(65),
    "whsec_",
    "whsec_====",
    "x".repeat(15),
    "x".repeat(257),
    "with a space in it",
    "ключключключключ",
  ])("%s cannot", (secret) => {
    expect(secretProblem(secret)).toMatch(/^must /);
  });
});
