/** An export as a file: standard tools open it, it names all that it has, and half of it is never taken for the whole. */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FileInManifest, type Step, tarOf } from "../../src/api/export/tar.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "callbatch-export-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

type Manifest = { readonly files: readonly FileInManifest[]; readonly goesOn: string | null };
const BIG = `${JSON.stringify({ text: "é".repeat(1_000) })}\n`.repeat(600);

async function* steps(texts: readonly string[], failsAt = Number.POSITIVE_INFINITY): AsyncGenerator<Step> {
  for (const [index, text] of texts.entries()) {
    if (index === failsAt) throw new Error("an object does not answer");
    const name = `batches/acb_${"x".repeat(90)}${index}/calls-00001.jsonl`;
    yield { file: { name, lines: text.split("\n").length - 1, text }, goesOn: `batches:${index}` };
  }
}
async function written(texts: readonly string[], failsAt?: number, stepsAtMost?: number): Promise<Uint8Array> {
  const all = steps(texts, failsAt);
  const manifest = (files: readonly FileInManifest[], goesOn: string | null) => ({ files, goesOn });
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of tarOf(await all.next(), all, manifest, stepsAtMost)) chunks.push(chunk);
  } catch {
    // What has arrived is what a client has on its disk.
  }
  return Buffer.concat(chunks);
}
function unpacked(bytes: Uint8Array): Manifest {
  writeFileSync(join(directory, "export.tar.gz"), bytes);
  execFileSync("tar", ["-xzf", "export.tar.gz"], { cwd: directory, stdio: "pipe" });
  return JSON.parse(readFileSync(join(directory, "manifest.json"), "utf8")) as Manifest;
}

describe("an export", () => {
  it("is opened by tar, and its manifest names each file with its lines, bytes and digest", async () => {
    const texts = ["", "{}\n", BIG, BIG, BIG];
    const { files, goesOn } = unpacked(await written(texts));
    expect(goesOn).toBeNull();
    expect(files.map(({ lines }) => lines)).toEqual([0, 1, 600, 600, 600]);
    for (const [index, { name, bytes, sha256 }] of files.entries()) {
      const content = readFileSync(join(directory, name));
      expect(content.toString()).toBe(texts[index]);
      expect([content.length, createHash("sha256").update(content).digest("hex")]).toEqual([bytes, sha256]);
    }
    expect(readdirSync(join(directory, "batches"))).toHaveLength(texts.length);
  });

  it("that breaks off cannot be opened as a whole, and has no manifest", async () => {
    const bytes = await written(["{}\n", BIG, BIG, BIG], 2);
    expect(() => unpacked(bytes)).toThrow();
  });

  it("ends where its request may send no more messages, and says where to go on", async () => {
    const { files, goesOn } = unpacked(await written(["1\n", "2\n", "3\n"], undefined, 2));
    expect([files.length, goesOn]).toEqual([2, "batches:1"]);
  });
});
