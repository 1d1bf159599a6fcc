/**
 * `node test/service/find-worst-request.ts [seconds]`: looks for requests that cost the service more than those of
 * `worst-requests.ts`, and prints the most expensive one of each route that it has found. Linux only.
 */

import { MeasuredService } from "./processor.ts";
import { Cleanup } from "./support.ts";
import {
  filled,
  form,
  ITEMS,
  json,
  LARGE,
  type Sent,
  SMALL,
  sheetOf,
  table,
  WORST_REQUESTS,
  type WorstRequest,
  workbook,
} from "./worst-requests.ts";

const seconds = Number(process.argv[2] ?? 300);
const pick = <T>(values: readonly T[]): T => {
  const one = values[Math.floor(Math.random() * values.length)];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
};

/** The fields of each body that hold more than one value, and its limit. */
const FIELDS: Readonly<Record<string, readonly [limit: number, fields: readonly string[]]>> = {
  "/agents/calls/batches": [LARGE, ["recipients", "calling_window", "retry_policy", "name", "circuit_breaker"]],
  "/agents/calls": [LARGE / 4, ["outbound_calls", "agent_id"]],
  "/agents/do-not-call": [LARGE, ["numbers", "reason"]],
  "/agents/webhooks": [SMALL, ["events", "url", "secret", "display_name"]],
  "/agents/phone-numbers/providers": [SMALL, ["regions", "outbound", "headers", "label"]],
  "/agents/phone-numbers": [SMALL, ["provider", "number", "label"]],
  "/agents": [SMALL, ["connection", "name", "metadata"]],
  "/admin/organizations": [SMALL, ["calling_window", "name", "region"]],
};
const WITHIN = ["excluded_dates", "windows", "retry_on", "intervals_minutes", "metadata", "timezone", "to_number"];
/** A file that is cut off is another file. */
const FORM_BYTES = 40_000;
const CELLS = ["", "x", '"a""a"', "1", " ", "+1", "=1", "é"];
const COLUMNS = [1, 2, 20, 60, 100, 200];

function wideBody(path: string): readonly [what: string, sent: Sent] {
  const [most, fields] = FIELDS[path] ?? [SMALL, ["name"]];
  const [field, within, item] = [pick(fields), pick(WITHIN), pick(ITEMS)];
  // As many values as a body may have, at most.
  const limit = Math.min(most, pick([0.1, 0.5, 1]) * 490_000 * (item.length + 1));
  const [before, after] = pick([
    [`{"${field}":[`, "]}"],
    [`{"${field}":{"${within}":[`, "]}}"],
    [`{"${field}":[{"${within}":[`, "]}]}"],
    [`{"${field}":"`, '"}'],
  ] as const);
  const text = after.startsWith('"') ? item.replaceAll('"', "").replaceAll("\\", "") || "a" : item;
  return [`${before}${text}…${after} of ${Math.round(limit)} bytes`, json(filled(limit, before, text, after))];
}

function file(): readonly [what: string, sent: Sent] {
  const [columns, cell] = [pick(COLUMNS), pick(CELLS)];
  if (Math.random() < 0.3) return [`a workbook of ${columns} columns`, form(workbook(sheetOf(columns)))];
  const text = pick([
    () => table(columns, cell),
    () => {
      const row = `${`${cell},`.repeat(columns)}\n`;
      return row.repeat(Math.floor((LARGE - FORM_BYTES) / row.length));
    },
    () => `${cell},`.repeat(Math.floor((LARGE - FORM_BYTES) / (cell.length + 1) / 4)),
  ])();
  return [`a file of ${columns} columns of ${JSON.stringify(cell)}`, form(text.slice(0, LARGE - FORM_BYTES))];
}

function random(): WorstRequest {
  const path = pick(Object.keys(FIELDS));
  const takesFiles = path === "/agents/calls/batches" || path === "/agents/do-not-call";
  const [what, sent] = takesFiles && Math.random() < 0.5 ? file() : wideBody(path);
  return { name: `${path}: ${what}`, method: "POST", path: () => path, sent: () => sent, status: 0 };
}

const cleanup = new Cleanup();
const worst = new Map<string, number>();
try {
  const service = await MeasuredService.start(cleanup);
  const look = async (request: WorstRequest): Promise<void> => {
    const route = `${request.method} ${request
      .path(service.world)
      .replace(/acb_\w+/, ":batch_id")
      .replace(/\?.*/, "")}`;
    const { ms, status } = await service.measure(request);
    if (ms <= (worst.get(route) ?? 0)) return;
    worst.set(route, ms);
    console.log(String(ms).padStart(6), "ms", status, route, "|", request.name);
  };
  for (const request of WORST_REQUESTS) await look(request);
  for (const until = Date.now() + seconds * 1_000; Date.now() < until; ) await look(random());
} finally {
  await cleanup.run();
}
