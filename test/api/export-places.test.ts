/** An export in parts: it goes on after each of its files, and all parts together are the export that never broke off. */

import { describe, expect, it } from "vitest";
import { type Place, placeOf, SECTIONS } from "../../src/api/export/places.ts";
import { exportSteps } from "../../src/api/export/sections.ts";
import { type ExportSource, Refused } from "../../src/api/export/source.ts";
import { type Step, tarOf } from "../../src/api/export/tar.ts";
import { invalid, notFound } from "../../src/calling/requests/failure.ts";
import type { Page, PageRequest } from "../../src/calling/requests/page.ts";
import { err, ok } from "../../src/calling/requests/result.ts";
import type { BatchFilter } from "../../src/organization/messages/calling.ts";
import type { ReportRequest } from "../../src/organization/messages/reports.ts";

const DAY = 24 * 60 * 60 * 1_000;
/** It has reports of three years. */
const CREATED = Date.now() - 800 * DAY;
const BEGIN: Place = { section: "settings", after: "" };

/** How things look is not asked here: what a test does not name is null, or the time of creation. */
const view = (fields: object): object =>
  new Proxy(fields, {
    get: (target, name) => Reflect.get(target, name) ?? (String(name).endsWith("At") ? CREATED : null),
  });

const pageOf = <Value>(data: readonly Value[]) =>
  Promise.resolve(ok({ data, nextPage: null } as unknown as Page<Value>));
/** Lists of two items, one in each message. */
const listOf =
  (kind: string, fields: object = {}) =>
  (...asked: unknown[]) => {
    const { startingAfter } = asked.at(-1) as PageRequest;
    const number = startingAfter === null ? 1 : Number(startingAfter.split("_")[1]) + 1;
    const data = number > 2 ? [] : [view({ id: `${kind}_${number}`, ...fields })];
    const page = { data, nextPage: number === 1 ? `${kind}_1` : null };
    return Promise.resolve(ok(page));
  };

/** Groups of a report in three parts: their keys go on with numbers for batches, with names for all others. */
function reportBy({ by, after, from }: ReportRequest) {
  if (by === "day") return Promise.resolve({ total: { dialed: from }, groups: [], next: null });
  const isNumber = by === "batch";
  const part = after == null ? 0 : Number(String(after).replace(/\D/g, ""));
  const key = (number: number) => (isNumber ? number : `${by}_${number}`);
  if (after != null) expect(typeof after).toBe(isNumber ? "number" : "string");
  const next = part === 2 ? null : key(part + 1);
  return Promise.resolve({
    total: { dialed: from },
    groups: [{ key: key(part), name: "", figures: {}, before: null }],
    next,
  });
}

const BATCHES = [
  { id: "acb_3", createdAt: 30 },
  { id: "acb_2", createdAt: 20 },
  { id: "acb_1", createdAt: 10 },
];
/** One in each message. A cursor that is gone is refused, as by the organization. */
function listBatches(deleted: ReadonlySet<string>, { startingAfter }: PageRequest, { created }: BatchFilter) {
  const left = BATCHES.filter(({ id }) => !deleted.has(id));
  const cursor = left.findIndex(({ id }) => id === startingAfter);
  if (startingAfter !== null && cursor === -1) return Promise.resolve(err(invalid("starting_after", "is gone")));
  const found = left.slice(cursor + 1).filter(({ createdAt }) => createdAt <= (created.until ?? createdAt));
  const data = found.slice(0, 1).map((batch) => view({ ...batch, status: "completed" }));
  return Promise.resolve(ok({ data, nextPage: found.length > 1 ? found[0]?.id : null }));
}
const POOLS = [
  { id: "acb_pool2", createdAt: 20 },
  { id: "acb_pool1", createdAt: 10 },
];
/** Everything has several parts. `deleted`: since the list was read. */
const sourceOf = (deleted: ReadonlySet<string> = new Set()) =>
  ({
    organizationId: "org_1",
    organization: {
      describe: () => Promise.resolve(ok(view({ id: "org_1" }))),
      listAgents: listOf("agent", { connection: { kind: "cartesia" } }),
      listPhoneNumbers: () => pageOf([]),
      listProviders: () => Promise.resolve([]),
      listPrices: () => err(notFound("provider")),
      listWebhooks: () => pageOf([]),
      listApiKeys: listOf("key", { expiresAt: null, lastUsedAt: null, createdAt: CREATED }),
      listMembers: () => pageOf([]),
      reportBy,
      listDoNotCall: listOf("dnc"),
      listErasures: listOf("erasure"),
      listActs: listOf("audit", { by: { kind: "key" } }),
      directPools: (before: number) => Promise.resolve(POOLS.filter(({ createdAt }) => createdAt < before)),
      listBatches: (page: PageRequest, filter: BatchFilter) => listBatches(deleted, page, filter),
    },
    batch: (id: string) => ({
      callLines: (_: string, __: string, from: number) =>
        Promise.resolve(
          deleted.has(id)
            ? err(notFound("batch"))
            : ok({ lines: `{"of":"${id}","from":${from}}\n`, count: 1, next: from < 200 ? from + 100 : null }),
        ),
    }),
  }) as unknown as ExportSource;

