/** The whole way of somebody who never opens a terminal: from a spreadsheet with mistakes in it to the results. */

import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Shared, sharedOrganization } from "../service/shared.ts";
import { Cleanup } from "../service/support.ts";
import { chromiumPath, launch, sayWithout } from "./chromium.ts";
import { Dashboard } from "./dashboard.ts";

const CHROMIUM = chromiumPath();
if (CHROMIUM === null) sayWithout();

/** Three rows are at fault: 4 has letters, 6 nothing, 8 too few digits. Row 9 stands there twice. */
const LIST = `Phone;First name;City
+1 212 555 0100;Ada;New York
+1 (415) 555-0101;Grace;San Francisco
+1 312 555 010X;Alan;Chicago
+15005550002;Busy Bea;Houston
;Nobody;Nowhere
+15005550003;Away Abe;Austin
+1 212;Short;Albany
+12125550104;Frances;New York
+12125550105;Radia;New York
+12125550105;Radia again;New York
`;

describe.runIf(CHROMIUM !== null)("the dashboard", () => {
  const cleanup = new Cleanup();
  let browser: Browser;
  let organization: Shared;
  let baseUrl: string;
  let at: Dashboard;

  beforeAll(async () => {
    organization = await sharedOrganization();
    ({ baseUrl } = organization.service);
    browser = await launch(CHROMIUM ?? "");
    cleanup.add(() => browser.close());
  });
  afterAll(() => cleanup.run());

  beforeEach(async () => {
    at = await Dashboard.open(browser, baseUrl, { acceptDownloads: true, viewport: { width: 1280, height: 900 } });
    // Long enough for a machine that is busy with something else.
    at.page.setDefaultTimeout(60_000);
  });
  afterEach(async () => {
    const { complaints } = at;
    await at.close();
    expect(complaints).toEqual([]);
  });

  const signedIn = async (): Promise<void> => {
    await at.signIn(organization.apiKey);
    await at.heading("Batches").waitFor();
  };
  const bring = (name: string, text: string): Promise<void> =>
    at.page.getByLabel("CSV or Excel file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  /** Where there is one agent and one number, both are chosen as soon as they are known. */
  const review = async (hours: "any" | "set" = "any"): Promise<void> => {
    for (const label of ["Agent", "Calls from"]) {
      await expect
        .poll(() => at.page.getByLabel(label, { exact: true }).inputValue(), { timeout: 60_000 })
        .not.toBe("");
    }
    if (hours === "any") await atAnyHour();
    await at.button("Review").click();
  };
  /** Tests run by day and by night. */
  const atAnyHour = async (): Promise<void> => {
    const any = at.page.getByLabel("At any hour");
    if (await any.isChecked()) return;
    await any.click();
    await at.dialog.getByText("a phone could ring").waitFor();
    await confirm("Allow any hour");
    await expect.poll(() => any.isChecked()).toBe(true);
  };
  const advanced = (): Promise<void> => at.page.getByRole("heading", { name: "Advanced" }).click();
  /** What is asked for is decided with a button that says how many people it concerns. */
  const confirm = async (action: string): Promise<void> => {
    await at.dialog.getByRole("button", { name: action }).click();
    await at.dialog.waitFor({ state: "detached" });
  };

  it("lets nobody in without a key that is good, and keeps the key in this tab alone", async () => {
    await at.signIn("sk_demo_wrongwrong");
    await at.page.getByText("This key is not accepted").first().waitFor();
    await signedIn();
    await at.page.getByRole("heading", { name: "Get started" }).waitFor();
    expect(await at.page.evaluate("[JSON.stringify(localStorage), document.cookie]")).toEqual(["{}", ""]);
    await at.page.reload();
    await at.heading("Batches").waitFor();
    expect(at.requested.filter((url) => url.includes("sk_"))).toEqual([]);
    const elsewhere = await at.page.context().newPage();
    await elsewhere.goto(baseUrl);
    await elsewhere.getByRole("heading", { name: "Sign in to callbatch" }).waitFor();
    await at.button("Sign out").click();
    await at.page.getByRole("heading", { name: "Sign in to callbatch" }).waitFor();
    expect(await at.page.evaluate("JSON.stringify(sessionStorage)")).toBe("{}");
  });

  it("calls the people on a list, whose mistakes are seen before anything is sent, and shows what became of them", async () => {
    await signedIn();
    await at.page.getByRole("link", { name: "New batch" }).first().click();
    await at.heading("New batch").waitFor();
    await at.page.getByLabel("CSV or Excel file").setInputFiles({
      name: "old.csv",
      mimeType: "text/csv",
      buffer: Buffer.from([...Buffer.from("phone,name\n+12125550100,"), 0x8d]),
    });
    await at.page
      .getByText("old.csv is neither UTF-8 nor Windows-1252 (see line 2): save it as CSV (UTF-8).")
      .waitFor();
    await bring("guests.csv", LIST);

    await at.page.getByRole("heading", { name: "3 rows cannot be called" }).waitFor();
    const faults = await at.page.locator(".faults li").allInnerTexts();
    expect(faults.map((text) => text.split("\n")[0])).toEqual(["Line 4", "Line 6", "Line 8"]);
    expect(faults.join("\n")).toContain("has letters in it");
    expect(faults.join("\n")).toContain("has no number");
    expect(faults.join("\n")).toContain("too few or too many digits");
    const reasons = at.page.locator(".faults .fault");
    expect(await reasons.evaluateAll((all) => all.some((one) => one.scrollWidth > one.clientWidth))).toBe(false);
    const rows = at.page.locator(".faults li");
    expect(await rows.evaluateAll((all) => all.some((one) => one.scrollHeight > one.clientHeight))).toBe(false);
    const row = await rows.first().boundingBox();
    const input = await rows.first().locator("input").boundingBox();
    expect((input?.y ?? 0) - (row?.y ?? 0)).toBeGreaterThan(4);

    await at.page.getByLabel("Name", { exact: true }).fill("Guests of Friday");
    await advanced();
    await at.page.getByLabel("Calls at once").fill("2");
    await review();
    await at.page.getByText("Some rows have errors").first().waitFor();
    // "Review" leads to the first of them.
    await expect.poll(() => at.page.evaluate("document.activeElement?.ariaLabel")).toBe("Number in line 4");
    // Somebody looks something up in the middle of it, and loses nothing.
    await at.page.getByRole("link", { name: "Concurrency" }).click();
    await at.heading("Concurrency").waitFor();
    await at.page.goBack();
    await at.heading("New batch").waitFor();
    expect(await at.page.getByLabel("Name", { exact: true }).inputValue()).toBe("Guests of Friday");
    expect(at.requested.filter((url) => url.endsWith("/agents/calls/batches"))).toEqual([]);

    await at.page.getByLabel("Number in line 4").fill("+1 312 555 0102");
    await at.button("Correct line 4").click();
    await at.page.getByRole("heading", { name: "2 rows cannot be called" }).waitFor();
    await at.page.getByLabel("Leave out these 2 rows").check();
    await review();

    await at.dialog.getByRole("heading", { name: "Call 7 people?" }).waitFor();
    await at.dialog.getByText("Called right away").waitFor();
    const asked = await at.dialog.innerText();
    for (const word of [
      "Demo agent",
      "+1 202 555 0100",
      "+1 415 555 0101",
      "Grace",
      "Start now",
      "2 rows with errors, 1 duplicate",
      "On the list more than once",
    ]) {
      expect(asked).toContain(word);
    }
    await at.dialog.getByRole("button", { name: "Call 7 people" }).click();

    await at.heading("Guests of Friday").waitFor();
    await at.page.goBack();
    await at.heading("New batch").waitFor();
    expect(await at.page.getByLabel("Name", { exact: true }).inputValue()).toBe("");
    await at.page.goForward();
    await at.heading("Guests of Friday").waitFor();
    await at.state("Completed").waitFor();
    await at.page.getByText("7 of 7").first().waitFor();
    await at.page.locator(".chart canvas").waitFor();

    await at.button("Busy 1").click();
    expect(await at.page.locator(".people-row").allInnerTexts()).toEqual([expect.stringContaining("+1 500 555 0002")]);
    await at.page.getByLabel("Outcome", { exact: true }).selectOption("");
    await at.page.getByLabel("Search people").fill("grace");
    await at.page.getByText("1 of 7").waitFor();
    await at.button(/\+1 415 555 0101/).click();
    await at.dialog.getByText("San Francisco").waitFor();
    await at.dialog.getByText(/talked for/).waitFor();
    await at.page.keyboard.press("Escape");
    const list = at.page.locator(".people");
    const height = await list.evaluate((box) => box.clientHeight);
    await at.page.getByLabel("Search people").fill("nobody of this name");
    await at.page.getByText("No matches").waitFor();
    expect(await list.evaluate((box) => box.clientHeight)).toBe(height);
    await at.button("Clear filters").click();
    expect(await at.page.locator(".people-row").count()).toBe(7);

    const save = async (): Promise<string[]> => {
      const [file] = await Promise.all([
        at.page.waitForEvent("download"),
        at.dialog.getByRole("button", { name: "Export" }).click(),
      ]);
      expect(file.suggestedFilename()).toBe("Guests of Friday.csv");
      await at.dialog.waitFor({ state: "detached" });
      return (await readFile(await file.path(), "utf8")).trim().split("\r\n");
    };
    await at.page.getByLabel("Search people").fill("BEA busy");
    await at.page.getByText("1 of 7").waitFor();
    await at.button("Export").click();
    await at.dialog.getByLabel("Separator").selectOption("semicolon");
    const [names, bea, ...others] = await save();
    expect([names?.startsWith("to_number;status;"), bea?.startsWith("+15005550002;failed;"), others]).toEqual([
      true,
      true,
      [],
    ]);
    await at.page.getByLabel("Search people").fill("");
    await at.button("Export").click();
    const lines = await save();
    expect(lines).toHaveLength(8);
    expect(lines.find((line) => line.includes("Busy Bea"))).toContain("dial_busy");

    await at.button("Retry 2").click();
    await at.dialog.getByText("2 people whose latest call failed").waitFor();
    await confirm("Retry 2 people");
    await at.page.getByText("retried 1 time").waitFor();
    await at.state("Completed").waitFor();
  });

  it("pauses, resumes and cancels a batch, each with the number of people whom it concerns", async () => {
    await signedIn();
    await at.go("batches/new", "New batch");
    await at.button("Paste instead").click();
    // The first never hangs up, so that the batch is not over before it is paused.
    const others = Array.from({ length: 29 }, (_, index) => `+121255501${String(10 + index)}`);
    const numbers = ["+15005550011", ...others];
    await at.page.getByLabel("Numbers, or rows of a spreadsheet").fill(numbers.join("\n"));
    await at.button("Use these").click();
    await at.page.getByLabel("Name", { exact: true }).fill("Stopped halfway");
    await advanced();
    await at.page.getByLabel("Calls at once").fill("1");
    await review();
    await at.dialog.getByRole("button", { name: "Call 30 people" }).click();
    await at.state("Calling").waitFor();
    await at.page.getByText("Live", { exact: true }).waitFor();
    await at.page.getByRole("button", { name: /^Talking 1$/ }).waitFor();
    // Nobody failed so far: it stands there and does nothing.
    expect(await at.button("Retry").getAttribute("aria-disabled")).toBe("true");

    await at.button("Pause").click();
    await at.dialog.getByRole("button", { name: "Pause 29 people" }).click();
    await at.state("Paused").waitFor();
    // "Pause" is gone with what it did.
    await expect.poll(() => at.page.evaluate("document.activeElement?.textContent")).toBe("Stopped halfway");
    await at.page.getByText("Nobody is called until you resume").waitFor();
    await at.button("Resume").click();
    await at.dialog.getByRole("button", { name: "Call 29 people" }).click();
    await at.state("Calling").waitFor();
    await at.page.getByRole("heading", { name: "Settings" }).click();
    await at.page.getByText("As fast as number and provider allow").waitFor();
    await at.page.getByRole("button", { name: "Cancel", exact: true }).click();
    await at.dialog.getByText("This cannot be undone").waitFor();
    await at.dialog.getByRole("button", { name: "Cancel 29 people" }).click();
    await at.state("Last calls").waitFor();
    await at.page.getByRole("button", { name: /^Cancelled 29$/ }).waitFor();
    await at.button(/\+1 500 555 0011/).click();
    await at.button("End this call").click();
    await at.button("End 1 call").click();
    await at.dialog.getByText("ended by your team").waitFor();
    await at.page.keyboard.press("Escape");
    await at.state("Cancelled").waitFor();
    await at.page.getByText(/ · cancelled .* by demo$/).waitFor();
    await at.go("batches", "Batches");
    await at.page.getByRole("row", { name: /Stopped halfway.*Cancelled/ }).waitFor();
  });

  it("changes a batch: of what it has only what was edited, and what cannot be changed any more is not there", async () => {
    await signedIn();
    await at.go("batches/new", "New batch");
    await at.button("Paste instead").click();
    await at.page.getByLabel("Numbers, or rows of a spreadsheet").fill("+12125550120\n+12125550121\n");
    await at.button("Use these").click();
    await at.page.getByLabel("Name", { exact: true }).fill("To be changed");
    await at.page.getByLabel("Schedule", { exact: true }).check();
    await advanced();
    await at.page.getByLabel("Stop when the carrier fails").check();
    await review();
    await at.dialog.getByRole("button", { name: "Schedule 2 people" }).click();
    await at.state("Scheduled").waitFor();

    const change = at.page.getByRole("button", { name: "Change", exact: true });
    const look = at.dialog.getByRole("button", { name: "Review" });
    await change.click();
    await at.dialog.getByText("to 2 people still waiting").waitFor();
    await at.dialog.getByText("Nothing is changed yet").waitFor();
    expect(await look.getAttribute("aria-disabled")).toBe("true");
    await at.dialog.getByLabel("Calls at once").fill("21");
    await at.dialog.getByText("A whole number from 1 to 20").first().waitFor();
    await at.dialog.getByLabel("Calls at once").fill("3");
    await at.dialog.getByLabel("Set hours").check();
    await at.dialog.getByLabel("One time zone for all").check();
    await at.dialog.getByLabel("Time zone for hours", { exact: true }).selectOption("Asia/Tokyo");
    await at.dialog.getByText("Changes: calls at once, hours.").waitFor();
    await look.click();
    await at.dialog.getByText(/^(Of|None of the) 2 people/).waitFor();
    const [sent] = await Promise.all([
      at.page.waitForRequest((request) => request.method() === "PATCH"),
      confirm("Save changes"),
    ]);
    expect(Object.keys(sent.postDataJSON())).toEqual(["target_concurrency_limit", "calling_window", "allow_failures"]);
    await at.page.getByText("Changed: calls at once, hours.").waitFor();

    await change.click();
    expect(await at.dialog.getByLabel("Calls at once").inputValue()).toBe("3");
    expect(await at.dialog.getByLabel("Time zone for hours", { exact: true }).inputValue()).toBe("Asia/Tokyo");
    expect(await at.dialog.getByLabel("Stop when the carrier fails").isChecked()).toBe(true);
    await at.dialog.getByLabel("At any hour").click();
    await at.button("Allow any hour").click();
    await expect.poll(() => at.dialog.getByLabel("At any hour").isChecked()).toBe(true);
    await at.dialog.getByLabel("Start now").check();
    await look.click();
    await at.dialog.getByText("2 people are called sooner").waitFor();
    await confirm("Save changes");
    await at.state("Completed").waitFor();

    await change.click();
    await at.dialog.getByText("Nobody is waiting").waitFor();
    expect(await at.dialog.getByLabel("Start now").count()).toBe(0);
    await at.page.keyboard.press("Escape");
    expect(await change.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
  });

  it("fails nobody by a change without being told to: who they would be is seen first", async () => {
    await signedIn();
    await at.go("batches/new", "New batch");
    // Nothing says what time it is at a toll-free number.
    await bring("toll-free.csv", "phone\n+18005550142\n+18005550143\n+12125550122\n");
    await at.page.getByLabel("Name", { exact: true }).fill("Partly without a zone");
    await at.page.getByLabel("Schedule", { exact: true }).check();
    await review();
    await at.dialog.getByRole("button", { name: "Schedule 3 people" }).click();
    await at.state("Scheduled").waitFor();
    await at.page.getByRole("button", { name: "Change", exact: true }).click();
    await at.dialog.getByLabel("Set hours").check();
    await at.dialog.getByRole("button", { name: "Review" }).click();
    await at.dialog.getByText("2 people could never be called and would fail").waitFor();
    await at.dialog.getByText("Unknown time zone").first().waitFor();
    expect(await at.dialog.getByRole("button", { name: "Save changes" }).getAttribute("aria-disabled")).toBe("true");
    await at.dialog.getByRole("button", { name: "Back" }).click();
    await at.dialog.getByLabel("Unknown time zone").selectOption("use_timezone");
    await at.dialog.getByRole("button", { name: "Review" }).click();
    await at.dialog.getByText(/^(Of|None of the) 3 people/).waitFor();
    await confirm("Save changes");
    await at.page.getByText("Changed: hours.").waitFor();
    await at.page.getByRole("button", { name: /^Waiting 3$/ }).waitFor();
    await at.page.getByRole("button", { name: "Cancel", exact: true }).click();
    await confirm("Cancel 3 people");
  });

  it("adds people to a batch, each of them once, after a last look and with what became of the others", async () => {
    await signedIn();
    await at.go("do-not-call", "Do not call");
    await at.button("Add numbers").click();
    await bring("asked.csv", "number\n+1 212 555 0139\n");
    await confirm("Never call 1 number");
    await at.go("batches/new", "New batch");
    await bring("first.csv", "phone,name,external_id\n+12125550130,Ada,A-1\n+12125550131,Grace,A-2\n");
    await at.page.getByLabel("Name", { exact: true }).fill("Growing");
    await review();
    await at.dialog.getByRole("button", { name: "Call 2 people" }).click();
    await at.state("Completed").waitFor();

    await at.button("Add people").click();
    await at.dialog.getByText("Add a list of people.").waitFor();
    await bring(
      "more.csv",
      "phone,name,external_id\n+12125550132,Alan,A-1\n+12125550131,Grace again,A-3\n+12125550133,Edsger,A-4\nnobody,Nobody,A-5\n+12125550139,Asked not to be,A-6\n",
    );
    await at.dialog.getByRole("heading", { name: "1 row cannot be called" }).waitFor();
    await at.dialog.getByText("Some rows have errors").waitFor();
    await at.dialog.getByLabel("Leave out this row").check();
    await at.dialog.getByText("2 people are new. 2 are already in the batch.").waitFor();
    await at.dialog.getByRole("button", { name: "Review" }).click();
    await at.dialog.getByText("The batch starts again").waitFor();
    await at.dialog.getByText("On the do-not-call list", { exact: true }).waitFor();
    await at.dialog.getByRole("button", { name: "Add 1 person" }).click();
    await at.dialog.getByRole("heading", { name: "1 person was added" }).waitFor();
    const said = await at.dialog.locator(".facts").innerText();
    for (const word of ["Added", "number already in the batch", "ID already in the batch", "on the do-not-call list"]) {
      expect(said).toContain(word);
    }
    await at.dialog.getByRole("button", { name: "Done" }).click();
    await at.page.getByText("3 of 3").first().waitFor();
    await at.state("Completed").waitFor();
    await at.page.getByLabel("Search people").fill("edsger");
    await at.page.getByText("1 of 3").waitFor();
    await at.go("do-not-call", "Do not call");
    await at.button("Take off +12125550139").click();
    await at.dialog.getByLabel("Why it may be called again").fill("The test is over");
    await confirm("Take 1 number off the list");
  });

  it("keeps somebody from being called, and calls them again with a reason alone", async () => {
    await signedIn();
    await at.go("do-not-call", "Do not call");
    await at.page.getByText("Nobody is on the list").waitFor();
    await at.button("Add numbers").click();
    await bring("asked.csv", "number,reason\n+1 212 555 0177,\n+1 212 555,\n212 555 0178,Told the agent\n");
    await at.page.getByRole("heading", { name: "2 rows cannot be called" }).waitFor();
    await at.page.getByText("1 number has no country code").waitFor();
    await at.dialog.getByLabel("Numbers without a +").selectOption("US");
    await at.page.getByRole("heading", { name: "1 row cannot be called" }).waitFor();
    await at.page.getByLabel("Leave out this row").check();
    await at.dialog.getByText("1 number has a reason on the list").waitFor();
    await at.dialog.getByLabel("Reason").fill("Asked in writing");
    await confirm("Never call 2 numbers");
    for (const words of ["+1 212 555 0177", "Asked in writing", "+1 212 555 0178", "Told the agent"]) {
      await at.page.getByText(words).waitFor();
    }
    await at.page.getByLabel("Search a number").fill("0178");
    await at.page.getByText("+1 212 555 0177").waitFor({ state: "detached" });
    await at.page.getByText("+1 212 555 0178").waitFor();
    await at.page.getByLabel("Search a number").fill("");
    await at.button("Take off +12125550178").click();
    await at.dialog.getByLabel("Why it may be called again").fill("A mistake");
    await confirm("Take 1 number off the list");

    await at.button("Take off +12125550177").click();
    await at.dialog.getByLabel("Why it may be called again").fill("Asked to be called again");
    await confirm("Take 1 number off the list");
    await at.page.getByText("Nobody is on the list").waitFor();
    await at.page.getByLabel("Which entries").selectOption("removed");
    await at.page.getByText("taken off: Asked to be called again").waitFor();
  });

  it("keeps what was entered in a dialog until somebody lets it go, and gives the focus back", async () => {
    await signedIn();
    await at.go("agents", "Agents");
    const focused = () => at.page.evaluate("document.activeElement?.textContent?.trim()");
    const name = at.page.getByLabel("Name", { exact: true });
    const beside = () => at.page.mouse.click(5, 5);
    const asked = at.page.getByRole("heading", { name: "Close it?" });
    await at.button("New agent").click();
    await at.dialog.waitFor();
    await beside();
    await at.dialog.waitFor({ state: "detached" });
    await expect.poll(focused).toBe("New agent");

    await at.button("New agent").click();
    await expect.poll(() => name.evaluate((input) => input === input.ownerDocument.activeElement)).toBe(true);
    await name.fill("Half an agent");
    const box = await name.boundingBox();
    if (box === null) throw new Error("the field is not seen");
    await at.page.mouse.move(box.x + 30, box.y + box.height / 2);
    await at.page.mouse.down();
    await at.page.mouse.move(5, 5);
    await at.page.mouse.up();
    for (const leave of [beside, () => at.page.keyboard.press("Escape"), () => at.button("Close").click()]) {
      expect(await asked.count()).toBe(0);
      await leave();
      await asked.waitFor();
      await at.button("Stay here").click();
      await asked.waitFor({ state: "detached" });
      expect(await name.inputValue()).toBe("Half an agent");
    }
    await at.page.keyboard.press("Escape");
    await at.button("Close it").click();
    await at.dialog.first().waitFor({ state: "detached" });
    await expect.poll(focused).toBe("New agent");

    await at.button("New agent").click();
    await name.fill("Short-lived");
    await at.page.getByLabel("WebSocket URL").fill("wss://agent.example.com/short");
    await confirm("Save");
    await at.button("Delete Short-lived").click();
    await confirm("Delete");
    // The button that was pressed is gone with its agent.
    await expect.poll(focused).toBe("Agents");
  });

  it("goes on by itself after the service could not be reached, also where a page is read once", async () => {
    await signedIn();
    // The page is known, and what it shows is read anew.
    await at.go("do-not-call", "Do not call");
    await at.go("batches", "Batches");
    await at.page.context().setOffline(true);
    await at.go("do-not-call", "Do not call");
    await at.page.getByText("The service cannot be reached").waitFor();
    await at.page.context().setOffline(false);
    await at.page.getByText("The service cannot be reached").waitFor({ state: "detached" });
    await at.page.context().setOffline(true);
    // This page is a file of its own, which has not been loaded.
    await at.page.getByRole("link", { name: "Numbers" }).click();
    await at.page.getByText("This part of the page could not be loaded.").waitFor();
    await at.page.context().setOffline(false);
    await at.page.getByText("Demo number").waitFor();
  });

  it("shows a webhook's secret once, and what was sent to it", async () => {
    await signedIn();
    await at.go("webhooks", "Webhooks");
    // Beside the head's button there is another one as soon as it is known that there is none yet.
    await at.page.getByRole("heading", { name: "No webhook yet" }).waitFor();
    await at.button("New webhook").last().click();
    await at.dialog.getByLabel("Name", { exact: true }).fill("Our records");
    // Nobody listens on this port.
    await at.dialog.getByLabel("URL", { exact: true }).fill("http://127.0.0.1:9/events");
    await at.dialog.getByRole("button", { name: "Save" }).click();
    await at.dialog.getByText(/^whsec_/).waitFor();
    await at.page.mouse.click(5, 5);
    await at.page.getByText("The secret is not shown again.").waitFor();
    await at.button("Stay here").click();
    await at.button("I have it").click();
    await at.button("Deliveries to Our records").click();
    await at.dialog.getByText("Nothing was sent yet").waitFor();
    await at.button("Send a test").click();
    await at.dialog.getByText("Pending").or(at.dialog.getByText("Failed")).first().waitFor();
  });

  it("looks after one of the people: found by an id, their call ended, and never called again", async () => {
    await signedIn();
    await at.go("batches/new", "New batch");
    await bring("talkers.csv", "phone,external_id\n+15005550011,Z-9\n+15005550012,Y-10\n");
    await at.page.getByLabel("Name", { exact: true }).fill("One who does not hang up");
    await advanced();
    await at.page.getByLabel("Hang up on voicemail").check();
    await review();
    await at.dialog.getByRole("button", { name: "Call 2 people" }).click();
    await at.heading("One who does not hang up").waitFor();
    await at.page.getByLabel("Search people").fill("z-9");
    await at.page.getByRole("heading", { name: "People 1 of 2" }).waitFor();
    await at.button(/\+1 500 555 0011/).click();
    await at.dialog.getByText("Z-9").waitFor();
    await at.button("End this call").click();
    await at.button("End 1 call").click();
    await at.dialog.getByText("ended by your team").waitFor();
    expect(await at.button("End this call").count()).toBe(0);

    await at.button("Never call again").click();
    await at.page.getByLabel("Reason").fill("Said so on the phone");
    await at.button("Never call 1 number").click();
    await at.dialog.getByText("On the do-not-call list").waitFor();
    // What was entered is saved: nothing is asked.
    await at.page.keyboard.press("Escape");
    await at.dialog.waitFor({ state: "detached" });
    await at.state("Completed").waitFor();
    await at.page.getByLabel("Search people").fill("y-10");
    await at.button(/No answer.*a machine answered/).waitFor();
    await at.go("do-not-call", "Do not call");
    await at.page.getByText("Said so on the phone").waitFor();
    await at.button("Take off +15005550011").click();
    await at.dialog.getByLabel("Why it may be called again").fill("The test is over");
    await confirm("Take 1 number off the list");
  });

  it("schedules a list of 5,000 by the clock of another place, and scrolls through it", async () => {
    await signedIn();
    await at.go("batches/new", "New batch");
    const rows = Array.from(
      { length: 5_000 },
      (_, index) => `+1212555${String(index).padStart(4, "0")},Person ${index}`,
    );
    await bring("all.csv", `phone,name\n${rows.join("\n")}\n`);
    await at.page.getByLabel("Name", { exact: true }).fill("Everybody, in Tokyo's morning");
    await at.page.getByLabel("Schedule", { exact: true }).check();
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await at.page.getByLabel("Start at").fill(`${day}T09:30`);
    await at.page.getByLabel("Start time zone").selectOption("Asia/Tokyo");
    await review();
    await at.dialog.getByText("09:30 GMT+9").waitFor();
    await at.dialog.getByRole("button", { name: "Schedule 5,000 people" }).click();
    await at.state("Scheduled").waitFor();

    const list = at.page.locator(".people");
    await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await at.page.getByText("Person 4999").waitFor();
    expect(await at.page.locator(".people-row").count()).toBeLessThan(60);
    // The keys move the focus.
    const focused = () => at.page.evaluate("document.activeElement?.textContent");
    await list.evaluate((box) => box.scrollTo(0, 0));
    await at.page.locator(".people-row", { hasText: "Person 0" }).focus();
    for (const [key, person] of [
      ["End", "Person 4999"],
      ["ArrowUp", "Person 4998"],
      ["Home", "Person 0"],
    ] as const) {
      await at.page.keyboard.press(key);
      await expect.poll(focused).toContain(person);
    }
    await at.page.getByLabel("Search people").fill("person 2499");
    await at.page.getByText("1 of 5,000").waitFor();
    await at.page.getByRole("button", { name: "Cancel", exact: true }).click();
    await confirm("Cancel 5,000 people");
  });
});
