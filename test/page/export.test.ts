/** What the page makes of an export while it comes: one file with its name, where the next begins, or nothing at all. */

import { expect, it } from "vitest";
import { type Step, tarOf } from "../../src/api/export/tar.ts";
import { type Received, receiveExport } from "../../src/page/dashboard/organization/exported.ts";
import { archiveWords, receivedWords } from "../../src/page/dashboard/organization/words.ts";

const TEXT = `${JSON.stringify({ text: "é".repeat(1_000) })}\n`.repeat(200);

async function* steps(count: number): AsyncGenerator<Step> {
  for (let index = 0; index < count; index += 1) {
    yield {
      file: { name: `batches/acb_${index}/calls-00001.jsonl`, lines: 200, text: TEXT },
      goesOn: `batches:${index}`,
    };
  }
}
const manifest = (_: unknown, goesOn: string | null) => ({
  organization_id: "org_acme",
  exported_at: "2026-03-02T12:00:00.000Z",
  goes_on: goesOn,
});
async function exportOf(count: number, atMost?: number, hasManifest = true): Promise<ReadableStream<Uint8Array>> {
  const all = steps(count);
  if (hasManifest) return tarOf(await all.next(), all, manifest, atMost);
  const failing = async function* (): AsyncGenerator<Step> {
    yield* all;
    throw new Error("an object does not answer");
  };
  const rest = failing();
  return tarOf(await rest.next(), rest, manifest, atMost);
}

it("is kept byte by byte, with its name, and each entry is counted", async () => {
  const bytes = await new Response(await exportOf(5)).bytes();
  const seen: Received[] = [];
  const { file, name, goesOn } = await receiveExport(new Blob([bytes]).stream(), (received) => seen.push(received));
  expect(await file.bytes()).toEqual(bytes);
  expect([file.type, name, goesOn]).toEqual(["application/gzip", "org_acme-2026-03-02", null]);
  expect(seen.map(({ entries }) => entries)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(seen.at(-1)?.bytes).toBeLessThanOrEqual(bytes.length);
});

it("says where the next file begins", async () => {
  expect((await receiveExport(await exportOf(5, 2), () => {})).goesOn).toBe("batches:1");
});

it("is nothing where it broke off, however far it came", async () => {
  await expect(receiveExport(await exportOf(3, undefined, false), () => {})).rejects.toThrow();
  const bytes = await new Response(await exportOf(5)).bytes();
  for (const length of [0, 10, Math.floor(bytes.length / 2), bytes.length - 1]) {
    await expect(receiveExport(new Blob([bytes.slice(0, length)]).stream(), () => {})).rejects.toThrow();
  }
});

it("is told in words", () => {
  expect(receivedWords({ entries: 1, bytes: 1 })).toBe("1 file so far, 1 KB. Stay on this page until it is saved.");
  expect(receivedWords({ entries: 1_200, bytes: 2_340_000 })).toContain("1,200 files so far, 2.3 MB.");
  const words = (archive: boolean, problem?: "no_bucket" | "other_bucket") =>
    archiveWords({ retention_days: 30, archive, archive_problem: problem });
  const all = [words(false), words(true), words(true, "no_bucket"), words(true, "other_bucket")];
  expect(new Set(all).size).toBe(4);
});
