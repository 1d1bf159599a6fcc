/**
 * Any operation with the largest possible input, from a seed. The same seed makes the same request, so findings are
 * kept as numbers (`worst-found.ts`). Operations and their inputs come from the product itself.
 */

import type { Operation } from "../../src/api/operation.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import { present } from "../../src/calling/requests/assert.ts";
import { signedToken } from "../../src/calling/secrets/signed-token.ts";
import { DEMO } from "../local/provision.ts";
import { DEMO_SECRETS } from "../local/secrets.ts";
import { Chance } from "../simulator/platform/chance.ts";
import {
  filled,
  form,
  json,
  LARGE,
  type Sent,
  SMALL,
  sheetOf,
  table,
  type World,
  type WorstRequest,
  workbook,
} from "./worst-requests.ts";

const KIB = 1_024;
/** By the operation's id; all others take `SMALL`. */
const LIMITS: Readonly<Record<string, number>> = {
  createBatch: LARGE,
  previewBatch: LARGE,
  appendRecipients: LARGE,
  addDoNotCall: LARGE,
  createCalls: 2_048 * KIB,
  serveMcp: 2_048 * KIB,
  receiveStatus: 64 * KIB,
  receiveEvent: 64 * KIB,
  receiveShared: 64 * KIB,
};
/** They bring, go through or show a whole list. */
const LARGEST: readonly string[] = [
  ...["createBatch", "previewBatch", "appendRecipients", "getBatch", "exportRecipients", "listRecipients"],
  ...["addDoNotCall", "exportDoNotCall"],
];
/** A WebSocket; and what would leave another world to the next request. */
const LEFT_OUT: readonly string[] = ["watchBatch", "resealSecrets", "changeOrganization"];
const ENDS_A_BATCH: readonly string[] = ["cancelBatch", "retryBatch"];

/** What stands where a value belongs: many of the same, deep, long, of the wrong kind. */
const ITEMS = [
  ...["{}", "[]", "0", '"a"', '""', "null", '{"a":0}', '"2026-12-01"', '"mon"', '"dial_busy"', '"call_completed"'],
  ...[
    '"\\u0000"',
    '"é"',
    '{"to_number":"+12125550100"}',
    '"+12125550100"',
    '"Europe/Berlin"',
    "[[[[[[1]]]]]]",
    "1e308",
  ],
  ...['{"days":["mon"],"start":"09:00","end":"17:00"}', '{"to_number":"+12125550100","metadata":{"a":"b"}}'],
];
const WITHIN = ["excluded_dates", "windows", "retry_on", "intervals_minutes", "metadata", "timezone", "to_number", "a"];
const VALUES = [
  ...["1", "10", "100", "0", "a", "5", "55", "+1", "%", "_", "é", "completed", "queued", "busy", "true", "attempts"],
  ...["queued,dispatched,completed,failed,cancelled", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "x".repeat(256)],
  ...["5".repeat(256), "listed", "all", "removed", "semicolon", "twilio", "+12125550100", "e7", "e4999"],
];
const CURSOR = /_(after|before)$/;
/** By the parameter: what it takes. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  limit: ["1", "100", "100"],
  status: ["queued", "failed,completed", "queued,dispatched,completed,failed,cancelled", "listed", "removed", "all"],
  outcome: ["busy", "no_answer", "completed", "busy,no_answer"],
  q: ["1", "5", "89", "+1", "a", "é", "%", "x".repeat(256), "5".repeat(200)],
  expand: ["attempts"],
  external_id: ["e7", "e4999", "none"],
  agent_id: [DEMO.agentId],
  provider_id: [DEMO.providerId],
  number: ["+12125550100"],
  type: ["twilio"],
  separator: ["comma", "semicolon", "tab"],
  bom: ["true", "false"],
  start_time_gte: ["2026-01-01T00:00:00Z"],
  start_time_lte: ["2030-01-01T00:00:00Z"],
};
/** A file that is cut off is another file. */
const FORM_BYTES = 40_000;
const CELLS = ["", "x", '"a""a"', "1", " ", "+1", "=1", "é", "'", '"'];
const COLUMNS = [1, 2, 20, 60, 99, 100, 200];
const CARRIERS = ["twilio", "telnyx", "livekit", "jambonz", "http", "cartesia"];

const OPERATIONS_TRIED = OPERATIONS.filter(({ id }) => !LEFT_OUT.includes(id));

export type RandomRequest = WorstRequest & { readonly operation: string };

/** `id`: of its operation, whichever the seed would choose: so a new operation changes no other's requests. */
export function randomRequest(seed: number, id?: string): RandomRequest {
  const chance = new Chance(seed);
  const chosen = chance.one("operation", OPERATIONS_TRIED);
  const operation =
    id === undefined
      ? chosen
      : present(
          OPERATIONS_TRIED.find((one) => one.id === id),
          `there is ${id}`,
        );
  const query = queryOf(operation, chance);
  const path = pathOf(operation, chance);
  const [what, sent] = sentOf(operation, chance);
  return {
    operation: operation.id,
    name: `${operation.method} ${operation.path}: ${[query, what].filter(Boolean).join(", ")}`,
    method: operation.method,
    path: (world) => path(world) + query,
    ...(sent === null ? {} : { sent: () => sent() }),
    isLargest: LARGEST.includes(operation.id),
    status: 0,
  };
}

