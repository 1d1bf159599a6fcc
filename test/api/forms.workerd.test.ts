/** `POST /agents/calls/batches` as `multipart/form-data`: the recipients in a CSV file, everything else as with JSON. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Batch, type Failed, numbers, TestService } from "../support/service.ts";
import { workbookOf } from "../support/workbook.ts";
import { fetchWorker } from "../support/worker.ts";

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(async () => {
  await service.stop();
});

const FIELDS = { name: "From a file", agent_id: "agent_test", from_number_id: "ap_test" };
const later = { scheduled_at: new Date(Date.now() + 3_600_000).toISOString() };
type Fields = Readonly<Record<string, string | Blob | null>>;

function formOf(file: string | Blob | null, fields: Fields = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...FIELDS, ...fields })) if (value !== null) form.append(name, value);
  if (file !== null) form.append("file", typeof file === "string" ? new File([file], "people.csv") : file);
  return form;
}

async function send<T = Batch>(
  body: BodyInit,
  headers: Record<string, string> = {},
  by: TestService = service,
): Promise<Answer<T>> {
  const response = await fetchWorker(
    new Request(`https://${by.host}/agents/calls/batches`, {
      method: "POST",
      headers: { "x-api-key": by.key, "cartesia-version": "2026-03-01", ...headers },
      body,
    }),
  );
  return { status: response.status, headers: response.headers, body: (await response.json()) as T };
}
/** Only which there are: those of the tests before may still be dialing. */
const listed = async () =>
  (await service.api<{ data: Batch[] }>("GET", "/agents/calls/batches?limit=100")).body.data.map(({ id }) => id);

/** Refused, and nothing was stored. */
async function refused(form: FormData): Promise<Failed> {
  const before = await listed();
  const { status, body } = await send<Failed>(form);
  expect(status).toBe(400);
  expect(await listed()).toEqual(before);
  return body;
}
const issuesOf = async (form: FormData) =>
  ((await refused(form)).issues ?? []).map(({ path, message }) => [path, message]);

describe("more people in a file", () => {
  const append = async <T>(id: string, form: FormData): Promise<Answer<T>> => {
    const response = await fetchWorker(
      new Request(`https://${service.host}/agents/calls/batches/${id}/recipients`, {
        method: "POST",
        headers: { "x-api-key": service.key, "cartesia-version": "2026-03-01" },
        body: form,
      }),
    );
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  };
  const fileOf = (file: string, fields: Readonly<Record<string, string>> = {}): FormData => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ file, ...fields })) form.append(name, value);
    return form;
  };

  it("come into a batch as the same list in JSON would, each once", async () => {
    const { id } = (await send(formOf("to_number,external_id\n+14155560100,A-1\n", later))).body;
    const file =
      "Phone;external_id;first_name\n(415) 556-0101;A-1;Ada\n(415) 556-0102;A-2;Grace\n(415) 556-0100;;Alan\n";
    const added = await append(id, fileOf(file, { default_country: "US" }));
    expect(added).toMatchObject({
      status: 200,
      body: { appended_recipients: 1, skipped_external_ids: 1, skipped_duplicates: 1, total_calls_scheduled: 2 },
    });
    const { recipients } = (await service.api<Batch>("GET", `/agents/calls/batches/${id}`)).body;
    expect(recipients[1]).toMatchObject({
      to_number: "+14155560102",
      external_id: "A-2",
      metadata: { first_name: "Grace" },
    });
    expect((await append(id, fileOf("number\n+14155560100\n", { on_duplicate: "allow" }))).body).toMatchObject({
      appended_recipients: 1,
    });
  });

  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    ["a number that is none", "to_number\n+14155560103\nnobody\n", {}, "file[3].to_number"],
    [
      "an id that stands on it twice",
      "to_number,external_id\n+14155560103,B\n+14155560104,B\n",
      {},
      "file[3].external_id",
    ],
    ["a number that is there", "to_number\n+14155560100\n", { on_duplicate: "reject" }, "file[2].to_number"],
    ["recipients beside it", "to_number\n+14155560103\n", { recipients: "[]" }, "recipients"],
    ["a country that there is not", "to_number\n+14155560103\n", { default_country: "XX" }, "default_country"],
    ["no number's column", "name\nAda\n", {}, "number_column"],
  ])("are refused by their line, and nobody is added, with %s", async (_, file, fields, path) => {
    const { id } = (await send(formOf("to_number\n+14155560100\n", later))).body;
    const { status, body } = await append<Failed>(id, fileOf(file, fields));
    expect([status, body.issues?.map((issue) => issue.path)]).toEqual([400, [path]]);
    expect((await service.api<Batch>("GET", `/agents/calls/batches/${id}`)).body.recipients).toHaveLength(1);
  });
});

