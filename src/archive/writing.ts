/** Writes a batch's archive. A repeat, also after a crash, writes the same files again. */

import type { ArchiveBucket } from "./bucket.ts";
import {
  type ArchivedBatch,
  type ArchivedFile,
  MANIFEST,
  type Manifest,
  objectsIn,
  putFile,
  putManifest,
  SCHEMA_VERSION,
} from "./manifest.ts";
import { type ArchivedCall, csvOf, jsonLineOf } from "./record.ts";

/** JSON of one file. A file is whole in memory while it is written, and while a person is erased from it. */
export const FILE_CHARACTERS = 2 * 1_024 * 1_024;

const nameOf = (part: number): string => `calls-${String(part).padStart(5, "0")}`;

/** Resolves when all of it is stored, and nothing else in its folder. `calls` is read on while files are written. */
export async function writeArchive(
  bucket: ArchiveBucket,
  folder: string,
  batch: ArchivedBatch,
  calls: Iterable<ArchivedCall>,
  archivedAt: string,
): Promise<Manifest> {
  const files: ArchivedFile[] = [];
  let dispatched = 0;
  for (const part of partsOf(calls)) {
    files.push(...(await putCalls(bucket, folder, nameOf(files.length / 2 + 1), part)));
    dispatched += part.filter(({ call_id }) => call_id !== null).length;
  }
  const manifest: Manifest = {
    schema_version: SCHEMA_VERSION,
    ...batch,
    calls: dispatched,
    archived_at: archivedAt,
    rewritten_at: null,
    files,
  };
  await putManifest(bucket, folder, manifest);
  await checkFolder(bucket, folder, files);
  return manifest;
}

/** JSON lines come last: while they have a person, an erasure finds it again. */
export async function putCalls(
  bucket: ArchiveBucket,
  folder: string,
  name: string,
  calls: readonly ArchivedCall[],
): Promise<[ArchivedFile, ArchivedFile]> {
  const csv = await putFile(bucket, folder, `${name}.csv`, csvOf(calls), calls.length);
  const json = await putFile(bucket, folder, `${name}.jsonl`, calls.map(jsonLineOf).join(""), calls.length);
  return [json, csv];
}

/** At least one. */
function* partsOf(calls: Iterable<ArchivedCall>): Generator<ArchivedCall[]> {
  let part: ArchivedCall[] = [];
  let characters = 0;
  let isAny = false;
  for (const call of calls) {
    part.push(call);
    characters += jsonLineOf(call).length;
    if (characters < FILE_CHARACTERS) continue;
    yield part;
    part = [];
    characters = 0;
    isAny = true;
  }
  if (part.length > 0 || !isAny) yield part;
}

/** Throws if a file is not there as it was written. Deletes what an earlier, longer writing has left. */
async function checkFolder(bucket: ArchiveBucket, folder: string, files: readonly ArchivedFile[]): Promise<void> {
  const missing = new Map(files.map(({ name, bytes }) => [folder + name, bytes]));
  const others: string[] = [];
  for await (const objects of objectsIn(bucket, folder)) {
    for (const { key, size } of objects) {
      if (missing.get(key) === size) missing.delete(key);
      else if (key !== folder + MANIFEST) others.push(key);
    }
  }
  if (missing.size > 0) throw new Error(`the bucket lacks ${missing.size} files of an archive that were written`);
  if (others.length > 0) await bucket.delete(others);
}
