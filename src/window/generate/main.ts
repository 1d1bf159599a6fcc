/**
 * `npm run zones -- <libphonenumber> <zoneinfo>`: makes the tables of `src/window/tables/` anew.
 *
 * `<libphonenumber>`: a checkout of github.com/google/libphonenumber at a release (Apache-2.0).
 * `<zoneinfo>`: a directory of compiled zones with `tzdata.zi` and `zone.tab`, as Debian's package tzdata has it.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readClocks } from "./clocks.ts";
import { numberZones } from "./number-zones.ts";

/** Clocks are told from the beginning of this year on. */
const SINCE = Date.UTC(2026, 0, 1) / 1_000;

const [, , libphonenumber, zoneinfo] = process.argv;
if (libphonenumber === undefined || zoneinfo === undefined) {
  throw new Error("usage: npm run zones -- <libphonenumber> <zoneinfo>");
}

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
const upstream = readFileSync(join(libphonenumber, "resources/timezones/map_data.txt"), "utf8");
const release = /v(\d+\.\d+\.\d+)/.exec(readFileSync(join(libphonenumber, "release_notes.txt"), "utf8"))?.[1];
if (release === undefined) throw new Error("release_notes.txt begins with a release");
const numbers = numberZones(upstream, clocks);
write(
  "number-zone-table.ts",
  `/**
 * Made by \`npm run zones\`, not by hand: time zones by the first digits of a number, the longest prefix counts. North America's
 * area codes are facts of libphonenumber's resources/timezones/map_data.txt (Apache-2.0); zones of countries are the tz
 * database's; \`generate/number-areas.ts\` says the rest, with its sources.
 * A line: zones, joined with &, a colon, and the prefixes of numbers that may be in any of them.
 */
export const NUMBER_ZONES_MADE = "${new Date().toISOString().slice(0, 10)}";
export const LIBPHONENUMBER_RELEASE = "${release}";

${asConstant("NUMBER_ZONES", numbers)}`,
);
console.log(`libphonenumber ${release}: ${numbers.length} sets of zones`);
console.log(`tz ${clocks.version}: ${clocks.names.size} zones with ${clocks.rules.length} rules`);
