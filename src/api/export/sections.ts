/** What an export of an organization has, part by part. Long lists come in parts, newest first. */

import type { BatchRpc } from "../../batch/rpc.ts";
import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import type { Result } from "../../calling/requests/result.ts";
import type { BatchFilter } from "../../organization/batches/batch-search.ts";
import type { OrganizationRpc, Report, ReportDimension } from "../../organization/rpc.ts";
import { presentBatch } from "../answers/calls/batch.ts";
import { presentWebhook } from "../answers/calls/webhook.ts";
import { presentAct } from "../answers/organization/audit.ts";
import { presentMember } from "../answers/organization/member.ts";
import { presentApiKey, presentOrganization } from "../answers/organization/organization.ts";
import { presentDoNotCall, presentErasure } from "../answers/organization/people.ts";
import { presentPriceList } from "../answers/organization/prices.ts";
import { presentReport } from "../answers/organization/report.ts";
import { presentAgent, presentPhoneNumber, presentProvider } from "../answers/organization/telephony.ts";
import type { Step } from "./tar.ts";

/** The objects that an export asks. `batch`: the object of a batch or of direct calls, by its id. */
export type ExportSource = {
  readonly organization: Pick<
    OrganizationRpc,
    | "describe"
    | "directPools"
    | "listAgents"
    | "listApiKeys"
    | "listBatches"
    | "listDoNotCall"
    | "listErasures"
    | "listActs"
    | "listMembers"
    | "listPhoneNumbers"
    | "listPrices"
    | "listProviders"
    | "listWebhooks"
    | "reportBy"
  >;
  readonly organizationId: string;
  readonly batch: (id: string) => Pick<BatchRpc, "callLines">;
};

/** The order in the export. An export that goes on begins with one of them. */
export const SECTIONS = ["settings", "reports", "do-not-call", "erasures", "audit", "direct-calls", "batches"] as const;
export type Section = (typeof SECTIONS)[number];
/** `after`: the last item that an earlier export had; empty: none. */
export type Place = { readonly section: Section; readonly after: string };

export const placeText = ({ section, after }: Place): string => `${section}:${after}`;
/** Null if it is no place. */
export function placeOf(text: string): Place | null {
  const [named, after] = [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1)];
  const section = SECTIONS.find((one) => one === named);
  const isPlace = section !== undefined && (section !== "direct-calls" || /^\d*$/.test(after));
  return isPlace ? { section, after } : null;
}

/** In one message from the organization. */
const ITEMS_AT_ONCE = 500;
const DAY_MS = 24 * 60 * 60 * 1_000;
const YEAR_DAYS = 366;
const REPORTED: readonly ReportDimension[] = ["day", "batch", "agent", "number", "provider", "country"];

/** Throws a `Refused` if something cannot be read. */
export async function* exportSteps(source: ExportSource, from: Place): AsyncGenerator<Step> {
  const first = SECTIONS.indexOf(from.section);
  for (const section of SECTIONS.slice(first)) {
    const after = section === from.section && from.after !== "" ? from.after : null;
    yield* READ[section](source, after);
  }
}

/** What an object refuses, as of a place that does not exist. */
export class Refused extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`it could not be read on: ${failure.kind}`);
    this.failure = failure;
  }
}
function valueIn<T>(result: Result<T, Failure>): T {
  if (result.ok) return result.value;
  throw new Refused(result.failure);
}

type Read = (source: ExportSource, after: string | null) => AsyncGenerator<Step>;
type Items<Value> = (request: PageRequest) => Promise<Result<Page<Value>, Failure>>;

const linesOf = (items: readonly object[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join("");

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
    yield { file, goesOn: placeText({ section, after: last.id }) };
    startingAfter = nextPage;
  } while (startingAfter !== null);
}

/** A list that is one file: what somebody has set up. */
async function whole<Value>(name: string, list: Items<Value>, present: (value: Value) => object): Promise<Step> {
  const items: object[] = [];
  let startingAfter: string | null = null;
  do {
    const page: Page<Value> = valueIn(await list({ limit: ITEMS_AT_ONCE, startingAfter, endingBefore: null }));
    items.push(...page.data.map(present));
    startingAfter = page.nextPage;
  } while (startingAfter !== null);
  return setting(`${name}.jsonl`, linesOf(items), items.length);
}

/** They come first, and are never what an export goes on with. */
const setting = (name: string, text: string, lines: number): Step => ({
  file: { name, lines, text },
  goesOn: placeText({ section: "reports", after: "" }),
});

const ANY_NUMBER = { text: "", agentId: null, providerId: null, type: null };
const ANY_ACT = { resourceId: null, byId: null, kind: null, from: null, until: null };
const ANY_ENTRY = { status: "all", text: null, number: null } as const;
const ANY_TIME = { from: null, until: null };
const ANY_BATCH: BatchFilter = {
  agentId: null,
  statuses: [],
  words: [],
  created: ANY_TIME,
  starts: ANY_TIME,
  sort: "newest",
};

