/** The do-not-call list from and as a CSV file. */

import { afterAll, beforeAll, expect, it } from "vitest";
import { type Answer, type Failed, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

const LIST = "/agents/do-not-call";

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const headers = () => ({ "x-api-key": service.key, "cartesia-version": "2026-03-01" });

async function send<T = { added: number; already_listed: number }>(
  file: string | null,
  fields: Readonly<Record<string, string>> = {},
): Promise<Answer<T>> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== null) form.append("file", new File([file], "list.csv"));
  const request = new Request(`https://${service.host}${LIST}`, { method: "POST", headers: headers(), body: form });
  const response = await fetchWorker(request);
  return { status: response.status, headers: response.headers, body: (await response.json()) as T };
}

async function download(query = ""): Promise<string[]> {
  const response = await fetchWorker(new Request(`https://${service.host}${LIST}.csv${query}`, { headers: headers() }));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  return (await response.text()).trimEnd().split("\r\n");
}
const numbersIn = (lines: readonly string[]) => lines.slice(1).map((line) => line.split(",")[0]);

it("lists the numbers of a file, each with its reason or the form's, and gives them out again", async () => {
  const file = "Phone;Reason;City\r\n(415) 555-0001;complained;Oakland\r\n+14155550002;;\r\n+14155550001;again;\r\n";
  const sent = await send(file, { default_country: "US", reason: "old list" });
  expect(sent).toMatchObject({ status: 201, body: { added: 2, already_listed: 1 } });
  const lines = await download("?bom=false");
  expect(lines[0]).toBe("number,reason,call_id,added_at,added_by,removed_at,removed_by,removal_reason");
  expect(lines[1]).toMatch(/^\+14155550002,old list,,\d{4}-.*Z,[^,]+,,,$/);
  expect(lines[2]).toMatch(/^\+14155550001,complained,/);
  expect((await send(lines.join("\r\n"))).body).toMatchObject({ added: 0, already_listed: 2 });
});

it("says of every bad row what to change, and lists nobody then", async () => {
  const before = await download("?status=all");
  const { status, body } = await send<Failed>(
    `number,reason,removed_at\n+14155550010,,\n415,,\n+14155550011,${"x".repeat(501)},\n+14155550012,,2026-01-01\n"+1`,
  );
  expect(status).toBe(400);
  expect(body.issues?.map(({ path }) => path)).toEqual([
    "file[3].to_number",
    "file[4].reason",
    "file[5].removed_at",
    "file[6]",
  ]);
  for (const [file, fields, path] of [
    [null, {}, "file"],
    ["name\nAda\n", {}, "number_column"],
    ["number\n", {}, "file"],
    ["number\n+14155550010\n", { default_country: "XX" }, "default_country"],
    ["number\n+14155550010\n", { reason: "x".repeat(501) }, "reason"],
    [`number\n${"+14155550010\n".repeat(10_001)}`, {}, "file"],
  ] as const) {
    const refused = await send<Failed>(file, fields);
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path }] } });
  }
  expect(await download("?status=all")).toEqual(before);
});

it("gives out what was taken off only when it is asked for, over more than one page", async () => {
  const many = Array.from({ length: 250 }, (_, index) => `+1415556${String(index).padStart(4, "0")}`);
  expect((await send(`number\n${many.join("\n")}\n`)).body.added).toBe(250);
  const off = many.slice(20, 230);
  await Promise.all(
    off.map((number) =>
      service.api("DELETE", `${LIST}/${encodeURIComponent(number)}?reason=${encodeURIComponent("=ok")}`),
    ),
  );
  const listed = many.filter((number) => !off.includes(number));
  expect(numbersIn(await download())).toEqual([...listed.toReversed(), "+14155550002", "+14155550001"]);
  const removed = await download("?status=removed");
  expect(numbersIn(removed)).toEqual(off.toReversed());
  expect(removed[1]).toMatch(/,'=ok$/);
  expect(await download("?status=all")).toHaveLength(253);
});

it("names the numbers that could be another country's", async () => {
  const { body } = await send<object>("number\n4695551212\n", { default_country: "US" });
  const named = { index: 0, line: 2, written: "4695551212", to_number: "+14695551212", could_be: "+4695551212" };
  expect(body).toMatchObject({ country_readings: { also_another_country: 1, numbers: [named] } });
});
