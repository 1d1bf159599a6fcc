/** What an export of an organization has, part by part. Long lists come in parts, newest first. */

import type { BatchRpc } from "../../batch/rpc.ts";
import { presentBatch } from "../../calling/answers/batch.ts";
import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import { invalid } from "../../calling/requests/failure.ts";
import type { Page } from "../../calling/requests/page.ts";
import type { BatchFilter } from "../../organization/messages/calling.ts";
import type { Report } from "../../organization/messages/reports.ts";
import { presentAct } from "../answers/organization/audit.ts";
import { presentDoNotCall, presentErasure } from "../answers/organization/people.ts";
import { presentReport } from "../answers/organization/report.ts";
import { type Place, placeText, REPORTED, SECTIONS, type Section } from "./places.ts";
import { SETTINGS } from "./settings.ts";
import { type ExportSource, ITEMS_AT_ONCE, type Items, linesOf, Refused, valueIn } from "./source.ts";
import type { Step } from "./tar.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const YEAR_DAYS = 366;

/** Throws a `Refused` if something cannot be read. */
export async function* exportSteps(source: ExportSource, from: Place): AsyncGenerator<Step> {
  const first = SECTIONS.indexOf(from.section);
  for (const section of SECTIONS.slice(first)) {
    const after = section === from.section && from.after !== "" ? from.after : null;
    yield* READ[section](source, after);
  }
}

type Read = (source: ExportSource, after: string | null) => AsyncGenerator<Step>;
/** A long list: each part is a file, named by its first item. */
async function* parts<Value extends { readonly id: string }>(
  section: Section,
  after: string | null,
  list: Items<Value>,
  present: (value: Value) => object,
): AsyncGenerator<Step> {
  let startingAfter = after;
  do {
    const { data, nextPage } = valueIn(await list({ limit: ITEMS_AT_ONCE, startingAfter, endingBefore: null }));
    const [first, last] = [data[0], data.at(-1)];
    if (first === undefined || last === undefined) return;
    const text = linesOf(data.map(present));
    const file = { name: `${section}/${first.id}.jsonl`, lines: data.length, text };
    yield { file, goesOn: placeText(section, last.id) };
    startingAfter = nextPage;
  } while (startingAfter !== null);
}

const ANY_ACT = { resourceId: null, byId: null, kind: null, from: null, until: null };
const ANY_ENTRY = { status: "all", text: null, number: null } as const;
const ANY_TIME = { from: null, until: null };
const FIRST_PAGE = { limit: ITEMS_AT_ONCE, startingAfter: null, endingBefore: null };
const ANY_BATCH: BatchFilter = {
  agentId: null,
  statuses: [],
  words: [],
  created: ANY_TIME,
  starts: ANY_TIME,
  sort: "newest",
};

const unknownPlace = () => new Refused(invalid("starting_after", "names something that no export has"));
const NOBODY = { agentId: null, numberId: null, providerId: null, batchId: null, country: null };
const dayOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