describe("a file", () => {
  it("is dialed as the same list in JSON would be", async () => {
    const file = "\ufeffPhone;first_name;timezone\r\n+1 415-556-0000;Ada;Europe/Berlin\r\n\r\n+15005550002;Grace;\r\n";
    const created = await send(formOf(file, { target_concurrency_limit: "2", ringing_timeout_seconds: "30" }));
    expect(created).toMatchObject({ status: 201, body: { name: "From a file", target_concurrency_limit: 2 } });
    const batch = await service.finished(created.body.id);
    expect(batch.recipients).toMatchObject([
      { to_number: "+14155560000", status: "completed", metadata: { first_name: "Ada" } },
      { to_number: "+15005550002", status: "failed", metadata: { first_name: "Grace" } },
    ]);
  });

  it("comes with every field that JSON takes: text as it is, the others as JSON; empty ones are not given", async () => {
    const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
    const calling_window = { timezone_mode: "recipient", windows: [{ days: ["mon"], start: "09:00", end: "17:00" }] };
    const form = formOf("phone\n(415) 556-0000\n415.556.0000\n", {
      default_country: "us",
      on_duplicate: "skip",
      scheduled_at,
      max_call_duration_minutes: "5",
      target_concurrency_limit: "",
      region: "",
      retry_policy: '{"max_attempts": 2, "retry_on": ["dial_busy"]}',
      calling_window: JSON.stringify(calling_window),
      something_else: "x",
    });
    const { status, body } = await send<Batch & { skipped_duplicates: number }>(form);
    expect([status, body.skipped_duplicates, body.total_calls_scheduled]).toEqual([201, 1, 1]);
    expect(await service.batch(body.id)).toMatchObject({ scheduled_at, calling_window });
  });

  it.each<[string, () => Blob, object]>([
    [
      "Windows-1252, as Excel writes CSV",
      () =>
        new Blob([
          Uint8Array.from("Kundennummer;Name;Telefon\r\n4001;J\u00fcrg;+14155560000\r\n", (c) => c.charCodeAt(0)),
        ]),
      { format: "csv", encoding: "windows-1252", separator: "semicolon", number_column: "Telefon" },
    ],
    [
      "a workbook",
      () =>
        new Blob([
          workbookOf([
            { name: "Old", rows: [["x"]] },
            {
              name: "List",
              rows: [
                ["Guests"],
                ["Kundennummer", "Name", "Telefon"],
                [{ value: "4001" }, "J\u00fcrg", { value: "1.415556E10" }],
              ],
            },
          ]) as Uint8Array<ArrayBuffer>,
        ]),
      { format: "xlsx", sheet: "List", header_line: 2, number_column: "Telefon" },
    ],
  ])("may be %s", async (_, file, asRead) => {
    const sheet: Fields = "sheet" in asRead ? { sheet: "List", default_country: "US" } : {};
    const { status, body } = await send<Batch & { file: object }>(formOf(file(), { ...sheet, ...later }));
    expect([status, body.file]).toEqual([201, expect.objectContaining(asRead)]);
    const { recipients } = await service.batch(body.id);
    expect(recipients[0]).toMatchObject({
      to_number: "+14155560000",
      metadata: { Kundennummer: "4001", Name: "J\u00fcrg" },
    });
  });

  it("may be sent as a field of text", async () => {
    const form = formOf(null, { file: "to_number\n+14155560000\n" });
    expect((await send(form)).status).toBe(201);
  });

  it("of 5,000 recipients with 1 KiB each is taken whole", async () => {
    const note = "x".repeat(1_000);
    const rows = numbers(5_000).map((number, index) => `${number},${index},"${note}"`);
    const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
    const { status, body } = await send(formOf(`to_number,row,note\r\n${rows.join("\r\n")}\r\n`, { scheduled_at }));
    expect([status, body.total_calls_scheduled]).toEqual([201, 5_000]);
    const { recipients } = await service.batch(body.id);
    expect(recipients.map(({ to_number }) => to_number)).toEqual(numbers(5_000));
    expect(recipients[4_999]?.metadata).toEqual({ row: "4999", note });
  });
});