const READ: Readonly<Record<Section, Read>> = {
  async *settings({ organization }) {
    const profile = valueIn(await organization.describe());
    yield setting("organization.json", `${JSON.stringify(presentOrganization(profile), null, 2)}\n`, 1);
    yield whole("agents", (page) => organization.listAgents(page), presentAgent);
    yield whole("phone-numbers", (page) => organization.listPhoneNumbers(ANY_NUMBER, page), presentPhoneNumber);
    const providers = await organization.listProviders({ text: "", type: null, accountSid: null });
    yield setting("providers.jsonl", linesOf(providers.map(presentProvider)), providers.length);
    const prices: object[] = [];
    for (const { id } of providers) {
      const lists = await organization.listPrices(id);
      // It was deleted meanwhile.
      if (lists.ok) prices.push(...lists.value.map((list) => ({ provider_id: id, ...presentPriceList(list) })));
    }
    yield setting("prices.jsonl", linesOf(prices), prices.length);
    yield whole("webhooks", (page) => organization.listWebhooks(page), presentWebhook);
    yield whole("keys", (page) => organization.listApiKeys(page), presentApiKey);
    yield whole("members", (page) => organization.listMembers(page), presentMember);
  },

  async *reports({ organization }) {
    const { createdAt } = valueIn(await organization.describe());
    const nobody = { agentId: null, numberId: null, providerId: null, batchId: null, country: null };
    // A callee's day may begin before the same day by UTC, and end after it.
    const last = Math.floor(Date.now() / DAY_MS) + 2;
    for (let from = Math.floor(createdAt / DAY_MS) - 1; from < last; from += YEAR_DAYS) {
      const days = { from, until: Math.min(from + YEAR_DAYS, last) };
      const name = new Date(from * DAY_MS).toISOString().slice(0, 10);
      for (const by of REPORTED) {
        let after: Report["next"] = null;
        for (let part = 1; part === 1 || after !== null; part += 1) {
          const report: Report = await organization.reportBy({ by, ...days, ...nobody, after });
          after = report.next ?? null;
          const text = `${JSON.stringify(presentReport({ by, ...days, report }), null, 2)}\n`;
          const file = part === 1 ? `by-${by}.json` : `by-${by}-${String(part).padStart(5, "0")}.json`;
          yield {
            file: { name: `reports/${name}/${file}`, lines: report.groups.length, text },
            goesOn: placeText({ section: "do-not-call", after: "" }),
          };
        }
      }
    }
  },

  "do-not-call": ({ organization }, after) =>
    parts("do-not-call", after, (page) => organization.listDoNotCall(ANY_ENTRY, page), presentDoNotCall),
  erasures: ({ organization }, after) =>
    parts("erasures", after, (page) => organization.listErasures(page), presentErasure),
  audit: ({ organization }, after) => parts("audit", after, (page) => organization.listActs(ANY_ACT, page), presentAct),

  async *"direct-calls"(source, after) {
    let before = after === null ? Number.MAX_SAFE_INTEGER : Number(after);
    for (;;) {
      const pools = await source.organization.directPools(before, ITEMS_AT_ONCE);
      for (const { id, createdAt } of pools) {
        yield* callsOf(source, "direct-calls", id, { again: String(before), next: String(createdAt) });
        before = createdAt;
      }
      if (pools.length < ITEMS_AT_ONCE) return;
    }
  },

  async *batches(source, after) {
    let startingAfter = after;
    do {
      const request = { limit: ITEMS_AT_ONCE, startingAfter, endingBefore: null };
      const page: Page<BatchSummary> = valueIn(await source.organization.listBatches(request, ANY_BATCH));
      let before = startingAfter ?? "";
      for (const batch of page.data) {
        const text = `${JSON.stringify(presentBatch(batch), null, 2)}\n`;
        yield {
          file: { name: `batches/${batch.id}/batch.json`, lines: 1, text },
          goesOn: placeText({ section: "batches", after: before }),
        };
        yield* callsOf(source, "batches", batch.id, { again: before, next: batch.id });
        before = batch.id;
      }
      startingAfter = page.nextPage;
    } while (startingAfter !== null);
  },
};

/** Where an export goes on that ends in the midst of these calls, with all of them `again`, or after them with the `next`. */
type GoesOn = { readonly again: string; readonly next: string };

async function* callsOf(
  { batch, organizationId }: ExportSource,
  section: "direct-calls" | "batches",
  id: string,
  { again, next: after }: GoesOn,
): AsyncGenerator<Step> {
  let from: number | null = 0;
  for (let part = 1; from !== null; part += 1) {
    const page: Awaited<ReturnType<BatchRpc["callLines"]>> = await batch(id).callLines(id, organizationId, from);
    // It was deleted meanwhile.
    if (!page.ok && page.failure.kind === "not_found") return;
    const { lines, count, next } = valueIn(page);
    from = next;
    yield {
      file: { name: `${section}/${id}/calls-${String(part).padStart(5, "0")}.jsonl`, lines: count, text: lines },
      goesOn: placeText({ section, after: next === null ? after : again }),
    };
  }
}
