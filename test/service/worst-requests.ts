/**
 * Requests that cost the service the most, each within what it accepts: a table of what `find-worst-request.ts` found and of
 * what each limit allows. A body is built when it is sent, and anew each time.
 */

import { crc32, deflateRawSync } from "node:zlib";
import { timeZones } from "../../src/window/time-zones.ts";
import { DEMO } from "../local/provision.ts";
import { API_VERSION } from "../local/wire.ts";

const MIB = 1_024 * 1_024;
const PEOPLE = 5_000;
/** Of a request; of one that brings or shows as many people as a batch may have. In ms of the processor. */
export const [BUDGET_MS, LARGEST_MS] = [250, 2_000];
/** As much as the body of a request without people may be. */
export const SMALL = 256 * 1_024;
/** As much as one with people may be. */
export const LARGE = 6 * MIB;

/** `batch`: 5,000 who wait, in every zone. `heavy`: as much metadata as one request brings. `filled`: people who were called. */
export type World = {
  readonly key: string;
  readonly operator: string;
  batch: string;
  heavy: string;
  filled: string;
  /** Of a person of `filled`. */
  call: string;
  recipient: string;
};
export type Sent = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | FormData };
export type WorstRequest = {
  readonly name: string;
  readonly method: string;
  readonly path: (world: World) => string;
  readonly sent?: (world: World) => Sent;
  /** It brings or shows as many people as a batch may have. */
  readonly isLargest?: boolean;
  /** Of the answer: the input is what its name says. */
  readonly status: number;
};

export const json = (body: unknown): Sent => ({
  headers: { "Content-Type": "application/json" },
  body: typeof body === "string" ? body : JSON.stringify(body),
});

/** The same text as often as it fits. */
export const filled = (limit: number, before: string, item: string, after: string): string => {
  const room = limit - before.length - after.length - item.length;
  return before + `${item},`.repeat(Math.max(0, Math.floor(room / (item.length + 1)))) + item + after;
};

const day = (index: number): string => new Date(Date.now() + index * 86_400_000).toISOString().slice(0, 10);
const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const window = (shift = 0) => ({
  timezone_mode: "recipient",
  windows: Array.from({ length: 50 }, (_, index) => ({
    days: WEEK,
    start: time(index * 28 + shift),
    end: time(index * 28 + shift + 14),
  })),
  excluded_dates: Array.from({ length: 400 }, (_, index) => day(index * 2)),
});
const policy = {
  max_attempts: 10,
  retry_on: ["dial_no_answer", "dial_busy", "dial_failed"],
  min_gap_minutes: 28,
  max_attempts_per_number_per_day: 2,
};

const zones = timeZones();
const numberOf = (index: number): string =>
  `+1${212 + Math.floor(index / 100)}55501${String(index % 100).padStart(2, "0")}`;
/** 90 values each: with them a body has nearly as many as it may. */
const valuesOf = (count: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index])));
const person = (index: number, values: string): string =>
  `{"to_number":"${numberOf(index)}","timezone":"${zones[index % zones.length]}","external_id":"e${index}","metadata":${values}}`;
function people(valuesEach: number): string {
  const values = valuesOf(valuesEach);
  return `[${Array.from({ length: PEOPLE }, (_, index) => person(index, values)).join(",")}]`;
}
const order = () => ({
  name: "The largest",
  agent_id: DEMO.agentId,
  from_number_id: DEMO.numberId,
  scheduled_at: new Date(Date.now() + 29 * 86_400_000).toISOString(),
  calling_window: window(),
  retry_policy: policy,
});
const withPeople = (fields: object, recipients: string): string =>
  `${JSON.stringify(fields).slice(0, -1)}${Object.keys(fields).length === 0 ? "" : ","}"recipients":${recipients}}`;
export const largest = (valuesEach = 90): string => withPeople(order(), people(valuesEach));

/** Letters with accents: each is two bytes, and three characters to take apart. */
export const heavy = (): string =>
  withPeople(
    order(),
    filled(LARGE / 2 - 30_000, "[", `{"to_number":"+12125550100","metadata":{"note":"${"é".repeat(7_000)}"}}`, "]"),
  );

