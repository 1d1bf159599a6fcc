/** Each carrier's page says what its adapter does by itself: how fast a new provider calls, and whether it tells who answers. */

import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Carrier } from "../../src/dialer/carrier.ts";
import { CARRIERS } from "../../src/dialer/carriers.ts";

const overview = await readFile("docs/carriers/README.md", "utf8");

describe.each(CARRIERS.map((carrier: Carrier) => ({ name: carrier.name, carrier })))(
  "the page of $name",
  ({ name, carrier }) => {
    const page = readFile(`docs/carriers/${name}.md`, "utf8");

    it("is about the provider that is created with these words", async () => {
      const [title] = (await page).split("\n");
      for (const [field, word] of Object.entries(carrier.words)) expect(title).toContain(`\`${field}: "${word}"\``);
    });

    it("says the calls a second that a new provider has, or that it has no such limit", async () => {
      const { callsPerSecond } = carrier.capabilities;
      const said = [...(await page).matchAll(/`calls_per_second: ([\d.]+)`/g)].map(([, perSecond]) =>
        Number(perSecond),
      );
      expect(said).toEqual(callsPerSecond === null ? [] : [callsPerSecond]);
      expect(await page).toContain("calls_per_second");
    });

    it("says who answers if it can tell, and the overview agrees", async () => {
      const { detectsMachines } = carrier.capabilities;
      expect(/^## Who answers$/m.test(await page) || /^### Who answers$/m.test(await page)).toBe(detectsMachines);
      const row = overview.split("\n").find((line) => line.includes(`[${name}.md]`)) ?? "";
      const [, , , , tells = ""] = row.split("|").map((cell) => cell.trim());
      expect(tells === "no").toBe(!detectsMachines);
    });

    it("names each type of agent that it connects in the overview", () => {
      const row = overview.split("\n").find((line) => line.includes(`[${name}.md]`)) ?? "";
      const [, , , connects = ""] = row.split("|").map((cell) => cell.trim());
      const all = carrier.connects.length === 3 ? "any" : carrier.connects.map((type) => `\`${type}\``).join(", ");
      expect(connects).toBe(all);
    });
  },
);
