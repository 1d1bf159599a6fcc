/**
 * `npm run screenshots`: the pictures of the dashboard in the documentation, of a service with the demo's data. Run it when
 * a page has changed, and look at each picture. `PORT` and `CARRIER_PORT` choose other ports.
 */

import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { createClient, type NewBatch } from "../../src/client/client.ts";
import { runCommand } from "../local/command.ts";
import { demoBatch } from "../local/demo-batch.ts";
import { DEMO } from "../local/provision.ts";
import type { LocalService } from "../local/service.ts";
import { chromiumPath, launch } from "./chromium.ts";

const FOLDER = fileURLToPath(new URL("../../docs/images/", import.meta.url));
const SIZE = { width: 1_280, height: 800 } as const;
/** Small enough for a page of documentation, and text stays sharp. */
const QUALITY = 82;
/** Not one of the demo batch. */
const PERSON = "+14155550188";
const SETTLES_MS = 1_500;

type Picture = { readonly name: string; readonly path: string; readonly isDark?: true; readonly isOver?: true };

process.env.STATE_DIR ??= await mkdtemp(join(tmpdir(), "callbatch-screenshots-"));

await runCommand(async (service) => {
  const executable = chromiumPath();
  if (executable === null) throw new Error("there is no Chromium: install it, or set CHROMIUM to one");
  const batch = await sampleData(service);
  const browser = await launch(executable);
  await mkdir(FOLDER, { recursive: true });
  try {
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ viewport: SIZE, colorScheme, locale: "en-GB", timezoneId: "UTC" });
      await signIn(await context.newPage(), service.baseUrl);
      const page = context.pages()[0];
      if (page === undefined) throw new Error("the tab was closed");
      for (const picture of picturesOf(batch)) {
        if ((picture.isDark === true) === (colorScheme === "dark")) await take(context, page, service.baseUrl, picture);
      }
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return 0;
}, 1);

function picturesOf(batch: string): readonly Picture[] {
  const person = `people?q=${encodeURIComponent(PERSON)}`;
  return [
    // The first ones while the batch calls.
    { name: "batches", path: "batches" },
    { name: "concurrency", path: "concurrency" },
    { name: "new-batch", path: "batches/new" },
    { name: "calendar", path: "calendar" },
    { name: "calendar-weeks", path: "calendar?view=weeks" },
    { name: "reports-dark", path: "reports", isDark: true },
    { name: "people", path: person },
    { name: "do-not-call", path: "do-not-call" },
    { name: "agents", path: "agents" },
    { name: "numbers", path: "numbers" },
    { name: "providers", path: "providers" },
    { name: "webhooks", path: "webhooks" },
    { name: "organization", path: "organization" },
    { name: "keys", path: "keys" },
    { name: "audit", path: "audit" },
    // At last: it is over by then, and its chart is whole.
    { name: "batch", path: `batches/${batch}`, isOver: true },
    { name: "reports", path: "reports" },
    { name: "batch-dark", path: `batches/${batch}`, isDark: true },
  ];
}

/** A batch that is over, one that calls, one that starts later, and a person with a history. */
async function sampleData({ baseUrl }: LocalService): Promise<string> {
  const client = createClient({ baseUrl, apiKey: DEMO.apiKey });
  const { agentId: agent_id, numberId: from_number_id } = DEMO;
  const create = (name: string, numbers: readonly string[], fields: object = {}) =>
    client.createBatch({
      name,
      agent_id,
      from_number_id,
      recipients: numbers.map((to_number, index) => ({ to_number, external_id: `crm-${1_000 + index}` })),
      ...fields,
    });
  await client.setPrices(DEMO.providerId, {
    valid_from: "2026-01-01",
    currency: "USD",
    rates: [{ destination: "+1", per_minute: "0.0140" }],
  });
  await client.createWebhook({ display_name: "Our CRM", url: "http://127.0.0.1:9/events", events: ["call_failed"] });
  await client.addDoNotCall({ number: "+13125550142", reason: "Asked by letter" });
  const over = await create("Appointment reminders", [PERSON, "+15005550002", "+12125550104", "+13125550105"]);
  await until(async () => (await client.getBatch(over.id)).total_calls_finished === 4);
  const [call] = (await client.listCalls({ to_number: PERSON })).data;
  if (call === undefined) throw new Error("the sample's person was not called");
  await client.changeCall(call.id, {
    outcome: "Appointment",
    tags: ["new customer"],
    notes: "Tuesday at ten suits her.",
    recording_url: "https://recordings.example.com/1.mp3",
  });
  const later = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1_000).toISOString();
  const windows = [{ days: ["mon", "tue", "wed", "thu", "fri"], start: "09:00", end: "20:00" }];
  const calling_window = { timezone_mode: "recipient", windows };
  await create("Follow-up", [PERSON, "+12125550107"], { scheduled_at: later(1), calling_window });
  const clinics = ["+12125550108", "+12125550109", "+13125550110"];
  await create("Winter survey", clinics, { scheduled_at: later(3), calling_window });
  const { id } = await client.createBatch({ ...demoBatch(), name: "Renewals, March" } as NewBatch);
  await until(async () => (await client.getBatch(id)).total_calls_finished >= 60);
  return id;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 250));
}

async function signIn(page: Page, baseUrl: string): Promise<void> {
  await page.goto(baseUrl);
  await page.getByLabel("API key").fill(DEMO.apiKey);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Batches" }).waitFor();
}

async function take(
  context: BrowserContext,
  page: Page,
  baseUrl: string,
  { name, path, isOver }: Picture,
): Promise<void> {
  await page.goto(`${baseUrl}/#/${path}`);
  await page.locator("h1").waitFor();
  if (isOver) await page.locator(".page-head .pill", { hasText: "Completed" }).waitFor({ timeout: 120_000 });
  // Charts and lists have come, and nothing moves.
  await page.waitForTimeout(SETTLES_MS);
  const session = await context.newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  await session.detach();
  const bytes = Buffer.from(data, "base64");
  await writeFile(join(FOLDER, `${name}.webp`), bytes);
  console.log(`${name}.webp: ${Math.ceil(bytes.length / 1_024)} KiB`);
}
