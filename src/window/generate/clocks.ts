/**
 * Clock rules as lines of a table, from a directory of compiled zones (TZif, RFC 9636) with `tzdata.zi` and `zone.tab`.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { present } from "../../calling/requests/assert.ts";
import { offsetOf, parseClockRule } from "../clock-rule.ts";

const HEADER_BYTES = 44;

type Zone = { readonly changes: readonly { readonly at: number; readonly offset: number }[]; readonly footer: string };

/** The second block of a TZif file, whose times have 64 bits. Times in seconds, offsets in minutes. */
function readZone(path: string): Zone {
  const bytes = readFileSync(path);
  const counts = (start: number) => {
    const at = (index: number) => bytes.readUInt32BE(start + 20 + 4 * index);
    return { isUt: at(0), isStandard: at(1), leaps: at(2), times: at(3), types: at(4), characters: at(5) };
  };
  const first = counts(0);
  const start =
    HEADER_BYTES +
    first.times * 5 +
    first.types * 6 +
    first.characters +
    first.leaps * 8 +
    first.isStandard +
    first.isUt;
  const { isUt, isStandard, leaps, times, types, characters } = counts(start);
  const data = start + HEADER_BYTES;
  const typesAt = data + times * 9;
  const offsetOfType = (type: number) => bytes.readInt32BE(typesAt + type * 6) / 60;
  const changes = Array.from({ length: times }, (_, index) => ({
    at: Number(bytes.readBigInt64BE(data + index * 8)),
    offset: offsetOfType(bytes.readUInt8(data + times * 8 + index)),
  }));
  const footerAt = typesAt + types * 6 + characters + leaps * 12 + isStandard + isUt;
  return { changes, footer: bytes.toString("utf8", footerAt).trim() };
}

const NAME = "(?:<[^>]+>|[A-Za-z]+)";
const TIME = String.raw`-?\d+(?::\d+)?`;
const CHANGE = String.raw`M(\d+)\.(\d)\.(\d)(?:/(${TIME}))?`;
const FOOTER = new RegExp(`^${NAME}(${TIME})(?:${NAME}(${TIME})?,${CHANGE},${CHANGE})?$`);

const minutesOf = (time: string): number => {
  const [hours = "", minutes = "0"] = time.replace("-", "").split(":");
  return (Number(hours) * 60 + Number(minutes)) * (time.startsWith("-") ? -1 : 1);
};

/** The clock's rule after the last dated change (POSIX.1, "TZ"), in the form of `clock-rule.ts`; "" without changes. */
function yearlyOf(footer: string): { readonly standard: number; readonly yearly: string } {
  const found = FOOTER.exec(footer);
  if (found === null) throw new Error(`a rule of a form that is not known: ${footer}`);
  const [, standardTime = "", summerTime, ...parts] = found;
  // POSIX counts what must be added to the clock to get UTC.
  const standard = 0 - minutesOf(standardTime);
  if (parts[0] === undefined) return { standard, yearly: "" };
  const summer = summerTime === undefined ? standard + 60 : 0 - minutesOf(summerTime);
  const [month, week, day, time = "2", endMonth, endWeek, endDay, endTime = "2"] = parts;
  const begins = `/${summer},${month}.${week}.${day}+${minutesOf(time)}`;
  const ends = `/${standard},${endMonth}.${endWeek}.${endDay}+${minutesOf(endTime)}`;
  return { standard, yearly: begins + ends };
}

/** From the first time that may be asked for (seconds). */
function ruleText({ changes, footer }: Zone, since: number): string {
  const { standard, yearly } = yearlyOf(footer);
  const first = changes.findLast(({ at }) => at <= since)?.offset ?? standard;
  const later = changes.filter(({ at }) => at > since);
  const write = (count: number) =>
    `${first}${later
      .slice(0, count)
      .map(({ at, offset }) => `@${at / 60}:${offset}`)
      .join("")}${yearly}`;
  const everySixHours = Array.from({ length: 12 * 366 * 4 }, (_, index) => since / 60 + index * 360);
  const whole = parseClockRule(write(later.length));
  const expected = everySixHours.map((at) => offsetOf(whole, at));
  // Leaves out dated changes that the yearly ones repeat.
  for (let count = 0; count < later.length; count += 1) {
    const shorter = parseClockRule(write(count));
    if (everySixHours.every((at, index) => offsetOf(shorter, at) === expected[index])) return write(count);
  }
  return write(later.length);
}

export type Clocks = {
  readonly version: string;
  /** "rule|zone zone": zones whose clocks are the same from then on. */
  readonly rules: readonly string[];
  /** "zone|name name": other names of a zone. */
  readonly links: readonly string[];
  readonly names: ReadonlySet<string>;
  readonly zonesOfCountry: ReadonlyMap<string, readonly string[]>;
  /** Null if there is no zone with this name. */
  readonly canonical: (name: string) => string | null;
  readonly ruleOf: (zone: string) => string;
};

const grouped = (pairs: Iterable<readonly [string, string]>): string[] => {
  const groups = Map.groupBy(pairs, ([key]) => key);
  return [...groups]
    .map(
      ([key, members]) =>
        `${key}|${members
          .map(([, name]) => name)
          .sort()
          .join(" ")}`,
    )
    .sort();
};

/** Names are those of `zone.tab`, one or more for each country, and UTC. */
export function readClocks(directory: string, since: number): Clocks {
  const lines = readFileSync(join(directory, "tzdata.zi"), "utf8").split("\n");
  const version = /^# version (\S+)/.exec(lines[0] ?? "")?.[1];
  if (version === undefined) throw new Error("tzdata.zi begins with its version");
  const zonesOfCountry = new Map<string, string[]>();
  for (const line of readFileSync(join(directory, "zone.tab"), "utf8").split("\n")) {
    const [country, , name] = line.split("\t");
    if (line.startsWith("#") || country === undefined || name === undefined) continue;
    zonesOfCountry.set(country, [...(zonesOfCountry.get(country) ?? []), name.trim()]);
  }
  const names = new Set([...[...zonesOfCountry.values()].flat(), "UTC"]);
  const targets = new Map<string, string>();
  for (const line of lines) {
    const [kind, target = "", name = ""] = line.split(" ");
    if (kind === "L") targets.set(name, target);
  }
  const canonical = (name: string): string | null => {
    if (names.has(name)) return name;
    if (/^(Etc\/)?(UTC|UCT|Universal|Zulu)$/.test(name)) return "UTC";
    const target = targets.get(name);
    return target !== undefined && names.has(target) ? target : null;
  };
  const ruleOfZone = new Map([...names].map((name) => [name, ruleText(readZone(join(directory, name)), since)]));
  const ruleOf = (zone: string): string => present(ruleOfZone.get(zone), `${zone} is a zone of zone.tab`);
  const rules = grouped([...names].map((name) => [ruleOf(name), name] as const));
  const links = grouped(
    [...targets.keys(), "Etc/UTC"].flatMap((name) => {
      const zone = canonical(name);
      return zone === null || zone === name ? [] : [[zone, name] as const];
    }),
  );
  return { version, rules, links, names, zonesOfCountry, canonical, ruleOf };
}
