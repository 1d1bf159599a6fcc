/** What an archive consists of: files of calls, each as JSON lines and as CSV, and a manifest, which is written last. */

import { sha256 } from "../calling/secrets/digest.ts";
import type { ArchiveBucket } from "./bucket.ts";

export const SCHEMA_VERSION = 1;
export const MANIFEST = "manifest.json";

/** Persisted. `bytes` and `sha256`: of the file as it is stored. `lines`: without the names of columns. */
export type ArchivedFile = {
  readonly name: string;
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: string;
};

/** What the batch says of itself. Times are RFC 3339 in UTC. */
export type ArchivedBatch = {
  readonly organization_id: string;
  readonly batch_id: string;
  readonly kind: "batch" | "direct_calls";
  /** Null for direct calls. */
  readonly name: string | null;
  readonly agent_id: string;
  readonly from_number_id: string;
  readonly status: string;
  readonly created_at: string;
  readonly recipients: number;
};

/** Persisted. */
export type Manifest = ArchivedBatch & {
  readonly schema_version: typeof SCHEMA_VERSION;
  /** Calls that were dispatched. */
  readonly calls: number;
  readonly archived_at: string;
  /** When a person was last erased from it. */
  readonly rewritten_at: string | null;
  /** Pairs: `calls-00001.jsonl` and `calls-00001.csv` have the same lines. */
  readonly files: readonly ArchivedFile[];
};

/** The archive's folder. Always the same for a batch, so a repeat overwrites. `createdAt`: epoch ms. */
export const folderOf = (organizationId: string, batchId: string, createdAt: number): string =>
  `${folderOfAll(organizationId)}${new Date(createdAt).toISOString().slice(0, 10)}/${batchId}/`;

export const folderOfAll = (organizationId: string): string => `${organizationId}/`;

const TYPES: Readonly<Record<string, string>> = {
  jsonl: "application/x-ndjson",
  csv: "text/csv; charset=utf-8",
  json: "application/json",
};

/** The bucket refuses bytes that do not have the digest. */
export async function putFile(
  bucket: ArchiveBucket,
  folder: string,
  name: string,
  text: string,
  lines: number,
): Promise<ArchivedFile> {
  const bytes = new TextEncoder().encode(text);
  const digest = await sha256(bytes);
  const contentType = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  await bucket.put(folder + name, bytes, { sha256: digest, httpMetadata: { contentType } });
  return { name, lines, bytes: bytes.length, sha256: digest };
}

/** Resolves when the bucket gives back what was written. */
export async function putManifest(bucket: ArchiveBucket, folder: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await putFile(bucket, folder, MANIFEST, text, 1);
  const stored = await bucket.get(folder + MANIFEST);
  if ((await stored?.text()) !== text) throw new Error("the bucket does not give back the manifest as it was written");
}

/** Null where none is stored. */
export async function readManifest(bucket: ArchiveBucket, folder: string): Promise<Manifest | null> {
  const stored = await bucket.get(folder + MANIFEST);
  return stored === null ? null : stored.json<Manifest>();
}

/** All objects in a folder, also of folders in it, page by page. */
export async function* objectsIn(bucket: ArchiveBucket, folder: string): AsyncGenerator<readonly R2Object[]> {
  let cursor: string | undefined;
  do {
    const page = await bucket.list({ prefix: folder, ...(cursor === undefined ? {} : { cursor }) });
    yield page.objects;
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
}

/** Deletes all objects in a folder. A repeat goes on. */
export async function removeFolder(bucket: ArchiveBucket, folder: string): Promise<void> {
  for await (const objects of objectsIn(bucket, folder)) {
    if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key));
  }
}
