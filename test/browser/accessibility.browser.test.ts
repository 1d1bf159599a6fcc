/** axe finds nothing on any page, light on a desk and dark on a phone. No page is wider than its window, no heading than its place. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BATCHES, type BatchSummary } from "../local/wire.ts";
import { type Shared, sharedOrganization } from "../service/shared.ts";
import { Cleanup, finishedBatch, newBatch } from "../service/support.ts";
import { triesAll } from "../support/drawn.ts";
import { chromiumPath, launch, sayWithout } from "./chromium.ts";
import { Dashboard } from "./dashboard.ts";

const CHROMIUM = chromiumPath();
if (CHROMIUM === null) sayWithout();

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const FAULTY = "phone,name\n+12125550100,Ada\nnobody,Grace\n+1212,Alan\n";
const bring = (at: Dashboard): Promise<void> =>
  at.page
    .getByLabel("CSV or Excel file")
    .setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(FAULTY) });
/** The page's policy forbids what playwright would wait with. */
const STILL =
  "(async () => { while (document.getAnimations().length > 0) await new Promise(requestAnimationFrame); })()";
/** Headings that something stands upon, or that lose their end without an ellipsis. */
const CUT =
  "[...document.querySelectorAll('h1, h2, h3')].filter((one) => one.scrollWidth > one.clientWidth && getComputedStyle(one).textOverflow !== 'ellipsis').map((one) => one.textContent)";
const [DESK, PHONE] = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];
/** What may differ in another look: colours follow the scheme and places the width. */
const OF_A_LOOK = { runOnly: ["color-contrast", "scrollable-region-focusable"] };
/** Neither follows the other, so each is looked at once. */
const LOOKS = [
  { colorScheme: "light", ...DESK, rules: {} },
  { colorScheme: "dark", ...PHONE, rules: OF_A_LOOK },
  ...(triesAll()
    ? ([
        { colorScheme: "light", ...PHONE, rules: {} },
        { colorScheme: "dark", ...DESK, rules: {} },
      ] as const)
    : []),
] as const;

