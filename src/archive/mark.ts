/**
 * An organization's mark in its bucket: an object with what the organization stores, too. Only in a bucket with the mark
 * does a missing file mean that somebody has deleted it. In any other the archives were never written.
 */

import type { ArchiveBucket } from "./bucket.ts";
import { putFile } from "./manifest.ts";

/** Beside the archives, so that a lifecycle rule for the prefix `org_` spares it. */
const FOLDER = "marks/";
const nameOf = (organizationId: string): string => `${organizationId}.json`;
export const keyOfMark = (organizationId: string): string => FOLDER + nameOf(organizationId);

/** Persisted. */
type Mark = { readonly organization_id: string; readonly mark: string };

/** Null where there is none; empty where it cannot be read. */
export async function readMark(bucket: ArchiveBucket, organizationId: string): Promise<string | null> {
  const stored = await bucket.get(keyOfMark(organizationId));
  if (stored === null) return null;
  const text = await stored.text();
  try {
    return String((JSON.parse(text) as Partial<Mark> | null)?.mark ?? "");
  } catch {
    return "";
  }
}

/** Also renews it: lifecycle rules count from then. */
export async function putMark(bucket: ArchiveBucket, organizationId: string, mark: string): Promise<void> {
  const text = JSON.stringify({ organization_id: organizationId, mark } satisfies Mark);
  await putFile(bucket, FOLDER, nameOf(organizationId), `${text}\n`, 1);
}

export const removeMark = (bucket: ArchiveBucket, organizationId: string): Promise<void> =>
  bucket.delete(keyOfMark(organizationId));