async function from(place: Place, source = sourceOf()): Promise<Step[]> {
  const steps: Step[] = [];
  for await (const step of exportSteps(source, place)) steps.push(step);
  return steps;
}
const placed = (text: string): Place => placeOf(text) ?? expect.unreachable(`${text} is a place`);

describe("an export that ends after any of its files", () => {
  it("goes on with the very next one, and has no file twice", async () => {
    const all = await from(BEGIN);
    const names = all.map(({ file }) => file.name);
    expect(new Set(names).size).toBe(names.length);
    // Each section has several parts.
    for (const section of SECTIONS) {
      const parts =
        section === "settings"
          ? names.filter((name) => !name.includes("/"))
          : names.filter((name) => name.startsWith(`${section}/`));
      expect([section, parts.length > 1]).toEqual([section, true]);
    }
    expect(names.filter((name) => name.endsWith("/by-batch-00003.json"))).toHaveLength(3);
    for (const [index, { goesOn, file }] of all.entries()) {
      expect([file.name, await from(placed(goesOn))]).toEqual([file.name, all.slice(index + 1)]);
    }
  });

  it("is whole in as many parts as it takes", async () => {
    const all = await from(BEGIN);
    for (const atMost of [1, 3, 7]) {
      const parts: string[] = [];
      let place: Place | null = BEGIN;
      while (place !== null) {
        const steps = exportSteps(sourceOf(), place);
        let goesOn: string | null = null;
        const manifest = (files: readonly { readonly name: string }[], next: string | null) => {
          parts.push(...files.map(({ name }) => name));
          goesOn = next;
          return {};
        };
        await new Response(tarOf(await steps.next(), steps, manifest, atMost)).arrayBuffer();
        place = goesOn === null ? null : placed(goesOn);
      }
      expect(parts).toEqual(all.map(({ file }) => file.name));
    }
  });

  it("goes on after a batch that was deleted meanwhile in the midst of its calls", async () => {
    const all = await from(BEGIN);
    const index = all.findIndex(({ file }) => file.name === "batches/acb_2/calls-00002.jsonl");
    const rest = await from(placed(all[index]?.goesOn ?? ""), sourceOf(new Set(["acb_2"])));
    expect(rest.map(({ file }) => file)).toEqual(all.slice(index + 2).map(({ file }) => file));
  });

  it("goes on after batches that were deleted since, wherever it ended", async () => {
    const all = await from(BEGIN);
    for (const gone of BATCHES.map(({ id }) => id)) {
      const isLeft = ({ file }: Step) => !file.name.startsWith(`batches/${gone}/`);
      for (const [index, { goesOn, file }] of all.entries()) {
        const rest = await from(placed(goesOn), sourceOf(new Set([gone])));
        expect([gone, file.name, rest]).toEqual([gone, file.name, all.slice(index + 1).filter(isLeft)]);
      }
    }
  });

  it("leaves out batches that are new since", async () => {
    const all = await from(BEGIN);
    BATCHES.unshift({ id: "acb_4", createdAt: 40 });
    try {
      const begun = all.findIndex(({ file }) => file.name === "batches/acb_3/batch.json");
      for (const [index, { goesOn }] of all.entries()) {
        if (index >= begun) expect(await from(placed(goesOn))).toEqual(all.slice(index + 1));
      }
    } finally {
      BATCHES.shift();
    }
  });
});

it("goes on while batches are deleted that it has read", async () => {
  const all = await from(BEGIN);
  const deleted = new Set<string>();
  const steps: Step[] = [];
  for await (const step of exportSteps(sourceOf(deleted), BEGIN)) {
    steps.push(step);
    const [, id] = /^batches\/(\w+)\/calls-00003/.exec(step.file.name) ?? [];
    if (id !== undefined) deleted.add(id);
  }
  expect(deleted.size).toBe(BATCHES.length);
  expect(steps).toEqual(all);
});

it("goes on only from a place that an export names", () => {
  const wrong = ["", "batches", "nothing:x", ":", "direct-calls:x", "batches:a/b", "reports:12", "settings:../x"];
  const wrongCalls = ["batches:acb_1", "batches:acb_1/acb_2/x/0", "batches:/acb_1/1/0"];
  const noNumber = "9".repeat(400);
  const wrongNumbers = [`batches:${noNumber}`, `direct-calls:1/acb_1/1/${noNumber}`, "reports:2026-03-02/batch/1/abc"];
  for (const text of [...wrong, ...wrongCalls, ...wrongNumbers, "reports:2026-03-02/hour/1/"]) {
    expect([text, placeOf(text)]).toEqual([text, null]);
  }
});

it.each([
  "settings:nope.json",
  "settings:toString",
  "reports:2020-01-01/day/1/",
  "reports:2999-01-01/day/1/",
  "reports:2026-02-31/day/1/",
  "reports:2026-99-99/day/1/",
])("refuses %s before the first file: no export has that place", async (text) => {
  await expect(exportSteps(sourceOf(), placed(text)).next()).rejects.toBeInstanceOf(Refused);
});
