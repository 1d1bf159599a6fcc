/** Lists as people have them, brought in a browser: which column is what, workbooks, old encodings, and long ones. */

import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Shared, sharedOrganization } from "../service/shared.ts";
import { Cleanup } from "../service/support.ts";
import { workbookOf } from "../support/workbook.ts";
import { chromiumPath, launch, sayWithout } from "./chromium.ts";
import { Dashboard } from "./dashboard.ts";

const CHROMIUM = chromiumPath();
if (CHROMIUM === null) sayWithout();

describe.runIf(CHROMIUM !== null)("a list in the dashboard", () => {
  const cleanup = new Cleanup();
  let browser: Browser;
  let organization: Shared;
  let at: Dashboard;

  beforeAll(async () => {
    organization = await sharedOrganization();
    browser = await launch(CHROMIUM ?? "");
    cleanup.add(() => browser.close());
  });
  afterAll(() => cleanup.run());

  beforeEach(async () => {
    at = await Dashboard.open(browser, organization.service.baseUrl, { viewport: { width: 1280, height: 1400 } });
    at.page.setDefaultTimeout(20_000);
    await at.signIn(organization.apiKey);
    await at.heading("Batches").waitFor();
    await at.go("batches/new", "New batch");
  });
  afterEach(async () => {
    const { complaints } = at;
    await at.close();
    expect(complaints).toEqual([]);
  });

  const bring = (name: string, list: string | Uint8Array): Promise<void> =>
    at.page
      .getByLabel("CSV or Excel file")
      .setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(list) });
  const chosen = (label: string): Promise<string> =>
    at.page.getByLabel(label, { exact: true }).locator("option:checked").innerText();
  /** They are folded where there is nothing to decide. */
  const columns = (): Promise<void> => at.page.getByRole("heading", { name: "Columns" }).click();
  const ansi = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
  const shot = async (name: string): Promise<void> => {
    if (process.env.SCREENSHOTS) await at.page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
  };

  it("is mapped by its values, whatever stands above its names and however it is encoded", async () => {
    const german =
      "Kundenliste;;;\r\nKundennummer;Vorname;Nachname;Telefonnummer\r\n40012345;J\u00fcrg;M\u00fcller;+49 151 12345678\r\n";
    await bring("kunden.csv", ansi(german));
    await at.page.getByText("1 row · 1 person to call").waitFor();
    await at.page.getByText("Number: Telefonnummer · the agent gets Kundennummer, Vorname, Nachname").waitFor();
    await columns();
    expect(await chosen("Phone number")).toBe("Telefonnummer");
    await at.page.getByText("Text with semicolons, Windows-1252 (ANSI) · columns named in line 2").waitFor();
    await at.page.getByRole("cell", { name: "M\u00fcller" }).waitFor();
    await shot("ansi");

    await at.button("Another list").click();
    await bring("customers.csv", "Customer number,Name,Mobile phone\n2025550100,Ada,+12025550123\n");
    await at.page.getByText("1 row · 1 person to call").waitFor();
    await columns();
    expect(await chosen("Phone number")).toBe("Mobile phone");
    await at.page.getByLabel("Customer number", { exact: true }).uncheck();
    await at.page.getByRole("columnheader", { name: "Customer number" }).waitFor({ state: "detached" });
    await shot("withheld");
  });

  it("may be a workbook, of which a sheet is chosen", async () => {
    const rows = [
      ["Phone", "Name"],
      [{ value: "1.2025550123E10" }, "Ada"],
    ];
    await bring(
      "list.xlsx",
      workbookOf([
        { name: "May", rows },
        { name: "June", rows: [...rows, ["+12025550124", "Grace"]] },
      ]),
    );
    await at.page.getByText("Workbook, sheet May").waitFor();
    await at.page.getByLabel("Numbers without a +").selectOption("US");
    await at.page.getByText("1 row · 1 person to call").waitFor();
    await at.page.getByLabel("Sheet", { exact: true }).selectOption("June");
    await at.page.getByText("2 rows · 2 people to call").waitFor();
    await shot("workbook");
  });

  it("is asked about where it cannot be told, and what was chosen is offered again", async () => {
    const list = "Phone,Mobile,Note\n+12025550123,+12025550124,secret\n";
    await bring("two.csv", list);
    await at.page.getByText("It could be “Phone” or “Mobile”: choose one.").waitFor();
    await shot("asked");
    await at.button("Review").click();
    await at.page.getByText("Choose the column with the phone numbers.").first().waitFor();
    await at.page.getByLabel("Phone number", { exact: true }).selectOption("Mobile");
    await at.page.getByLabel("Note", { exact: true }).uncheck();
    await at.page.getByText("1 row · 1 person to call").waitFor();
    await at.page.getByLabel("Name", { exact: true }).fill("Remembered");
    await at.page.getByLabel("Schedule", { exact: true }).check();
    for (const label of ["Agent", "Calls from"]) {
      await expect.poll(() => at.page.getByLabel(label, { exact: true }).inputValue()).not.toBe("");
    }
    await at.button("Review").click();
    await at.dialog.getByRole("button", { name: "Schedule 1 person" }).click();
    await at.heading("Remembered").waitFor();
    await at.go("batches/new", "New batch");
    await bring("two.csv", list);
    await at.page.getByText("number in “Mobile”, Note not sent to the agent.").waitFor();
    await shot("offered");
    await at.button("Use it again").click();
    await at.page.getByText("1 row · 1 person to call").waitFor();
    expect(await at.page.getByLabel("Note", { exact: true }).isChecked()).toBe(false);
  });

  it("shows the numbers of the column that is chosen, also where they are at fault", async () => {
    await bring("two.csv", "Phone,Mobile\n+12025550123,+12025550124\nnobody,no one\n");
    await at.page.getByLabel("Phone number", { exact: true }).selectOption("Mobile");
    const number = at.page.getByLabel("Number in line 3");
    await expect.poll(() => number.inputValue()).toBe("no one");
    await at.page.getByLabel("Phone number", { exact: true }).selectOption("Phone");
    await expect.poll(() => number.inputValue()).toBe("nobody");
    expect(await at.button("Correct line 3").isDisabled()).toBe(true);
  });

  it("of thousands of faults draws only those that are seen", async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => `nobody ${index},Ada ${index}`);
    await bring("long.csv", `phone,name\n${rows.join("\n")}\n`);
    await at.page.getByRole("heading", { name: "5,000 rows cannot be called" }).waitFor();
    expect(at.page.workers()).toHaveLength(1);
    expect(await at.page.evaluate("document.querySelectorAll('*').length")).toBeLessThan(1_500);
    await at.page.locator(".faults").evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await at.page.getByText("Line 5001", { exact: true }).waitFor();
    await shot("faults");
  });

  it("is read beside the page, and Review waits for it", async () => {
    // The reader's script does not come.
    await at.page.route("**/list/reading/main.js", () => new Promise<void>(() => {}));
    await bring("long.csv", "phone,name\n+12025550123,Ada\n");
    await at.page.getByText("Reading the list …").waitFor();
    await at.button("Review").click();
    await at.page.getByText("The list is still being read.").waitFor();
    expect(await at.page.getByText("Add a list of people.").count()).toBe(0);
    await shot("reading");
  });
});