describe("a form that is refused", () => {
  it("names every bad row by its line, and what is wrong with it", async () => {
    const file = [
      "to_number,name,timezone",
      "+14155550123,Ada,",
      "(415) 555-0124,Grace,",
      "",
      "+14155550125,Lovelace, Ada,UTC",
      "+1415,short,",
      "+14155550126,Zoe,Mars",
      `+14155550127,${"x".repeat(16_384)},`,
    ].join("\n");
    const issues = await issuesOf(formOf(file, { ringing_timeout_seconds: "ten" }));
    expect(issues.map(([path]) => path)).toEqual([
      "ringing_timeout_seconds",
      "file[3].to_number",
      "file[5]",
      "file[6].to_number",
      "file[7].timezone",
      "file[8].metadata",
    ]);
    expect(issues[1]?.[1]).toMatch(/^line 3, column to_number: must begin with \+ .* default_country$/);
    expect(issues[3]?.[1]).toMatch(/^line 6, column to_number: is not a possible phone number/);
    expect(issues[5]?.[1]).toMatch(/^line 8: must be at most 16 KiB/);
    expect((await refused(formOf(file))).message).toMatch(
      /^file\[3\]\.to_number: line 3, column to_number: must begin .* \(and 4 more\)$/,
    );
  });

  it("names the lines of a number that is there twice", async () => {
    const file = "to_number\n+14155550123\n\n+14155550124\n+1 415 555 0123\n";
    expect(await issuesOf(formOf(file, { on_duplicate: "reject" }))).toEqual([
      ["file[5].to_number", "line 5, column to_number: is the same number as line 2"],
    ]);
  });

  it.each<[string, string | Blob | null, Fields, string, RegExp]>([
    ["no file", null, {}, "file", /is required/],
    ["an empty file", "", {}, "file", /has no recipients/],
    ["rows that all are bad", "to_number\n+14155550123,x\n", {}, "file[2]", /2 values/],
    [
      "an encoding of Eastern Europe",
      new Blob([new Uint8Array([...new TextEncoder().encode("phone,n\n1,"), 0x8d])]),
      {},
      "file",
      /neither UTF-8 nor Windows-1252 \(see line 2\)/,
    ],
    [
      "two columns that could be the number's",
      "Phone,Mobile\n+14155550123,+14155550124\n",
      {},
      "number_column",
      /^is required: several columns may hold the numbers: Phone, Mobile$/,
    ],
    [
      "a column of numbers that is not there",
      "Phone,Mobile\n+14155550123,+14155550124\n",
      { number_column: "Cell" },
      "number_column",
      /^is not a column of the file; the columns are Phone, Mobile$/,
    ],
    ["a sheet of a file that has none", "to_number\n+14155550123\n", { sheet: "List" }, "file", /leave out sheet/],
    ["no name", "to_number\n+14155550123\n", { name: null }, "name", /is required/],
    ["an empty name", "to_number\n+14155550123\n", { name: "" }, "name", /is required/],
    [
      "a country of no kind",
      "to_number\n+14155550123\n",
      { default_country: "Germany" },
      "default_country",
      /ISO 3166/,
    ],
    [
      "recipients beside the file",
      "to_number\n+14155550123\n",
      { recipients: "[]" },
      "recipients",
      /the file has them/,
    ],
    [
      "concurrency above the organization's",
      "to_number\n+14155550123\n",
      { target_concurrency_limit: "21" },
      "target_concurrency_limit",
      /at most 20/,
    ],
    [
      "concurrency of half a call",
      "to_number\n+14155550123\n",
      { target_concurrency_limit: "0.5" },
      "target_concurrency_limit",
      /integer/,
    ],
    [
      "a window that is no JSON",
      "to_number\n+14155550123\n",
      { calling_window: "{" },
      "calling_window",
      /must be an object/,
    ],
    [
      "a window that makes no sense",
      "to_number\n+14155550123\n",
      { calling_window: '{"windows":[]}' },
      "calling_window.timezone_mode",
      /./,
    ],
    [
      "a policy that makes no sense",
      "to_number\n+14155550123\n",
      { retry_policy: '{"max_attempts":0}' },
      "retry_policy.max_attempts",
      /integer/,
    ],
    [
      "a start in the past",
      "to_number\n+14155550123\n",
      { scheduled_at: "2020-01-01T00:00:00Z" },
      "scheduled_at",
      /future/,
    ],
    ["a region of no kind", "to_number\n+14155550123\n", { region: "MOON" }, "region", /must be one of/],
  ])("%s", async (_, file, fields, path, message) => {
    const issues = await issuesOf(formOf(file, fields));
    expect(issues[0]).toEqual([path, expect.stringMatching(message)]);
  });

  it("a field that is given twice", async () => {
    const form = formOf("to_number\n+14155550123\n");
    form.append("name", "Again");
    expect(await issuesOf(form)).toEqual([["name", "is given more than once"]]);
  });

  it("no form at all, one without a boundary, or one above 6 MiB", async () => {
    const type = { "content-type": "multipart/form-data; boundary=x" };
    expect(await send<Failed>("{}", type)).toMatchObject({ status: 400, body: { error_code: "invalid_form" } });
    expect(await send<Failed>("{}", { "content-type": "multipart/form-data" })).toMatchObject({
      status: 400,
      body: { error_code: "invalid_form", message: expect.stringContaining("boundary") },
    });
    const large = formOf(`to_number,note\n+14155550123,${"x".repeat(6 * 1_024 * 1_024)}`);
    expect(await send<Failed>(large)).toMatchObject({ status: 413, body: { error_code: "payload_too_large" } });
  });
});

describe("an Idempotency-Key", () => {
  it("goes by what the form says, not by its boundary or the order of its fields", async () => {
    const before = await listed();
    const key = { "idempotency-key": "form-1" };
    const file = "to_number\n+14155560000\n";
    const first = await send(formOf(file), key);
    expect(first.status).toBe(201);
    expect((await send(formOf(file), key)).body.id).toBe(first.body.id);
    const turned = new FormData();
    for (const [name, value] of [...formOf(file)].reverse()) turned.append(name, value);
    expect((await send(turned, key)).body.id).toBe(first.body.id);
    const renamed = formOf(new File([file], "other.csv"));
    expect((await send(renamed, key)).body.id).toBe(first.body.id);
    for (const other of [formOf(`${file}+14155560001\n`), formOf(file, { name: "Another" })]) {
      expect(await send<Failed>(other, key)).toMatchObject({
        status: 409,
        body: { error_code: "idempotency_key_reused" },
      });
    }
    expect(await listed()).toEqual([first.body.id, ...before]);
  });
});
