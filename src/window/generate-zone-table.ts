/**
 * `node src/window/generate-zone-table.ts <map_data.txt> <commit>`: makes `zone-table.ts` from libphonenumber's
 * `resources/timezones/map_data.txt` (github.com/google/libphonenumber, Apache-2.0): lines of "prefix|zone&zone".
 *
 * North America (+1) is folded to area codes with all zones of each, because numbers are ported within an area and a zone
 * too many only makes a window stricter. Elsewhere the prefixes stay as they are. What its shorter prefix says already
 * is left out.
 */

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Area codes laid over another one: the same places, so the same zones (NANPA, "Relief activity"). */
const OVERLAYS: Readonly<Record<string, string>> = { "1448": "1850", "1458": "1541", "1364": "1270", "1930": "1812" };
const AREA_CODE_DIGITS = 4;

const [, , path, commit] = process.argv;
if (path === undefined || commit === undefined) {
  throw new Error("usage: node src/window/generate-zone-table.ts <map_data.txt> <libphonenumber commit>");
}
const text = readFileSync(path, "utf8");

const zonesOf = new Map<string, Set<string>>();
const add = (prefix: string, zones: Iterable<string>) => {
  const known = zonesOf.get(prefix) ?? new Set();
  for (const zone of zones) known.add(zone);
  zonesOf.set(prefix, known);
};
for (const line of text.split("\n")) {
  const [prefix, zones] = line.trim().split("|");
  if (prefix === undefined || zones === undefined || !/^\d+$/.test(prefix)) continue;
  // Of +1 as a whole nothing follows: it spans eight hours.
  if (prefix !== "1") add(prefix.startsWith("1") ? prefix.slice(0, AREA_CODE_DIGITS) : prefix, zones.split("&"));
}
for (const [overlay, parent] of Object.entries(OVERLAYS)) add(overlay, zonesOf.get(parent) ?? []);

const written = (zones: Set<string>): string => [...zones].sort().join("&");
const shorterSays = (prefix: string): string | null => {
  for (let length = prefix.length - 1; length > 0; length -= 1) {
    const zones = zonesOf.get(prefix.slice(0, length));
    if (zones !== undefined) return written(zones);
  }
  return null;
};
const prefixesOf = new Map<string, string[]>();
for (const [prefix, zones] of zonesOf) {
  const key = written(zones);
  if (shorterSays(prefix) !== key) prefixesOf.set(key, [...(prefixesOf.get(key) ?? []), prefix]);
}
const lines = [...prefixesOf].sort().map(([zones, prefixes]) => `${zones}:${prefixes.sort().join(",")}`);
const digest = createHash("sha256").update(text).digest("hex");
writeFileSync(
  fileURLToPath(new URL("zone-table.ts", import.meta.url)),
  `/**
 * Made by \`generate-zone-table.ts\`, not by hand: time zones by the first digits of a number. From libphonenumber's
 * resources/timezones/map_data.txt (Apache-2.0), commit ${commit},
 * SHA-256 ${digest}.
 * A line: zones, joined with &, a colon, and the prefixes that lie in all of them.
 */
export const ZONE_TABLE = \`
${lines.join("\n")}
\`;
`,
);
console.log(`${lines.length} sets of zones for ${[...prefixesOf.values()].flat().length} prefixes`);
