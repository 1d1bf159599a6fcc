/** The files of an archive, and the erasure of a person from them, with a crash at each request to the bucket. */

import Papa from "papaparse";
import { beforeEach, describe, expect, it } from "vitest";
import { eraseFromArchive, personInArchive } from "../../src/archive/erasing.ts";
import { folderOf, type Manifest, removeFolder } from "../../src/archive/manifest.ts";
import { type ArchivedCall, callsIn } from "../../src/archive/record.ts";
import { FILE_CHARACTERS, writeArchive } from "../../src/archive/writing.ts";
import { hashOfExternalId, hashOfNumber } from "../../src/calling/numbers/person-hash.ts";
import { MemoryBucket } from "../support/memory-bucket.ts";
import { batch, call, faultsOf } from "./samples.ts";

const FOLDER = folderOf("org_1", "acb_1", Date.parse("2026-03-02T12:00:00Z"));
const AT = "2026-09-01T00:00:00.000Z";
const ADA = "+14155550123";
const BEN = "+14155550124";

let memory: MemoryBucket;
beforeEach(() => {
  memory = new MemoryBucket();
});
const write = (calls: Iterable<ArchivedCall>) => writeArchive(memory.bucket, FOLDER, batch(), calls, AT);
const manifest = () => JSON.parse(memory.text(`${FOLDER}manifest.json`)) as Manifest;
const linesOf = (name: string) => callsIn(memory.text(FOLDER + name));
const erase = (toNumber: string | null, externalId: string | null = null, at = AT) =>
  eraseFromArchive(memory.bucket, FOLDER, { toNumber, externalId }, [hashOfNumber(ADA), hashOfExternalId("crm-7")], at);

describe("an archive", () => {
  it("has each call once as JSON and once as CSV, and a manifest with counts and digests", async () => {
    expect(FOLDER).toBe("org_1/2026-03-02/acb_1/");
    const metadata = { first_name: 'Ada, "the first"', orders: [1, 2] };
    const calls = [
      call({ metadata, notes: "=HYPERLINK(1)", tags: ["vip", "late"], outcome: "won" }),
      call({ call_id: null, recipient_id: "abcr_2", attempt: 0, to_number: BEN, status: "cancelled" }),
    ];
    await write(calls);
    expect(await faultsOf(memory, FOLDER)).toEqual([]);
    expect(manifest()).toMatchObject({
      schema_version: 1,
      organization_id: "org_1",
      batch_id: "acb_1",
      kind: "batch",
      name: "Spring",
      calls: 1,
      recipients: 1,
      archived_at: AT,
      rewritten_at: null,
      files: [
        { name: "calls-00001.jsonl", lines: 2 },
        { name: "calls-00001.csv", lines: 2 },
      ],
    });
    expect(linesOf("calls-00001.jsonl")).toEqual(calls);
    const { data } = Papa.parse<Record<string, string>>(memory.text(`${FOLDER}calls-00001.csv`).trim(), {
      header: true,
    });
    expect(data).toHaveLength(2);
    expect(data[0]).toMatchObject({
      to_number: ADA,
      notes: "'=HYPERLINK(1)",
      tags: "vip, late",
      duration_seconds: "7",
    });
    expect(JSON.parse(data[0]?.metadata ?? "")).toEqual(metadata);
    expect(data[1]).toMatchObject({ call_id: "", attempt: "0", to_number: BEN, status: "cancelled", metadata: "" });
    // Every field has its column.
    expect(Object.keys(data[0] ?? {}).sort()).toEqual(Object.keys(call()).sort());
  });

  it("of nobody has a file too", async () => {
    await write([]);
    expect(await faultsOf(memory, FOLDER)).toEqual([]);
    expect(manifest().files.map(({ lines }) => lines)).toEqual([0, 0]);
  });

  it("is many files of bounded size, and a later one with fewer leaves none of the first", async () => {
    const metadata = { text: "x".repeat(16_000) };
    const count = Math.ceil((2.5 * FILE_CHARACTERS) / 16_000);
    const many = Array.from({ length: count }, (_, index) => call({ call_id: `ac_${index}`, metadata }));
    await write(many);
    expect(manifest().files.map(({ name }) => name)).toEqual(
      [1, 2, 3].flatMap((part) => [`calls-0000${part}.jsonl`, `calls-0000${part}.csv`]),
    );
    expect([1, 2, 3].flatMap((part) => linesOf(`calls-0000${part}.jsonl`)).map(({ call_id }) => call_id)).toEqual(
      many.map(({ call_id }) => call_id),
    );
    for (const { bytes } of manifest().files) expect(bytes).toBeLessThan(1.1 * FILE_CHARACTERS);
    await write([call()]);
    expect(memory.objects.size).toBe(3);
    expect(await faultsOf(memory, FOLDER)).toEqual([]);
  });

  it("is not taken for stored if the bucket has lost a file", async () => {
    memory.around = async (request, key, done) => {
      const answer = await done();
      if (request === "put" && key.endsWith("manifest.json")) memory.objects.delete(`${FOLDER}calls-00001.csv`);
      return answer;
    };
    await expect(write([call()])).rejects.toThrow("lacks 1 files");
  });

  it("is not taken for stored if the bucket does not give the manifest back", async () => {
    memory.around = async (request, key, done) => {
      const answer = await done();
      if (request === "put" && key.endsWith("manifest.json")) memory.objects.delete(key);
      return answer;
    };
    await expect(write([call()])).rejects.toThrow("does not give back");
  });

  it("goes as a whole, with all of its pages", async () => {
    await write([call()]);
    await write([call()]);
    memory.objects.set(`${FOLDER}calls-00009.csv`, new Uint8Array(1));
    memory.objects.set("org_12/other", new Uint8Array(1));
    await removeFolder(memory.bucket, "org_1/");
    expect([...memory.objects.keys()]).toEqual(["org_12/other"]);
  });
});