const READ: Readonly<Record<Section, Read>> = {
  async *settings({ organization }, after) {
    const settings = Object.entries(SETTINGS);
    const last = settings.findIndex(([name]) => name === after);
    if (after !== null && last === -1) throw unknownPlace();
    for (const [name, read] of settings.slice(last + 1)) {
      yield { file: { name, ...(await read(organization)) }, goesOn: placeText("settings", name) };
    }
  },

  async *reports({ organization }, after) {
    const { createdAt } = valueIn(await organization.describe());
    const [firstDay, dimension, part, following = ""] = after?.split("/") ?? [];
    // A callee's day may begin before the same day by UTC, and end after it.
    const last = Math.floor(Date.now() / DAY_MS) + 2;
    const years: number[] = [];
    for (let from = Math.floor(createdAt / DAY_MS) - 1; from < last; from += YEAR_DAYS) years.push(from);
    let isAfter = after === null;
    if (!isAfter && !years.some((from) => dayOf(from) === firstDay)) throw unknownPlace();
    for (const from of years) {
      const days = { from, until: Math.min(from + YEAR_DAYS, last) };
      for (const by of REPORTED) {
        const isBegun = dayOf(from) === firstDay && by === dimension;
        const goesOn = isBegun && following !== "";
        if (isAfter || goesOn) {
          const begins = goesOn
            ? { number: Number(part) + 1, after: by === "batch" ? Number(following) : following }
            : FIRST;
          yield* reportBy(organization, by, days, begins);
        }
        isAfter ||= isBegun;
      }
    }
  },

  "do-not-call": ({ organization }, after) =>
    parts("do-not-call", after, (page) => organization.listDoNotCall(ANY_ENTRY, page), presentDoNotCall),
  erasures: ({ organization }, after) =>
    parts("erasures", after, (page) => organization.listErasures(page), presentErasure),
  audit: ({ organization }, after) => parts("audit", after, (page) => organization.listActs(ANY_ACT, page), presentAct),

  async *"direct-calls"(source, after) {
    const begun = begunOf(after);
    let { before } = begun;
    for (;;) {
      const pools = await source.organization.directPools(before, ITEMS_AT_ONCE);
      for (const pool of pools) yield* callsOf(source, "direct-calls", pool, begun);
      const last = pools.at(-1);
      if (last === undefined || pools.length < ITEMS_AT_ONCE) return;
      before = last.createdAt;
    }
  },

  /** No batch's id is a cursor: by the next page, that batch may be deleted. */
  async *batches(source, after) {
    const begun = begunOf(after);
    let { before } = begun;
    for (;;) {
      const filter = { ...ANY_BATCH, created: { from: null, until: before - 1 } };
      const page: Page<BatchSummary> = valueIn(await source.organization.listBatches(FIRST_PAGE, filter));
      for (const batch of page.data) {
        const { id, createdAt } = batch;
        const text = `${JSON.stringify(presentBatch(batch), null, 2)}\n`;
        const file = { name: `batches/${id}/batch.json`, lines: 1, text };
        if (id !== begun.id) yield { file, goesOn: placeText("batches", createdAt + 1, id, 1, 0) };
        yield* callsOf(source, "batches", batch, begun);
      }
      const last = page.data.at(-1);
      if (last === undefined || page.nextPage === null) return;
      before = last.createdAt;
    }
  },
};

type Days = { readonly from: number; readonly until: number };
type ReportPart = { readonly number: number; readonly after: NonNullable<Report["next"]> | null };
const FIRST: ReportPart = { number: 1, after: null };

async function* reportBy(
  organization: ExportSource["organization"],
  by: (typeof REPORTED)[number],
  days: Days,
  begins: ReportPart,
): AsyncGenerator<Step> {
  const day = dayOf(days.from);
  let after: Report["next"] = begins.after;
  let number = begins.number;
  do {
    const report: Report = await organization.reportBy({ by, ...days, ...NOBODY, after });
    after = report.next ?? null;
    const text = `${JSON.stringify(presentReport({ by, ...days, report }), null, 2)}\n`;
    const file = number === 1 ? `by-${by}.json` : `by-${by}-${String(number).padStart(5, "0")}.json`;
    yield {
      file: { name: `reports/${day}/${file}`, lines: report.groups.length, text },
      goesOn: placeText("reports", day, by, number, after ?? ""),
    };
    number += 1;
  } while (after !== null);
}

/**
 * `before`: what is older follows. The rest: the calls that an earlier export ended in: whose, the next part, and the
 * position that it begins with.
 */
type Begun = { readonly before: number; readonly id: string; readonly part: number; readonly from: number };

function begunOf(after: string | null): Begun {
  const [before = Number.MAX_SAFE_INTEGER, id = "", part = 1, from = 0] = after?.split("/") ?? [];
  return { before: Number(before), id, part: Number(part), from: Number(from) };
}

/** Each has a time of creation of its own, so that its place stays if it is deleted. */
async function* callsOf(
  { batch, organizationId }: ExportSource,
  section: "direct-calls" | "batches",
  { id, createdAt }: { readonly id: string; readonly createdAt: number },
  begun: Begun,
): AsyncGenerator<Step> {
  let from: number | null = id === begun.id ? begun.from : 0;
  for (let part = id === begun.id ? begun.part : 1; from !== null; part += 1) {
    const page: Awaited<ReturnType<BatchRpc["callLines"]>> = await batch(id).callLines(id, organizationId, from);
    // It was deleted meanwhile.
    if (!page.ok && page.failure.kind === "not_found") return;
    const { lines, count, next } = valueIn(page);
    from = next;
    yield {
      file: { name: `${section}/${id}/calls-${String(part).padStart(5, "0")}.jsonl`, lines: count, text: lines },
      goesOn: next === null ? placeText(section, createdAt) : placeText(section, createdAt + 1, id, part + 1, next),
    };
  }
}
