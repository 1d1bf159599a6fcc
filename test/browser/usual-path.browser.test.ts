/** The first day: from nothing to a call to oneself; then a batch composed on one screen, also over an expired key. */

import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Client } from "../local/client.ts";
import { DEMO } from "../local/provision.ts";
import { type Shared, sharedOrganization } from "../service/shared.ts";
import { Cleanup } from "../service/support.ts";
import { chromiumPath, launch, sayWithout } from "./chromium.ts";
import { Dashboard } from "./dashboard.ts";

const CHROMIUM = chromiumPath();
if (CHROMIUM === null) sayWithout();

const ORGANIZATION = "org_first";
const FIRST_KEY = "sk_first_0123456789abcdef0123456789abcdef";
const SECOND_KEY = "sk_first_fedcba9876543210fedcba9876543210";
const TWILIO_DIGITS = "fedcba9876543210".repeat(2);

describe.runIf(CHROMIUM !== null)("the usual path", () => {
  const cleanup = new Cleanup();
  let browser: Browser;
  let demo: Shared;
  let baseUrl: string;
  let carrierToken: string;
  let operator: Client;
  let at: Dashboard;

  const addKey = (key: string) =>
    operator.post<{ id: string }>(`/admin/organizations/${ORGANIZATION}/api-keys`, { label: "test", key });

  beforeAll(async () => {
    demo = await sharedOrganization();
    const { service } = demo;
    baseUrl = service.baseUrl;
    carrierToken = service.settings.carrier.authToken;
    operator = Client.ofOperator(baseUrl, service.secrets.adminToken);
    await operator.post("/admin/organizations", {
      id: ORGANIZATION,
      name: "First",
      agent_call_concurrency_limit: 5,
    });
    browser = await launch(CHROMIUM ?? "");
    cleanup.add(() => browser.close());
  });
  afterAll(() => cleanup.run());

  beforeEach(async () => {
    at = await Dashboard.open(browser, baseUrl, { viewport: { width: 1280, height: 800 } });
    at.page.setDefaultTimeout(60_000);
  });
  afterEach(async () => {
    const { complaints } = at;
    await at.close();
    expect(complaints).toEqual([]);
  });

  const bring = (text: string): Promise<void> =>
    at.page
      .getByLabel("CSV or Excel file")
      .setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  const fill = async (label: string, value: string): Promise<void> => {
    await at.dialog.getByLabel(label, { exact: true }).fill(value);
  };
  const save = async (): Promise<void> => {
    await at.dialog.getByRole("button", { name: "Save" }).click();
    await at.dialog.waitFor({ state: "detached" });
  };

  it("leads from an empty organization to a test call, which is followed to its end", async () => {
    await addKey(FIRST_KEY);
    await at.signIn(FIRST_KEY);
    await at.page.getByRole("heading", { name: "Get started" }).waitFor();
    const next = () => at.page.locator(".step.next .title").innerText();
    expect(await next()).toBe("Connect a provider");
    expect(await at.button("Call me").count()).toBe(0);

    await at.page.getByRole("link", { name: "Connect" }).click();
    await at.heading("Providers").waitFor();
    await at.button("New provider").first().click();
    await fill("Label", "Main account");
    await fill("Account SID", `AC${TWILIO_DIGITS}`);
    await fill("API key SID", `SK${TWILIO_DIGITS}`);
    await fill("API key secret", "stand-in-api-key-secret");
    await fill("Auth token", carrierToken);
    await save();
    await at.go("batches", "Batches");
    await expect.poll(next).toBe("Add a number");

    await at.page.getByRole("link", { name: "Add", exact: true }).click();
    await at.heading("Numbers").waitFor();
    await at.button("Add a number").first().click();
    await fill("Label", "Main line");
    await fill("Number", "+1 202 555 0101");
    await at.dialog.getByRole("option", { name: "Main account" }).waitFor({ state: "attached" });
    await save();
    await at.go("batches", "Batches");
    await expect.poll(next).toBe("Create an agent");

    await at.page.getByRole("link", { name: "Create" }).click();
    await at.heading("Agents").waitFor();
    await at.button("New agent").first().click();
    await fill("Name", "Ann");
    await fill("WebSocket URL", "wss://agent.example.com/ann");
    await save();
    await at.go("batches", "Batches");
    await expect.poll(next).toBe("Make a test call");

    await at.button("Call me").click();
    await fill("Your phone number", "555 0123");
    await at.dialog.getByText("Include the country code").waitFor();
    await fill("Your phone number", "+1 415 555 0123");
    await at.dialog.getByRole("button", { name: "Call me" }).click();
    await at.dialog.getByText("It works: the call connected and ended.").waitFor();
    await at.dialog.getByRole("button", { name: "Done" }).click();
    await expect.poll(() => at.page.locator(".step.done").count()).toBe(4);
  });

  it("fits one screen, before and after a list is brought", async () => {
    await at.signIn(demo.apiKey);
    await at.heading("Batches").waitFor();
    await at.go("batches/new", "New batch");
    const isOnScreen = async (): Promise<boolean> => {
      const box = await at.page.getByRole("heading", { name: "Advanced" }).boundingBox();
      return box !== null && box.y + box.height <= 800;
    };
    await expect.poll(isOnScreen).toBe(true);
    await bring("phone,name\n+12125550100,Ada\n+12125550101,Grace\n");
    await at.page.getByText("2 rows · 2 people to call").waitFor();
    await expect.poll(isOnScreen).toBe(true);
  });

  it("keeps what was entered when the key expires, until a new sign-in", async () => {
    const { id } = await addKey(SECOND_KEY);
    await at.signIn(SECOND_KEY);
    await at.heading("Batches").waitFor();
    await at.go("batches/new", "New batch");
    await bring("phone,name\n+12125550100,Ada\n+12125550101,Grace\n");
    await at.page.getByText("2 rows · 2 people to call").waitFor();
    await at.page.getByLabel("Name", { exact: true }).fill("Half a batch");
    await operator.send("DELETE", `/admin/organizations/${ORGANIZATION}/api-keys/${id}`);
    await at.page.getByText("Your key is no longer accepted. Sign in again: what you entered is kept.").waitFor();
    await at.signIn(FIRST_KEY);
    await at.heading("New batch").waitFor();
    await at.page.getByText("2 rows · 2 people to call").waitFor();
    expect(await at.page.getByLabel("Name", { exact: true }).inputValue()).toBe("Half a batch");
  });

  it("moves nothing under the pointer when news come late, or the first call fails", async () => {
    const { client } = demo;
    const { id } = await client.post<{ id: string }>("/agents/calls/batches", {
      name: "One is busy",
      agent_id: DEMO.agentId,
      from_number_id: DEMO.numberId,
      // This one never hangs up.
      recipients: [{ to_number: "+15005550011" }],
      target_concurrency_limit: 2,
    });
    // On a busy machine these answers come late.
    const holdBack = async (path: string): Promise<() => void> => {
      const { promise, resolve } = Promise.withResolvers<void>();
      await at.page.route(`**/${path}`, async (route) => {
        await promise;
        await route.continue();
      });
      return resolve;
    };
    const connect = await holdBack("live-ticket");
    const nameAgent = await holdBack(DEMO.agentId);
    const nameNumber = await holdBack(DEMO.numberId);
    await at.signIn(demo.apiKey);
    await at.heading("Batches").waitFor();
    await at.go(`batches/${id}`, "One is busy");
    await at.page.getByRole("button", { name: /^Talking 1$/ }).waitFor();
    await at.page.getByText("Updates every 2 s").waitFor();
    const places = () =>
      at.page
        .locator(".page-head button, .legend button, .people-head :is(input, select)")
        .evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
    const before = await places();
    expect(before.length).toBeGreaterThan(10);
    for (const [come, news] of [
      [connect, at.page.getByText("Live", { exact: true })],
      [nameAgent, at.page.getByText("Demo agent · ")],
      [nameNumber, at.page.getByText(" · from +1 202 555 0100 · ")],
    ] as const) {
      come();
      await news.waitFor();
      expect(await places()).toEqual(before);
    }
    await client.post(`/agents/calls/batches/${id}/recipients`, { recipients: [{ to_number: "+15005550002" }] });
    await at.page.getByRole("button", { name: /^Busy 1$/ }).waitFor();
    await at.page.getByRole("button", { name: /^Retry 1$/ }).waitFor();
    expect(await places()).toEqual(before);
    await client.post(`/agents/calls/batches/${id}/cancel`);
  });
});