function pathOf({ id, method, path }: Operation, chance: Chance): (world: World) => string {
  const carrier = chance.one("carrier", CARRIERS);
  const which = chance.one("batch", ["batch", "heavy", "filled"] as const);
  const isDeleted = method === "DELETE";
  return (world) => {
    const parts: Readonly<Record<string, string>> = {
      batch_id: ENDS_A_BATCH.includes(id) ? world.filled : world[which],
      recipient_id: world.recipient,
      call_id: world.call,
      agent_id: isDeleted ? "agent_none" : DEMO.agentId,
      phone_number_id: isDeleted ? "ap_none" : DEMO.numberId,
      provider_id: isDeleted ? "app_none" : DEMO.providerId,
      webhook_id: "webhook_1111111111111111111111",
      delivery_id: "evt_1111111111111111111111",
      organization_id: DEMO.organizationId,
      key_id: "key_1111111111111111111111",
      number: "+12125550100",
      carrier,
      token: signedToken([DEMO_SECRETS.encryptionKey], world.call, "1".repeat(22)),
      event: "agent-closed",
    };
    return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(parts[name] ?? "none"));
  };
}

function queryOf({ query }: Operation, chance: Chance): string {
  const names = Object.keys(query?.shape ?? {}).filter(
    (name) => chance.share("has") < (CURSOR.test(name) ? 0.05 : 0.5),
  );
  const given = names.map((name): [string, string] => [
    name,
    chance.share("odd") < 0.1 ? chance.one("value", VALUES) : chance.one(name, TAKEN[name] ?? VALUES),
  ]);
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

type What = readonly [what: string, sent: (() => Sent) | null];

function sentOf({ id, body, form: taken }: Operation, chance: Chance): What {
  if (body === undefined) return ["", null];
  if (taken !== undefined && chance.share("form") < 0.4) return fileOf(chance);
  if (body.mediaType !== undefined && body.mediaType !== "application/json") return formBody(chance);
  const limit = Math.min(LIMITS[id] ?? SMALL, chance.one("size", [0.1, 0.5, 1]) * 490_000 * 12);
  const example = body.example as Readonly<Record<string, unknown>>;
  const known = Object.keys((body.schema as { shape?: object }).shape ?? example);
  const item = chance.one("item", ITEMS);
  if (chance.share("unknown") < 0.1) {
    const count = Math.floor(limit / 12);
    return ["fields that are not known", () => json(`{${filled(limit - 2, "", '"f":0', "")}}`.slice(0, count * 12))];
  }
  const field = chance.one("field", [...new Set([...known, ...Object.keys(example)])]);
  const within = chance.one("within", WITHIN);
  const [before, after] = chance.one("place", [
    ["[", "]"],
    [`{"${within}":[`, "]}"],
    [`[{"${within}":[`, "]}]"],
    [`[{"to_number":"+12125550100","metadata":{"a":[`, "]}}]"],
    ['"', '"'],
  ] as const);
  const { [field]: _, ...others } = example;
  const rest = chance.share("rest") < 0.7 && typeof example === "object" ? JSON.stringify(others).slice(1, -1) : "";
  const head = `{${rest}${rest === "" ? "" : ","}"${field}":${before}`;
  const text = before === '"' ? item.replaceAll('"', "").replaceAll("\\", "") || "a" : item;
  const most = Math.min(limit, 490_000 * (text.length + 1));
  return [`${field}: ${before}${text}…${after}, ${most} bytes`, () => json(filled(most, head, text, `${after}}`))];
}

function fileOf(chance: Chance): What {
  const [columns, cell] = [chance.one("columns", COLUMNS), chance.one("cell", CELLS)];
  const kind = chance.one("file", ["workbook", "table", "rows", "one row", "one cell"] as const);
  const row = `${`${cell},`.repeat(columns)}\n`;
  const text = {
    workbook: () => form(workbook(sheetOf(columns))),
    table: () => form(table(columns, cell).slice(0, LARGE - FORM_BYTES)),
    rows: () => form(row.repeat(Math.floor((LARGE - FORM_BYTES) / row.length))),
    "one row": () => form(`${cell},`.repeat(Math.floor((LARGE - FORM_BYTES) / (cell.length + 1) / 4))),
    "one cell": () => form((cell || "y").repeat(Math.floor((LARGE - FORM_BYTES) / (cell || "y").length))),
  }[kind];
  return [`a file (${kind}) of ${columns} columns of ${JSON.stringify(cell)}`, text];
}

function formBody(chance: Chance): What {
  const pair = chance.one("pair", ["a=%20&", "CallStatus=completed&", "CallSid=CA&", "&", "=", "a&"]);
  const body = pair.repeat(Math.floor((63 * KIB) / pair.length));
  const headers = { "Content-Type": chance.one("type", ["application/x-www-form-urlencoded", "application/json"]) };
  return [`${pair} ${body.length} bytes`, () => ({ headers, body })];
}
