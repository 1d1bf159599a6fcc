/**
 * Erases a person from an archive. Its files are written anew, without the person, and then its manifest. A file whose
 * digest differs from the manifest was written before a crash. So a repeat goes on from there, and changes nothing more.
 * Where somebody has deleted the JSON lines, nothing says who is in the CSV. So it goes, too.
 */

import type { PersonInBatch } from "../calling/messages/erasure.ts";
import { isNamed, type PersonHash, type PersonNamed, personHashes } from "../calling/numbers/person-hash.ts";
import { sha256 } from "../calling/secrets/digest.ts";
import type { ArchiveBucket } from "./bucket.ts";
import { type ArchivedFile, type Manifest, putManifest, readManifest } from "./manifest.ts";
import { callsIn, erasedCall } from "./record.ts";
import { putCalls } from "./writing.ts";

const JSON_LINES = ".jsonl";
const CSV = ".csv";

/** `shared`: those of the asked hashes that stand for somebody who stays. */
export type ErasedFromArchive = {
  readonly recipients: number;
  readonly calls: number;
  readonly shared: readonly PersonHash[];
};

/** Null where no archive is stored. */
export async function personInArchive(
  bucket: ArchiveBucket,
  folder: string,
  person: PersonNamed,
): Promise<PersonInBatch | null> {
  const manifest = await readManifest(bucket, folder);
  if (manifest === null) return null;
  const numbers = new Set<string>();
  const hashes = new Set<PersonHash>();
  for (const file of jsonFilesOf(manifest)) {
    const text = await textOf(bucket, folder, file);
    const found = callsIn(text ?? "").filter((call) => isNamed(person, call));
    for (const { to_number } of found) numbers.add(to_number);
    for (const hash of personHashes(found)) hashes.add(hash);
  }
  return { numbers: [...numbers], hashes: [...hashes] };
}

/** Null where no archive is stored. `at`: RFC 3339. */
export async function eraseFromArchive(
  bucket: ArchiveBucket,
  folder: string,
  person: PersonNamed,
  hashes: readonly PersonHash[],
  at: string,
): Promise<ErasedFromArchive | null> {
  const manifest = await readManifest(bucket, folder);
  if (manifest === null) return null;
  const asked = new Set(hashes);
  const shared = new Set<PersonHash>();
  const recipients = new Set<string>();
  let calls = 0;
  const files = new Map(manifest.files.map((file) => [file.name, file]));
  for (const file of jsonFilesOf(manifest)) {
    const text = await textOf(bucket, folder, file);
    const name = file.name.slice(0, -JSON_LINES.length);
    if (text === null) {
      await bucket.delete(`${folder}${name}${CSV}`);
      files.delete(file.name);
      files.delete(`${name}${CSV}`);
      continue;
    }
    const before = callsIn(text);
    const after = before.map((call) => (isNamed(person, call) ? erasedCall(call, at) : call));
    const gone = before.filter((call, index) => call !== after[index]);
    for (const { recipient_id, call_id } of gone) {
      recipients.add(recipient_id);
      if (call_id !== null) calls += 1;
    }
    for (const hash of personHashes(after.filter(({ to_number }) => to_number !== ""))) {
      if (asked.has(hash)) shared.add(hash);
    }
    if (gone.length === 0 && (await sha256(text)) === file.sha256) continue;
    for (const written of await putCalls(bucket, folder, name, after)) files.set(written.name, written);
  }
  const rewritten = manifest.files.flatMap(({ name }) => files.get(name) ?? []);
  const isChanged = manifest.files.some((file, index) => file !== rewritten[index]);
  if (isChanged) await putManifest(bucket, folder, { ...manifest, rewritten_at: at, files: rewritten });
  return { recipients: recipients.size, calls, shared: [...shared] };
}

const jsonFilesOf = ({ files }: Manifest): ArchivedFile[] => files.filter(({ name }) => name.endsWith(JSON_LINES));

/** Null if somebody has deleted it. */
async function textOf(bucket: ArchiveBucket, folder: string, { name }: ArchivedFile): Promise<string | null> {
  const stored = await bucket.get(folder + name);
  return stored === null ? null : stored.text();
}