const PEOPLE = [
  call({ call_id: "ac_1", to_number: ADA, external_id: "crm-7", metadata: { name: "Ada" }, notes: "Ada said no" }),
  call({ call_id: "ac_2", to_number: ADA, external_id: "crm-7", attempt: 2, metadata: { name: "Ada" } }),
  call({ call_id: "ac_3", recipient_id: "abcr_2", to_number: BEN, external_id: "crm-8", metadata: { name: "Ben" } }),
  call({ call_id: null, recipient_id: "abcr_3", to_number: ADA, external_id: "crm-9", attempt: 0 }),
];
const traces = (...words: string[]) => words.flatMap((word) => memory.keysWith(word));

describe("a person in an archive", () => {
  it("is known by number or external id, with all numbers and what stands for it in the index", async () => {
    await write(PEOPLE);
    const known = await personInArchive(memory.bucket, FOLDER, { toNumber: null, externalId: "crm-7" });
    expect(known).toEqual({ numbers: [ADA], hashes: [hashOfNumber(ADA), hashOfExternalId("crm-7")] });
    const nobody = await personInArchive(memory.bucket, FOLDER, { toNumber: "+14155559999", externalId: null });
    expect(nobody).toEqual({ numbers: [], hashes: [] });
    expect(await personInArchive(memory.bucket, "org_1/none/", { toNumber: ADA, externalId: null })).toBeNull();
  });

  it("is erased from all files, and what stays says that there was a call, when, and how it ended", async () => {
    await write(PEOPLE);
    expect(await erase(ADA)).toEqual({ recipients: 2, calls: 2, shared: [] });
    expect(traces("5550123", "Ada", "crm-7", "crm-9")).toEqual([]);
    expect(await faultsOf(memory, FOLDER)).toEqual([]);
    const [first, , ben] = linesOf("calls-00001.jsonl");
    expect(first).toMatchObject({ to_number: "", redacted_at: AT, status: "completed", duration_seconds: 7 });
    expect(ben).toEqual(PEOPLE[2]);
    expect(manifest().rewritten_at).toBe(AT);
    const stored = memory.text(`${FOLDER}manifest.json`);
    expect(await erase(ADA, null, "2027-01-01T00:00:00.000Z")).toEqual({ recipients: 0, calls: 0, shared: [] });
    expect(memory.text(`${FOLDER}manifest.json`)).toBe(stored);
  });

  it("leaves what another person shares with it", async () => {
    await write(PEOPLE);
    expect(await erase(null, "crm-7")).toEqual({ recipients: 1, calls: 2, shared: [hashOfNumber(ADA)] });
    expect(traces("crm-7")).toEqual([]);
    expect(linesOf("calls-00001.jsonl").at(-1)).toEqual(PEOPLE[3]);
  });

  it("does not stay in the CSV where somebody has deleted the JSON lines", async () => {
    await write(PEOPLE);
    memory.objects.delete(`${FOLDER}calls-00001.jsonl`);
    expect(await erase(ADA)).toEqual({ recipients: 0, calls: 0, shared: [] });
    expect([...memory.objects.keys()]).toEqual([`${FOLDER}manifest.json`]);
    expect(await faultsOf(memory, FOLDER)).toEqual([]);
    expect(manifest()).toMatchObject({ files: [], rewritten_at: AT });
  });

  it("is erased, and the manifest is right, whatever request the crash comes before or after", async () => {
    let requests = 0;
    memory.around = (_, __, done) => {
      requests += 1;
      return done();
    };
    await write(PEOPLE);
    const written = requests;
    await erase(ADA);
    const erasing = requests - written;
    expect(erasing).toBe(6);
    for (let point = 0; point < erasing; point += 1) {
      for (const when of ["before", "after"] as const) {
        memory = new MemoryBucket();
        await write(PEOPLE);
        let left = point;
        memory.around = async (_, __, done) => {
          left -= 1;
          if (left === -1 && when === "before") throw new Error("crashed");
          const answer = await done();
          if (left === -1) throw new Error("crashed");
          return answer;
        };
        await expect(erase(ADA)).rejects.toThrow("crashed");
        await erase(ADA);
        expect([point, when, traces("5550123", "Ada", "crm-7")]).toEqual([point, when, []]);
        expect([point, when, await faultsOf(memory, FOLDER)]).toEqual([point, when, []]);
      }
    }
  });
});