export const form = (file: string | Uint8Array<ArrayBuffer>, fields: object = order()): Sent => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields))
    body.set(name, typeof value === "string" ? value : JSON.stringify(value));
  body.set("file", new Blob([file]), "people");
  return { body };
};

export const table = (columns: number, cell: string): string =>
  [
    ["to_number", ...Array.from({ length: columns - 1 }, (_, index) => `c${index}`)].join(","),
    ...Array.from({ length: PEOPLE }, (_, index) => `${numberOf(index)}${`,${cell}`.repeat(columns - 1)}`),
  ].join("\n");

/** A workbook whose sheet is this text; it has what is read of one, and nothing else. */
export function workbook(sheet: string): Uint8Array<ArrayBuffer> {
  const head = '<?xml version="1.0"?>';
  const related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const relations = (kind: string, target: string) =>
    `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${related}/${kind}" Target="${target}"/></Relationships>`;
  return zipped({
    "_rels/.rels": relations("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": `${head}<workbook xmlns:r="${related}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml"),
    "xl/worksheets/sheet1.xml": sheet,
  });
}

function zipped(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(text);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(text), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(Buffer.byteLength(text), 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, rest, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  const listed = Buffer.concat(directory);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...parts, listed, end]));
}

/** Cells as short as they can be, as many as come out of a workbook. */
export const sheetOf = (columns: number): string =>
  `<worksheet><sheetData>${Array.from({ length: PEOPLE }, (_, index) => `<row><c t="str"><v>${numberOf(index)}</v></c>${"<c><v>1</v></c>".repeat(columns - 1)}</row>`).join("")}</sheetData></worksheet>`;

const BATCHES = "/agents/calls/batches";
const at = (path: string) => () => path;
const ofBatch = (rest: string) => (world: World) => `${BATCHES}/${world.batch}${rest}`;
const ofHeavy = (rest: string) => (world: World) => `${BATCHES}/${world.heavy}${rest}`;
const ofFilled = (rest: string) => (world: World) => `${BATCHES}/${world.filled}${rest}`;

const unknownFields = `{${Array.from({ length: 20_000 }, (_, index) => `"f${index}":0`).join(",")}}`;
const destination = (index: number) => ({ to_number: numberOf(index), metadata: { note: "x".repeat(16_000) } });

/** Creates and previews take the same. */
const LISTS: readonly (readonly [name: string, status: 200 | 400, sent: () => Sent])[] = [
  ["5,000 people in every zone with 90 values each, 50 windows and 400 days off", 200, () => json(largest())],
  [
    "recipients that are none, as many as a body may have values",
    400,
    () => json(withPeople(order(), filled(720_000, "[", "{}", "]"))),
  ],
  ["the largest metadata that a body has room for", 200, () => json(heavy())],
  ["a file of 5,000 rows and 99 columns", 200, () => form(table(99, "x"))],
  ["a file of 5,000 rows and 200 columns", 400, () => form(table(200, "x"))],
  ["a file of 5,000 rows of quotation marks", 200, () => form(table(99, '"a""a"'))],
  ["a file of commas", 400, () => form(`${",".repeat(16_000)}\n`.repeat(Math.floor(LARGE / 16_001) - 2))],
  ["a file of empty lines", 400, () => form("\n".repeat(LARGE - 20_000))],
  [
    "a file of numbers with commas between them",
    200,
    () => form(Array.from({ length: PEOPLE }, (_, index) => numberOf(index)).join(",")),
  ],
  ["a file of one cell", 400, () => form(`"${"a".repeat(LARGE - 20_000)}`)],
  ["a workbook of 5,000 rows and 99 columns", 200, () => form(workbook(sheetOf(99)))],
  ["a workbook of 5,000 rows and 200 columns", 400, () => form(workbook(sheetOf(200)))],
  [
    "a workbook of empty cells",
    400,
    () => form(workbook(`<worksheet><sheetData><row>${"<c/>".repeat(4 * MIB - 100)}</row></sheetData></worksheet>`)),
  ],
];

export const WORST_REQUESTS: readonly WorstRequest[] = [
  ...LISTS.map(
    ([name, status, sent]): WorstRequest => ({
      name: `create: ${name}`,
      method: "POST",
      path: at(BATCHES),
      sent,
      isLargest: true,
      status: status === 200 ? 201 : status,
    }),
  ),
  ...LISTS.filter(([, status]) => status === 200).map(
    ([name, status, sent]): WorstRequest => ({
      name: `preview: ${name}`,
      method: "POST",
      path: at(`${BATCHES}/preview`),
      sent,
      isLargest: true,
      status,
    }),
  ),
  {
    name: "append: people who are there already",
    method: "POST",
    path: ofBatch("/recipients"),
    sent: () => json(withPeople({}, people(90))),
    isLargest: true,
    status: 200,
  },
  {
    name: "preview of a change: windows that are hardly ever open",
    method: "POST",
    path: ofBatch("/preview"),
    sent: () => json({ calling_window: window(7), retry_policy: policy }),
    isLargest: true,
    status: 200,
  },
  {
    name: "change: windows that are hardly ever open",
    method: "PATCH",
    path: ofBatch(""),
    sent: () => json({ calling_window: window(7), retry_policy: policy, allow_failures: true }),
    status: 200,
  },
  {
    name: "change: fields that are not known",
    method: "PATCH",
    path: ofBatch(""),
    sent: () => json(`{"calling_window":${unknownFields}}`),
    status: 400,
  },
  {
    name: "change: a window of dates that are none",
    method: "PATCH",
    path: ofBatch(""),
    sent: () =>
      json(filled(SMALL, '{"calling_window":{"timezone_mode":"recipient","windows":[],"excluded_dates":[', "0", "]}}")),
    status: 400,
  },
  { name: "get", method: "GET", path: ofBatch(""), isLargest: true, status: 200 },
  { name: "get with all attempts", method: "GET", path: ofFilled("?expand=attempts"), isLargest: true, status: 200 },
  { name: "recipients: a page", method: "GET", path: ofBatch("/recipients?limit=100"), status: 200 },
  {
    name: "recipients: text that nobody has",
    isLargest: true,
    method: "GET",
    path: ofBatch("/recipients?limit=100&q=k1%20zz"),
    status: 200,
  },
  {
    name: "recipients: 128 words that everybody has",
    method: "GET",
    path: ofBatch(`/recipients?limit=100&q=${Array(128).fill("1").join("%20")}%20`),
    status: 200,
  },
  {
    name: "recipients: words that everybody has, and one that nobody has",
    isLargest: true,
    method: "GET",
    path: ofBatch(`/recipients?limit=100&q=${Array(100).fill("1").join("%20")}%20k8`),
    status: 200,
  },
  {
    name: "recipients: text that nobody has, in accented metadata",
    method: "GET",
    path: ofHeavy("/recipients?limit=100&q=zz"),
    isLargest: true,
    status: 200,
  },
  {
    name: "export of the most metadata",
    method: "GET",
    path: ofHeavy("/recipients.csv"),
    isLargest: true,
    status: 200,
  },
  { name: "get with the most metadata", method: "GET", path: ofHeavy(""), isLargest: true, status: 200 },
  {
    name: "recipients: outcomes of everybody",
    method: "GET",
    path: ofFilled("/recipients?limit=1&outcome=busy"),
    status: 200,
  },
  { name: "export", method: "GET", path: ofBatch("/recipients.csv"), isLargest: true, status: 200 },
  {
    name: "export: those with some text",
    method: "GET",
    path: ofBatch("/recipients.csv?q=89"),
    isLargest: true,
    status: 200,
  },
  {
    name: "calls of an agent",
    method: "GET",
    path: at(`/agents/calls?agent_id=${DEMO.agentId}&limit=100`),
    status: 200,
  },
  {
    name: "calls of a batch",
    method: "GET",
    path: (world) => `/agents/calls?batch_id=${world.filled}&limit=100`,
    status: 200,
  },
  { name: "retry", method: "POST", path: ofFilled("/retry"), sent: () => json({}), status: 200 },
  { name: "cancel", method: "POST", path: ofFilled("/cancel"), status: 200 },
  {
    name: "direct calls: 100 that are refused",
    method: "POST",
    path: at("/agents/calls"),
    sent: () =>
      json({
        agent_id: "agent_none",
        from_number_id: DEMO.numberId,
        outbound_calls: Array.from({ length: 100 }, (_, index) => destination(index)),
      }),
    status: 404,
  },
  {
    name: "direct calls: destinations that are none",
    method: "POST",
    path: at("/agents/calls"),
    sent: () => json(filled(2 * MIB - 100, '{"outbound_calls":[', '"a"', "]}")),
    status: 400,
  },
  {
    name: "do-not-call: 10,000 numbers",
    isLargest: true,
    method: "POST",
    path: at("/agents/do-not-call"),
    sent: () => json({ numbers: Array.from({ length: 10_000 }, (_, index) => `+4930${String(7_000_000 + index)}`) }),
    status: 201,
  },
  {
    name: "do-not-call: a file",
    isLargest: true,
    method: "POST",
    path: at("/agents/do-not-call"),
    sent: () =>
      form(
        Array.from({ length: 10_000 }, (_, index) => `+4930${String(7_000_000 + index)}${",x".repeat(45)}`).join("\n"),
        {},
      ),
    status: 201,
  },
  { name: "do-not-call: the list", method: "GET", path: at("/agents/do-not-call?limit=100"), status: 200 },
  { name: "do-not-call: export", isLargest: true, method: "GET", path: at("/agents/do-not-call.csv"), status: 200 },
  ...(
    [
      ["POST", "/agents/webhooks", "events"],
      ["POST", "/agents", "connection"],
      ["POST", "/agents/phone-numbers/providers", "regions"],
      ["POST", "/agents/phone-numbers", "provider"],
      ["POST", "/admin/organizations", "calling_window"],
    ] as const
  ).flatMap(([method, path, field]): WorstRequest[] => [
    {
      name: `${path}: a list for ${field}`,
      method,
      path: at(path),
      sent: () => json(filled(SMALL, `{"${field}":[`, "{}", "]}")),
      status: 400,
    },
    {
      name: `${path}: fields that are not known`,
      method,
      path: at(path),
      sent: () => json(unknownFields),
      status: 400,
    },
    {
      name: `${path}: a long name`,
      method,
      path: at(path),
      sent: () => json(`{"name":"${"a ".repeat(130_000)}"}`),
      status: 400,
    },
  ]),
  {
    name: "organization: a window",
    method: "PATCH",
    path: at(`/admin/organizations/${DEMO.organizationId}`),
    sent: () => json({ calling_window: window(), min_gap_minutes: 1 }),
    status: 200,
  },
  {
    name: "mcp: no message of the protocol",
    method: "POST",
    path: at("/mcp"),
    sent: () => mcp(filled(SMALL, "[", "{}", "]")),
    status: 400,
  },
  {
    name: "mcp: the largest batch",
    method: "POST",
    path: at("/mcp"),
    sent: () =>
      mcp(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_batch","arguments":${largest(30)}}}`),
    isLargest: true,
    status: 200,
  },
  ...(
    [
      ["cartesia", true],
      ["http", true],
      ["jambonz", false],
      ["livekit", true],
      ["telnyx", false],
      ["twilio", false],
    ] as const
  ).flatMap(([carrier, hasShared]): WorstRequest[] => [
    {
      name: `callback of ${carrier}: JSON`,
      status: hasShared ? 204 : 403,
      method: "POST",
      path: at(`/callbacks/${carrier}`),
      sent: () => json(filled(64 * 1_024, '{"data":[', "{}", "]}")),
    },
    {
      name: `callback of ${carrier}: a form`,
      status: 403,
      method: "POST",
      path: at(`/callbacks/${carrier}/ac_${"1".repeat(22)}/${"t".repeat(22)}`),
      sent: () => ({ headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "a=%20&".repeat(10_900) }),
    },
  ]),
];

function mcp(body: string): Sent {
  return { headers: { "Content-Type": "application/json", Accept: "application/json, text/event-stream" }, body };
}

export const headersOf = (world: World, path: string): Record<string, string> =>
  path.startsWith("/admin")
    ? { Authorization: `Bearer ${world.operator}` }
    : {
        "X-API-Key": world.key,
        "Cartesia-Version": API_VERSION,
        Accept: "application/json, text/event-stream",
      };
