/**
 * `npm run zones -- <zoneinfo>`: makes the tables of `src/window/tables/` anew.
 *
 * `<zoneinfo>`: a directory of compiled zones with `tzdata.zi` and `zone.tab`, as Debian's package tzdata has it.
 */

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readClocks } from "./clocks.ts";

/** Clocks are told from the beginning of this year on. */
const SINCE = Date.UTC(2026, 0, 1) / 1_000;

const [, , zoneinfo] = process.argv;
if (zoneinfo === undefined) throw new Error("usage: npm run zones -- <zoneinfo>");

const write = (name: string, text: string) =>
  writeFileSync(fileURLToPath(new URL(`../tables/${name}`, import.meta.url)), text);
const asConstant = (name: string, lines: readonly string[]) => `export const ${name} = \`\n${lines.join("\n")}\n\`;\n`;

const clocks = readClocks(zoneinfo, SINCE);
write(
  "clock-table.ts",
  `/**
 * Made by \`npm run zones\`, not by hand: every time zone's clock from 2026 on, by the tz database (public domain).
 * \`CLOCKS\`: a rule as \`clock-rule.ts\` reads it, a bar, and the zones whose clocks follow it. \`LINKS\`: a zone, a bar, and
 * other names of it.
 */
export const TZ_VERSION = "${clocks.version}";

${asConstant("CLOCKS", clocks.rules)}
${asConstant("LINKS", clocks.links)}`,
);
console.log(`tz ${clocks.version}: ${clocks.names.size} zones with ${clocks.rules.length} rules`);