describe.runIf(CHROMIUM !== null)("accessibility", () => {
  const cleanup = new Cleanup();
  let browser: Browser;
  let organization: Shared;
  let axe: string;
  let over: string;
  let held: string;

  beforeAll(async () => {
    axe = await readFile(AXE, "utf8");
    organization = await sharedOrganization();
    const { client } = organization;
    const create = async (name: string, numbers: readonly string[], fields = {}) =>
      (await client.post<BatchSummary>(BATCHES, newBatch(numbers, { name, ...fields }))).id;
    over = await create("Everybody was called", ["+15005550002", "+15005550003", "+15005550001", "+12125550100"]);
    await finishedBatch(client, over);
    held = await create("Nobody hangs up", ["+15005550011", "+15005550011", "+12125550101"], {
      target_concurrency_limit: 2,
      on_duplicate: "allow",
    });
    // A list is looked at with something in it.
    const numbers = Array.from({ length: 12 }, (_, index) => `+1212555019${String(index).padStart(2, "0").slice(-1)}`);
    await client.post("/agents/do-not-call", {
      numbers: [...new Set(numbers)],
      reason: "Asked in writing not to be called",
    });
    await client.post("/agents/members", { email: "ada@example.com", role: "viewer" });
    browser = await launch(CHROMIUM ?? "");
    cleanup.add(() => browser.close());
  });
  afterAll(() => cleanup.run());

  const manyPages = { timeout: 600_000 };
  it.each(LOOKS)("axe finds nothing: $colorScheme, $width wide", manyPages, async (of) => {
    const { colorScheme, width, height, rules } = of;
    const at = await Dashboard.open(browser, organization.service.baseUrl, {
      colorScheme,
      viewport: { width, height },
    });
    const settings = JSON.stringify({ resultTypes: ["violations"], ...rules });
    const found: string[] = [];
    const look = async (where: string): Promise<void> => {
      if ((await at.page.evaluate("typeof axe")) === "undefined") await at.page.evaluate(axe);
      // Moving elements have another contrast; users who prefer less motion see none.
      await at.page.evaluate(STILL);
      // A dialog makes the page behind it inert; what surrounds a page is the same on each.
      const isWhole = where === "sign in" || where === "batches";
      const part = isWhole ? "document" : "document.querySelector('dialog[open]') ?? 'main'";
      const results = (await at.page.evaluate(`axe.run(${part}, ${settings})`)) as AxeResults;
      const faults = results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${where}: ${id} ${html}`));
      const tooWide = (await at.page.evaluate("document.documentElement.scrollWidth - innerWidth")) as number;
      const cut = (await at.page.evaluate(CUT)) as readonly string[];
      found.push(...faults, ...(tooWide > 0 ? [`${where}: ${tooWide} px too wide`] : []));
      found.push(...cut.map((heading) => `${where}: "${heading}" does not fit its place`));
    };

    await at.page.getByLabel("API key").waitFor();
    await look("sign in");
    await at.signIn(organization.apiKey);
    await at.page.getByRole("link", { name: "Nobody hangs up" }).waitFor();
    await look("batches");
    await at.go(`batches/${held}`, "Nobody hangs up");
    await at.page.locator(".chart canvas").waitFor();
    await look("a batch that runs");
    await at.page.getByRole("button", { name: "Cancel", exact: true }).click();
    await look("asked before a batch is cancelled");
    await at.page.keyboard.press("Escape");
    await at.page.getByRole("button", { name: "Change", exact: true }).click();
    for (const option of ["Set hours", "Retry automatically", "Stop when the carrier fails"]) {
      await at.dialog.getByLabel(option).check();
    }
    await at.dialog.getByRole("button", { name: "Add other days" }).click();
    await at.dialog.getByText("Choose at least one day").first().waitFor();
    await look("a batch being changed");
    await at.dialog.getByRole("button", { name: "Remove hours 2" }).click();
    await at.dialog.getByRole("button", { name: "Review" }).click();
    await at.dialog.getByText("Would fail").waitFor();
    await look("a change before it is saved");
    await at.dialog.getByRole("button", { name: "Back" }).click();
    await at.page.keyboard.press("Escape");
    await at.page.getByRole("heading", { name: "Close it?" }).waitFor();
    await look("asked before what was entered is lost");
    await at.button("Close it").click();
    await at.button("Add people").click();
    await at.dialog.waitFor();
    await look("people to be added");
    await bring(at);
    await at.dialog.getByRole("heading", { name: "2 rows cannot be called" }).waitFor();
    await look("people to be added, with mistakes");
    await at.dialog.getByLabel("Leave out these 2 rows").check();
    await at.dialog.getByRole("button", { name: "Review" }).click();
    await at.dialog.getByText("Will be called").waitFor();
    await look("asked before people are added");
    await at.go(`batches/${over}`, "Everybody was called");
    await at.page.locator(".chart canvas").waitFor();
    await look("a batch that is over");
    await at.page.locator(".people-row").first().click();
    await at.dialog.getByText("Attempts").waitFor();
    await look("somebody's attempts");
    await at.go("batches/new", "New batch");
    await look("a new batch");
    await bring(at);
    await at.page.getByRole("heading", { name: "2 rows cannot be called" }).waitFor();
    await at.page.getByLabel("Schedule", { exact: true }).check();
    await at.page.getByRole("heading", { name: "Advanced" }).click();
    await at.page.getByLabel("Retry automatically").check();
    await at.page.getByLabel("Stop when the carrier fails").check();
    await at.page.getByLabel("Days off", { exact: true }).fill("2030-12-25");
    await at.button("Add day off").click();
    await at.page.getByText("Wed, 25 Dec 2030").waitFor();
    await at.page.getByLabel("At any hour").click();
    await at.dialog.getByText("a phone could ring").waitFor();
    await look("asked before people are called at any hour");
    await at.button("Not now").click();
    await at.button("Review").click();
    await look("a list with mistakes");
    await at.page.getByLabel("Leave out these 2 rows").check();
    await at.page.getByLabel("Name", { exact: true }).fill("Ada alone");
    await at.button("Review").click();
    await at.dialog.getByRole("button", { name: "Schedule 1 person" }).waitFor();
    await look("the last look");
    for (const [path, title, add] of [
      ["calendar", "Calendar", null],
      ["calendar?view=weeks", "Calendar", null],
      ["reports", "Reports", null],
      ["concurrency", "Concurrency", null],
      ["people?q=%2B12125550190", "People", null],
      ["do-not-call", "Do not call", "Add numbers"],
      ["providers", "Providers", "Prices of Stand-in carrier"],
      ["webhooks", "Webhooks", "New webhook"],
      ["agents", "Agents", "New agent"],
      ["numbers", "Numbers", "Add a number"],
      ["providers", "Providers", "New provider"],
      ["keys", "Keys", "Add member"],
      ["audit", "Audit", null],
      ["organization", "Organization", /^Change$/],
    ] as const) {
      await at.go(path, title);
      await at.page.locator(".card:not([aria-busy])").first().waitFor();
      if (path.startsWith("calendar")) await at.page.getByText("Nobody hangs up").waitFor();
      if (path === "do-not-call") await at.button("Take off +12125550190").waitFor();
      if (path === "providers") await at.button("Delete Stand-in carrier").waitFor();
      if (path === "keys") await at.button("Remove ada@example.com").waitFor();
      await look(path);
      if (add === null) continue;
      await at.button(add).first().click();
      await at.dialog.waitFor();
      await look(`${path}, asked`);
    }
    const { complaints } = at;
    await at.close();
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
