/** `default_country` and `strict_country`: as JSON and in a file, in the preview, in Create and in Append. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Failed, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

const BATCHES = "/agents/calls/batches";
const LATER = { scheduled_at: new Date(Date.now() + 86_400_000).toISOString() };
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

type Readings = { also_another_country: number; with_country_code: number; numbers: Record<string, unknown>[] };
type Answer = { id: string; country_readings?: Readings };

async function sendForm(path: string, file: string, fields: Record<string, string>) {
  const form = new FormData();
  const { recipients: _, ...rest } = service.batchBody([], LATER);
  for (const [name, value] of Object.entries({ ...rest, ...fields })) form.set(name, String(value));
  form.set("file", new Blob([file], { type: "text/csv" }), "people.csv");
  const headers = { "x-api-key": service.key, "cartesia-version": "2026-03-01" };
  const answer = await fetchWorker(
    new Request(`https://${service.host}${path}`, { method: "POST", body: form, headers }),
  );
  return { status: answer.status, body: (await answer.json()) as Answer & Failed };
}
const sendJson = (path: string, numbers: readonly string[], fields: Record<string, unknown>) =>
  service.api<Answer & Failed>("POST", path, service.batchBody(numbers, { ...LATER, ...fields }));

const SWEDISH = { written: "4695551212", to_number: "+14695551212", could_be: "+4695551212", country: "SE" };

describe("numbers without a country code", () => {
  it("are the default country's in JSON, and those that could be another's are named", async () => {
    const preview = await sendJson(`${BATCHES}/preview`, ["4695551212", "(415) 555-0123"], { default_country: "us" });
    expect(preview).toMatchObject({ status: 200, body: { total_recipients: 2 } });
    expect(preview.body.country_readings).toEqual({
      also_another_country: 1,
      with_country_code: 0,
      numbers: [{ index: 0, ...SWEDISH }],
    });
    const created = await sendJson(BATCHES, ["4695551212", "(415) 555-0123"], { default_country: "US" });
    expect(created).toMatchObject({ status: 201, body: { country_readings: { numbers: [SWEDISH] } } });
    const { recipients } = await service.batch(created.body.id);
    expect(recipients.map(({ to_number }) => to_number)).toEqual(["+14695551212", "+14155550123"]);
    const more = { recipients: [{ to_number: "4695551213" }], default_country: "US" };
    const appended = await service.api<Answer>("POST", `${BATCHES}/${created.body.id}/recipients`, more);
    expect(appended.body.country_readings).toMatchObject({ also_another_country: 1 });
  });

  it("are named with their line in a file, and those that have the country's own code", async () => {
    const file = "to_number\n4695551212\n4155550123\n";
    const preview = await sendForm(`${BATCHES}/preview`, file, { default_country: "US" });
    expect(preview.body.country_readings?.numbers).toEqual([{ index: 0, line: 2, ...SWEDISH }]);
    const german = await sendForm(`${BATCHES}/preview`, "to_number\n491601234567\n", { default_country: "DE" });
    expect(german.body.country_readings).toEqual({
      also_another_country: 0,
      with_country_code: 1,
      numbers: [{ index: 0, line: 2, written: "491601234567", to_number: "+491601234567" }],
    });
  });

  it("are refused with strict_country where they could be another country's, and nothing is stored", async () => {
    const message = "could be +14695551212 or +4695551212 (SE): write the intended one with +";
    const before = await service.api<{ data: unknown[] }>("GET", BATCHES);
    const strict = { default_country: "US", strict_country: true };
    const json = await sendJson(BATCHES, ["4155550123", "4695551212"], strict);
    expect(json).toMatchObject({ status: 400, body: { issues: [{ path: "recipients[1].to_number", message }] } });
    const fields = { default_country: "US", strict_country: "true" };
    const form = await sendForm(BATCHES, "to_number\n4155550123\n4695551212\n", fields);
    expect(form.status).toBe(400);
    expect(JSON.stringify(form.body)).toContain(message);
    expect((await service.api<{ data: unknown[] }>("GET", BATCHES)).body.data).toHaveLength(before.body.data.length);
    expect((await sendJson(`${BATCHES}/preview`, ["4155550123"], strict)).status).toBe(200);
  });

  it("need a default country, and the answer says nothing of readings without one", async () => {
    const refused = await sendJson(BATCHES, ["4155550123"], {});
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "recipients[0].to_number" }] } });
    const plain = await sendJson(`${BATCHES}/preview`, ["+14155550123"], {});
    expect(plain.body.country_readings).toBeUndefined();
  });

  it.each([
    [{ default_country: "Germany" }, "default_country"],
    [{ default_country: 49 }, "default_country"],
    [{ default_country: "DE", strict_country: "yes" }, "strict_country"],
  ])("are not read by %j", async (fields, path) => {
    const refused = await sendJson(BATCHES, ["030 1234567"], fields);
    expect(refused.status).toBe(400);
    expect(refused.body.issues?.map((issue) => issue.path)).toContain(path);
    const sent = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
    const form = await sendForm(BATCHES, "to_number\n030 1234567\n", sent);
    expect(form).toMatchObject({ status: 400, body: { issues: [{ path }] } });
  });

  it("say what to change where they cannot be read", async () => {
    const refused = await sendJson(BATCHES, ["030 1234567/68"], { default_country: "DE" });
    expect(refused).toMatchObject({
      status: 400,
      body: { issues: [{ message: "has two numbers (030 1234567/68): keep one of them" }] },
    });
  });
});
