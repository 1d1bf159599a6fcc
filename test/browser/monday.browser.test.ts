/** What a manager asks on Monday: which batches there were, and the same once more. */

import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { unpackTar } from "modern-tar";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createClient, createOperatorClient } from "../../src/client/client.ts";
import { DEMO } from "../local/provision.ts";
import { Cleanup, isolated, startProvisioned } from "../service/support.ts";
import { AccessTeam } from "../support/access-team.ts";
import { AUDIENCE } from "../support/access-token.ts";
import { chromiumPath, launch, sayWithout } from "./chromium.ts";
import { Dashboard } from "./dashboard.ts";

const CHROMIUM = chromiumPath();
if (CHROMIUM === null) sayWithout();

describe.runIf(CHROMIUM !== null)("on Monday", () => {
  const cleanup = new Cleanup();
  let browser: Browser;
  let baseUrl: string;
  let at: Dashboard;
  let viewerKey = "";
  let team: AccessTeam;

  beforeAll(async () => {
    const own = await isolated(cleanup);
    team = await AccessTeam.start();
    cleanup.add(() => team.stop());
    const access = { ACCESS_TEAM_DOMAIN: team.url, ACCESS_AUD: AUDIENCE };
    const env = { ...own, ...access, CARRIER_RING_MS: "50", CARRIER_TALK_MS: "200" };
    const { service } = await startProvisioned(env, cleanup);
    baseUrl = service.baseUrl;
    const made = await createOperatorClient({ baseUrl, adminToken: own.ADMIN_TOKEN ?? "" }).createApiKey(
      DEMO.organizationId,
      {
        label: "viewer",
        role: "viewer",
      },
    );
    viewerKey = made.key;
    const client = createClient({ baseUrl, apiKey: DEMO.apiKey });
    const order = {
      agent_id: (await client.listAgents()).data[0]?.id ?? "",
      from_number_id: (await client.listPhoneNumbers()).data[0]?.id ?? "",
    };
    const recipients = [
      { to_number: "+12125550100", metadata: { first_name: "Ada" }, external_id: "k1" },
      { to_number: "+15005550003", metadata: { first_name: "Abe" } },
    ];
    const batch = await client.createBatch({
      ...order,
      name: "Günther's renewals",
      recipients,
      ringing_timeout_seconds: 25,
      retry_policy: { max_attempts: 2, retry_on: ["dial_busy"], intervals_minutes: [30] },
    });
    await client.waitUntilFinished(batch.id);
    const [answered] = (await client.listCalls({ to_number: "+12125550100" })).data;
    await client.changeCall(answered?.id ?? "", { outcome: "Appointment", tags: ["new customer"] });
    for (const [name, hours] of [
      ["Reminders of May", 48],
      ["Reminders of April", 24],
    ] as const) {
      const scheduled_at = new Date(Date.now() + hours * 3_600_000).toISOString();
      await client.createBatch({ ...order, name, recipients, scheduled_at });
    }
    browser = await launch(CHROMIUM ?? "");
    cleanup.add(() => browser.close());
  });
  afterAll(() => cleanup.run());

  beforeEach(async () => {
    at = await Dashboard.open(browser, baseUrl, { viewport: { width: 1280, height: 900 } });
    at.page.setDefaultTimeout(30_000);
    await at.signIn(DEMO.apiKey);
    await at.heading("Batches").waitFor();
  });
  afterEach(async () => {
    const { complaints } = at;
    await at.close();
    expect(complaints).toEqual([]);
  });

  /** On a desk and on a phone. */
  const shot = async (name: string, of = at): Promise<void> => {
    if (!process.env.SCREENSHOTS) return;
    for (const width of [1280, 390]) {
      await of.page.setViewportSize({ width, height: 900 });
      await of.page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}-${width}.png`, fullPage: true });
    }
    await of.page.setViewportSize({ width: 1280, height: 900 });
  };
  const names = () => at.page.locator("tbody .title").allInnerTexts();

  it("finds batches by name, status and start, and the address says how", async () => {
    await expect.poll(names).toEqual(["Reminders of April", "Reminders of May", "Günther's renewals"]);
    await at.page.getByText("starts", { exact: false }).first().waitFor();
    const row = at.page.getByRole("row", { name: /renewals/ });
    expect(await row.innerText()).toContain("50%");
    await shot("batches");
    const tabs = at.page.getByRole("navigation", { name: "Status" });
    expect((await tabs.innerText()).split(/\s+/).join(" ")).toBe("All 3 Open 2 Completed 1 Failed 0 Cancelled 0");
    await at.page.getByLabel("Search by name").fill("gunther REN");
    await expect.poll(names).toEqual(["Günther's renewals"]);
    await at.page.reload();
    await expect.poll(names).toEqual(["Günther's renewals"]);
    await at.page.getByRole("link", { name: "Clear filters" }).click();
    await tabs.getByRole("link", { name: "Open" }).click();
    await expect.poll(names).toEqual(["Reminders of April", "Reminders of May"]);
    await at.page.getByLabel("Order").selectOption("Oldest first");
    await expect.poll(names).toEqual(["Reminders of May", "Reminders of April"]);
    await at.page.getByLabel("Order").selectOption("Next start first");
    await expect.poll(names).toEqual(["Reminders of April", "Reminders of May"]);
    await at.page.getByLabel("Created until").fill("2020-01-01");
    await at.page.getByRole("heading", { name: "No batches found" }).waitFor();
    await shot("batches-none");
  });

  it("reports what calls came to, by any dimension, and as a file", async () => {
    const reports: (string | null)[] = [];
    at.page.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === "/agents/reports") reports.push(searchParams.get("by"));
    });
    await at.page.getByRole("link", { name: "Reports" }).click();
    await at.heading("Reports").waitFor();
    const figures = at.page.locator(".figures");
    await figures.getByText("50% · 1").waitFor();
    // What a list has to choose from is read when the list is looked at.
    expect(reports).not.toContain("country");
    await at.page.getByLabel("Country", { exact: true }).focus();
    await at.page.getByRole("option", { name: "United States" }).waitFor({ state: "attached" });
    expect(reports).not.toContain("batch");
    const shownOf = async (by: string) => {
      await at.page.getByLabel("Group by").selectOption(by);
      await at.page.getByRole("heading", { name: `By ${by.toLowerCase()}` }).waitFor();
      return at.page.getByRole("table").first().locator("tbody tr");
    };
    const batches = await shownOf("Batch");
    await batches.getByRole("link", { name: "Günther's renewals" }).waitFor();
    expect(await batches.first().innerText()).toMatch(/2\s+50% 1\s+0\s+1\s+0 \/ 1 \/ 0/);
    await (await shownOf("Caller number")).first().waitFor();
    const countries = await shownOf("Country");
    await countries.getByText("United States").waitFor();
    await at.page.locator(".heat td.filled").first().waitFor();
    await shot("reports");
    await at.page.emulateMedia({ colorScheme: "dark" });
    await shot("reports-dark");
    await at.page.emulateMedia({ colorScheme: "light" });
    await at.button("Export").click();
    const [file] = await Promise.all([
      at.page.waitForEvent("download"),
      at.dialog.getByRole("button", { name: "Export" }).click(),
    ]);
    const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
    expect(lines.map((line) => line.split(",").slice(0, 4).join(","))).toEqual([
      "key,name,dialed,answered",
      expect.stringMatching(/^US,,|^\+1,,/),
      "total,,2,1",
    ]);
    await at.page.goto(`${baseUrl}/#/reports?country=CH`);
    await at.page.getByRole("heading", { name: "No calls in this period" }).waitFor();
    await at.page.getByLabel("Country", { exact: true }).selectOption({ label: "All countries" });
    await figures.getByText("50% · 1").waitFor();
    await at.page.getByLabel("Until", { exact: true }).fill("2020-01-31");
    await at.page.getByLabel("From", { exact: true }).fill("2020-01-01");
    await at.page.getByRole("heading", { name: "No calls in this period" }).waitFor();
  });

  it("prices calls by the price list of their provider", async () => {
    await at.page.getByRole("link", { name: "Providers" }).click();
    await at.button("Prices of Stand-in carrier").click();
    await at.page.getByLabel("Valid from").fill("2026-01-01");
    await at.page.getByLabel("Prices a minute").fill("destination, price\nUS, free");
    await at.page.getByLabel("Currency").fill("usd");
    await at.page.getByText("Line 2 has no price.").waitFor();
    await at.page.getByLabel("Prices a minute").fill("prefix;price\n1;0,02;60/60;0,01");
    await shot("prices");
    await at.dialog.getByRole("button", { name: "Save" }).click();
    await at.page.getByText("The prices of Stand-in carrier are saved.").waitFor();
    await at.button("Prices of Stand-in carrier").click();
    await at.page.getByLabel("Prices a minute").waitFor();
    expect(await at.page.getByLabel("Prices a minute").inputValue()).toBe("+1, 0.02, 60/60, 0.01");
    await at.button("Not now").click();
    await at.page.getByRole("link", { name: "Reports" }).click();
    // A minute begun, and the fee of the one call that was answered.
    await at.page.locator(".figures").getByText("$0.03").waitFor();
    // A list moves to another day, and is deleted once somebody has confirmed it.
    const client = createClient({ baseUrl, apiKey: DEMO.apiKey });
    const days = async () => (await client.listPrices(DEMO.providerId)).map(({ valid_from }) => valid_from);
    await at.page.getByRole("link", { name: "Providers" }).click();
    await at.button("Prices of Stand-in carrier").click();
    await at.page.getByLabel("Valid from").fill("2026-02-01");
    await at.dialog.getByRole("button", { name: "Save" }).click();
    await at.dialog.waitFor({ state: "detached" });
    expect(await days()).toEqual(["2026-02-01"]);
    // Nor does it take another list's day without a question.
    const later = { valid_from: "2026-03-01", currency: "USD", rates: [{ destination: "*", per_minute: "0.5" }] };
    await client.setPrices(DEMO.providerId, later);
    await at.page.reload();
    await at.button("Prices of Stand-in carrier").click();
    await at.page.getByLabel("Valid from").fill("2026-02-01");
    await at.dialog.getByRole("button", { name: "Save" }).click();
    const replacing = at.page.getByRole("dialog", { name: /^Replace the list from/ });
    await shot("prices-replacing");
    await replacing.getByRole("button", { name: "Not now" }).click();
    await at.page.getByText("Another list begins on that day.").waitFor();
    expect(await days()).toEqual(["2026-03-01", "2026-02-01"]);
    await at.dialog.getByRole("button", { name: "Save" }).click();
    await replacing.getByRole("button", { name: "Replace list" }).click();
    await at.page.getByRole("dialog", { name: /^Prices of/ }).waitFor({ state: "detached" });
    expect(await client.listPrices(DEMO.providerId)).toMatchObject([{ ...later, valid_from: "2026-02-01" }]);
    await at.button("Prices of Stand-in carrier").click();
    await at.button("Delete list").click();
    const asked = at.page.getByRole("dialog", { name: "Delete this price list?" });
    await asked.getByText("Its calls then have no price.").waitFor();
    expect(await days()).toEqual(["2026-02-01"]);
    await asked.getByRole("button", { name: "Delete list" }).click();
    await at.page.getByText("The price list is deleted.").waitFor();
    expect(await days()).toEqual([]);
  });

  it("shows what is scheduled, in weeks and by day, by the keyboard too", async () => {
    await at.page.getByRole("link", { name: "Calendar" }).click();
    await at.heading("Calendar").waitFor();
    await at.page.getByText("Days and times: Europe/Zurich", { exact: false }).waitFor();
    await at.page.getByLabel("Week", { exact: true }).focus();
    await at.page.keyboard.press("ArrowRight");
    const weeks = at.page.getByRole("table", { name: "Calendar" });
    const entries = weeks.locator("li a");
    await expect
      .poll(() => entries.allInnerTexts())
      .toEqual([
        expect.stringMatching(/^\d\d:\d\d Reminders of April$/),
        expect.stringMatching(/^\d\d:\d\d Reminders of May$/),
      ]);
    await shot("calendar-weeks");
    await weeks.locator("td", { hasText: "Reminders of May" }).locator(".day").click();
    const entry = at.page.locator(".entry", { hasText: "Reminders of May" });
    await entry.waitFor();
    expect((await entry.innerText()).split("\n").map((line) => line.trim())).toEqual(
      expect.arrayContaining(["Reminders of May", "2 people left", "Scheduled"]),
    );
    await shot("calendar");
    // Whichever day it is, four weeks later nothing is scheduled.
    for (let week = 0; week < 4; week += 1) await at.button("Next").click();
    await at.page.getByRole("heading", { name: "Nothing is scheduled" }).waitFor();
    await shot("calendar-empty");
    await at.button("Today").click();
    await expect.poll(() => at.button("Previous").isDisabled()).toBe(true);
    await at.page.locator("h3", { hasText: "Today" }).waitFor();
  });

  it("finds people by what was said of their calls, and exports those", async () => {
    await at.page.getByRole("link", { name: "Günther's renewals" }).click();
    await at.heading("Günther's renewals").waitFor();
    const people = at.page.getByRole("heading", { name: /^People/ });
    await at.page.getByLabel("Call tag").fill("new customer");
    await expect.poll(() => people.innerText()).toBe("People 1 of 2");
    await at.page.getByLabel("Call outcome, as it was set").fill("Appointment");
    await at.page.locator(".people-row", { hasText: "+1 212 555 0100" }).waitFor();
    await shot("marked");
    await at.button("Export").click();
    await at.dialog.getByText("Shown now (1)").waitFor();
    const [file] = await Promise.all([
      at.page.waitForEvent("download"),
      at.dialog.getByRole("button", { name: "Export" }).click(),
    ]);
    const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain("Appointment");
    await at.page.getByLabel("Call outcome, as it was set").fill("Refused");
    await at.page.getByText("No matches.").waitFor();
    await at.button("Clear filters").click();
    await expect.poll(() => people.innerText()).toBe("People 2");
  });

  it("saves everything that the organization has as one file, and no part of one that breaks off", async () => {
    await at.page.getByRole("link", { name: "Organization" }).click();
    await at.heading("Organization").waitFor();
    // As in a tab from before a deployment.
    await at.page.route("**/parts/*.js", (route) => route.abort());
    await at.button(/^Export$/).click();
    await at.page.getByText("This part of the page could not be loaded").waitFor();
    await at.page.unroute("**/parts/*.js");
    await at.page.reload();
    const saved = at.page.waitForEvent("download");
    await at.button(/^Export$/).click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/^org_demo-\d{4}-\d\d-\d\d\.tar\.gz$/);
    const bytes = await readFile(await file.path());
    const names = (await unpackTar(gunzipSync(bytes))).map(({ header }) => header.name);
    expect(names).toEqual(expect.arrayContaining(["organization.json", "agents.jsonl"]));
    expect(names.at(-1)).toBe("manifest.json");
    await at.page.getByText("Saved.", { exact: true }).waitFor();
    await shot("organization-export");

    let downloads = 0;
    at.page.on("download", () => {
      downloads += 1;
    });
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    await at.page.route("**/agents/export.tar.gz", (route) => route.fulfill({ status: 200, body: half }));
    await at.button(/^Export$/).click();
    await at.page.getByText("The export broke off").waitFor();
    await at.button(/^Export$/).waitFor();
    expect(downloads).toBe(0);
    await shot("organization-broke-off");

    // Leaving the page ends it.
    await at.page.route("**/agents/export.tar.gz", () => new Promise<void>(() => {}));
    await at.button(/^Export$/).click();
    await at.page.getByText("Stay on this page until it is saved.").waitFor();
    await shot("organization-exporting");
    const ended = at.page.waitForEvent("requestfailed", (request) => request.url().endsWith("/agents/export.tar.gz"));
    await at.page.getByRole("link", { name: "Audit" }).click();
    await ended;
    await at.page.getByRole("link", { name: "Organization" }).click();
    await at.button(/^Export$/).waitFor();
  });

  it("asks before it keeps data for a shorter time, and the audit finds who did", async () => {
    await at.page.getByRole("link", { name: "Organization" }).click();
    await at.heading("Organization").waitFor();
    const keeps = async (days: string, review: "Review" | "Save") => {
      await at.button(/^Change$/).click();
      await at.dialog.getByLabel("For some days").check();
      await at.dialog.getByLabel("Days", { exact: true }).fill(days);
      await at.dialog.getByRole("button", { name: review }).click();
    };
    await keeps("30", "Review");
    await at.dialog.getByText("No batch is that old.", { exact: false }).waitFor();
    await shot("organization-asked");
    await at.button("Delete and save").click();
    await at.page.getByRole("definition").getByText("30 days", { exact: true }).waitFor();
    // Nothing goes with a longer one.
    await keeps("60", "Save");
    await at.page.getByRole("definition").getByText("60 days", { exact: true }).waitFor();
    await shot("organization");
    await at.page.getByRole("link", { name: "Audit" }).click();
    await at.heading("Audit").waitFor();
    const done = () => at.page.locator(".kept .title").allInnerTexts();
    await at.page.getByLabel("ID of what was changed").fill(DEMO.organizationId);
    await expect.poll(done).toEqual(["Changed settings", "Changed settings", "Created organization"]);
    await at.page.locator(".kept").getByRole("link", { name: "demo", exact: true }).first().click();
    await expect.poll(async () => (await done()).includes("Created batch")).toBe(true);
    expect(await at.page.getByLabel("By", { exact: true }).inputValue()).toMatch(/^key_/);
    await at.page.getByLabel("Kind").selectOption("Organization");
    const ofTheKey = ["Changed settings", "Changed settings", "Exported everything"];
    await expect.poll(done).toEqual(ofTheKey);
    await at.page.reload();
    await expect.poll(done).toEqual(ofTheKey);
    await shot("audit");
  });

  it("sends an agent's events to a webhook of its own, until it has none", async () => {
    const client = createClient({ baseUrl, apiKey: DEMO.apiKey });
    const url = "http://127.0.0.1:9/events";
    const webhook = await client.createWebhook({ display_name: "Our CRM", url, events: ["call_failed"] });
    await at.go("agents", "Agents");
    const choose = async (label: string) => {
      await at.button("Change Demo agent").click();
      await at.dialog.getByLabel("Webhook").selectOption({ label });
      await at.dialog.getByRole("button", { name: "Save" }).click();
      await at.dialog.waitFor({ state: "detached" });
      return (await client.getAgent(DEMO.agentId)).webhook_id;
    };
    expect(await choose("Our CRM")).toBe(webhook.id);
    expect(await choose("None of its own")).toBeNull();
  });

  it("shows a viewer everything, and nothing that it may not do", async () => {
    await at.button("Sign out").click();
    await at.signIn(viewerKey);
    await at.page.getByRole("link", { name: "Günther's renewals" }).waitFor();
    await at.page.getByText("Role: viewer").waitFor();
    expect(await at.page.getByRole("link", { name: "New batch" }).count()).toBe(0);
    await at.page.getByRole("link", { name: "Günther's renewals" }).click();
    await at.heading("Günther's renewals").waitFor();
    await at.button("Export").waitFor();
    for (const action of ["Retry", "Add people", "Change", "Duplicate"])
      expect([action, await at.page.locator("main").getByRole("button", { name: action }).count()]).toEqual([
        action,
        0,
      ]);
    for (const [path, title] of [
      ["do-not-call", "Do not call"],
      ["agents", "Agents"],
      ["numbers", "Numbers"],
      ["providers", "Providers"],
      ["webhooks", "Webhooks"],
    ] as const) {
      await at.go(path, title);
      await at.page.locator(".card").first().waitFor();
      const buttons = await at.page.locator("main button").allInnerTexts();
      // These only show something.
      expect([path, buttons.filter((text) => !["Export", "Prices", "Deliveries"].includes(text))]).toEqual([path, []]);
    }
    await shot("viewer");
  });

  it("signs in a person through Cloudflare Access, who adds a member, is named, and signs out there", async () => {
    const client = createClient({ baseUrl, apiKey: DEMO.apiKey });
    const email = "ada@example.com";
    await client.createMember({ email, role: "admin" });
    // As Access adds it to each request.
    const extraHTTPHeaders = { "cf-access-jwt-assertion": await team.token({ email }) };
    const ada = await Dashboard.open(browser, baseUrl, { viewport: { width: 1280, height: 900 }, extraHTTPHeaders });
    await ada.heading("Batches").waitFor();
    await ada.page.getByText(email).waitFor();
    await ada.page.getByText("Role: admin").waitFor();
    await ada.page.getByRole("link", { name: "Günther's renewals" }).click();
    await ada.button("Export").waitFor();

    await ada.go("keys", "Keys");
    await ada.button("Add member").click();
    await ada.dialog.getByLabel("E-mail address or domain").fill("ben@example.com");
    await ada.dialog.getByLabel("Viewer").check();
    await ada.dialog.getByRole("button", { name: "Add member" }).click();
    await ada.button("Remove ben@example.com").waitFor();
    await shot("members", ada);
    const [added] = (await client.listAudit({ kind: "member" })).data;
    expect(added).toMatchObject({
      by: { kind: "person", label: email },
      after: { who: "ben@example.com", role: "viewer" },
    });

    await ada.page.route("**/cdn-cgi/access/logout", (route) => route.fulfill({ body: "Signed out at Access" }));
    await ada.button("Sign out").click();
    await ada.page.getByText("Signed out at Access").waitFor();
    expect(ada.complaints).toEqual([]);
    await ada.close();

    const ben = { "cf-access-jwt-assertion": await team.token({ email: "ben@example.com" }) };
    const asBen = await Dashboard.open(browser, baseUrl, {
      viewport: { width: 1280, height: 900 },
      extraHTTPHeaders: ben,
    });
    await asBen.page.getByText("Role: viewer").waitFor();
    expect(await asBen.page.getByRole("link", { name: "Keys" }).count()).toBe(0);
    expect(await asBen.page.getByRole("link", { name: "New batch" }).count()).toBe(0);
    await shot("person-viewer", asBen);
    // A token that has ended: what was shown stays until the next sign-in.
    await asBen.page.context().setExtraHTTPHeaders({ "cf-access-jwt-assertion": await team.token({ email, exp: 1 }) });
    await asBen.page.getByText("Your sign-in has ended. Sign in again: what you entered is kept.").waitFor();
    await asBen.page.getByRole("link", { name: "Sign in again" }).waitFor();
    await shot("person-ended", asBen);
    await asBen.page.context().setExtraHTTPHeaders(ben);
    await asBen.button("Continue").click();
    await asBen.page.getByText("Role: viewer").waitFor();
    await asBen.close();

    const stranger = { "cf-access-jwt-assertion": await team.token({ email: "eve@example.org" }) };
    const asEve = await Dashboard.open(browser, baseUrl, {
      viewport: { width: 390, height: 844 },
      extraHTTPHeaders: stranger,
    });
    await asEve.page.getByText("You are not a member here yet.").waitFor();
    await shot("person-stranger", asEve);
    await asEve.signIn(DEMO.apiKey);
    await asEve.heading("Batches").waitFor();
    await asEve.close();
  });

  it("duplicates a batch with its settings and its people", async () => {
    await at.page.getByRole("link", { name: "Günther's renewals" }).click();
    await at.heading("Günther's renewals").waitFor();
    await at.button("Duplicate").click();
    await at.dialog.getByText("Settings and 2 people").waitFor();
    await shot("duplicate");
    await at.dialog.getByRole("button", { name: "Continue" }).click();
    await at.heading("New batch").waitFor();
    await at.page.getByText("2 rows · 2 people to call").waitFor();
    expect(await at.page.getByLabel("Name", { exact: true }).inputValue()).toBe("Günther's renewals (copy)");
    await at.page.getByRole("heading", { name: "Advanced" }).click();
    expect(await at.page.getByLabel("Ringing timeout, in seconds").inputValue()).toBe("25");
    expect(await at.page.getByLabel("Retry automatically").isChecked()).toBe(true);
    // Of a file that the service exported, the results are left out.
    await at.page.getByText("the agent gets first_name", { exact: false }).waitFor();
  });
});
