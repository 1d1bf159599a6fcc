/** Your own name for a recipient: in its calls, in what webhooks are told of them, and as a filter of both lists. */

import { afterEach, expect, it } from "vitest";
import type { Call, Page, Webhook } from "../../src/client/client.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Batch, numbers, TestService, until } from "../support/service.ts";

connectReceiver();

let service: TestService;
afterEach(() => service.stop());

const BATCHES = "/agents/calls/batches";
const [ada = "", ben = "", cleo = ""] = numbers(3);
const RECIPIENTS = [
  { to_number: ada, external_id: "crm-1" },
  { to_number: ben, external_id: "crm-12" },
  { to_number: cleo },
];
const callsWith = async (query: string) =>
  (await service.api<Page<Call>>("GET", `/agents/calls?${query}`)).body.data.map(({ external_id }) => external_id);

it("stands in each call, and in what webhooks are told of it", async () => {
  service = await TestService.start({ limit: 5 });
  const clock = new DrivenClock(service);
  const receiver = new TestReceiver();
  const webhook = await service.made<Webhook & { secret: string }>("/agents/webhooks", {
    display_name: "CRM",
    url: receiver.url("ok"),
    events: ["call_completed"],
  });
  clock.watchWebhook(webhook.id);
  const batch = await service.made<Batch>(BATCHES, { ...service.batchBody([]), recipients: RECIPIENTS });
  await service.finished(batch.id);
  const events = await until(async () => {
    const arrived = await receiver.events(webhook.secret);
    return arrived.length === RECIPIENTS.length ? arrived : null;
  });
  const told = events.flatMap((event) =>
    "call" in event ? [[event.call.telephony_params.to, event.call.external_id]] : [],
  );
  expect(new Map(told as [string, string | undefined][])).toEqual(
    new Map<string, string | undefined>([
      [ada, "crm-1"],
      [ben, "crm-12"],
      [cleo, undefined],
    ]),
  );
  clock.stop();
});

it("finds the calls of one recipient, in a batch and with an agent, and the recipient itself", async () => {
  service = await TestService.start({ limit: 5 });
  const batch = await service.made<Batch>(BATCHES, { ...service.batchBody([]), recipients: RECIPIENTS });
  await service.finished(batch.id);
  await service.api("POST", "/agents/calls", {
    agent_id: "agent_test",
    from_number_id: "ap_test",
    outbound_calls: [{ to_number: ada, external_id: "crm-1" }],
  });
  expect(await callsWith(`batch_id=${batch.id}&external_id=crm-1`)).toEqual(["crm-1"]);
  expect(await callsWith("agent_id=agent_test&external_id=crm-1")).toEqual(["crm-1", "crm-1"]);
  expect(await callsWith(`batch_id=${batch.id}&external_id=crm`)).toEqual([]);
  expect(await callsWith(`batch_id=${batch.id}&external_id=`)).toHaveLength(3);
  const found = await service.api<Page<Batch["recipients"][number]>>(
    "GET",
    `${BATCHES}/${batch.id}/recipients?external_id=crm-12`,
  );
  expect(found.body.data.map(({ to_number }) => to_number)).toEqual([ben]);
  const none = await service.api<Page<Batch["recipients"][number]>>(
    "GET",
    `${BATCHES}/${batch.id}/recipients?external_id=nobody`,
  );
  expect(none.body.data).toEqual([]);
  const tooLong = await service.api("GET", `/agents/calls?batch_id=${batch.id}&external_id=${"x".repeat(300)}`);
  expect(tooLong.status).toBe(400);
});
