/** The messages between objects of two releases, which speak to each other while a deployment lasts. */

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DUMP, Messages } from "./messages.ts";

let messages: Messages;
beforeAll(() => {
  messages = new Messages();
}, 120_000);
afterAll(() => messages.close());

it("are understood by this release and by the one before (if not: docs/operations/upgrades.md, Two releases at once)", () => {
  expect(messages.problems()).toEqual([]);
});

it("are written down as they are (if not: npm run messages)", () => {
  expect(messages.dump()).toBe(readFileSync(DUMP, "utf8"));
});

it("are not, where one of two releases cannot read what the other sends; new optional fields are", () => {
  const file = "src/webhooks/rpc.ts";
  const changes = [
    ["organizationId: string }", "organizationId: string; readonly note?: string }"],
    ['["pending", "delivered", "failed"]', '["pending", "delivered", "failed", "refused"]'],
    [
      "readonly deliveryId: string; readonly attempt: number }",
      "readonly deliveryId: string; readonly attempt: string }",
    ],
    ["begin(deliveryId: string, attempt: number)", "begin(deliveryId: string, attempt: number, at: number)"],
    [
      "settle(deliveryId: string, attempt: number, outcome",
      "settle(deliveryId: string, attempt: number | null, outcome",
    ],
    ["endpointChanged(): ", "endpointIsNew(): "],
  ] as const;
  const changed = changes.reduce(
    (text, [before, now]) => {
      expect(text.split(before)).toHaveLength(2);
      return text.replace(before, now);
    },
    readFileSync(file, "utf8"),
  );
  const planted = new Messages({ [file]: changed });
  const problems = planted.problems();
  planted.close();
  const before = "the release before cannot read this one";
  expect(problems.sort()).toEqual([
    "DeliveryMessage.attempt: the release before cannot read this one",
    "DeliveryMessage.attempt: this release cannot read the one before",
    "WebhookRpc.begin: parameter 3 is new, and the release before does not send it",
    `WebhookRpc.carry: parameter 1: ${before}`,
    "WebhookRpc.carry: parameter 1: this release cannot read the one before",
    `WebhookRpc.deliveries: the answer: ${before}`,
    "WebhookRpc.endpointChanged: is gone, and the release before sends it",
    `WebhookRpc.redeliver: the answer: ${before}`,
    `WebhookRpc.sendTest: the answer: ${before}`,
    `WebhookRpc.settle: parameter 2: ${before}`,
  ]);
});
