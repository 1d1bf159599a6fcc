import type { ArchivedBatch, Manifest } from "../../src/archive/manifest.ts";
import type { ArchivedCall } from "../../src/archive/record.ts";
import { sha256 } from "../../src/calling/secrets/digest.ts";
import type { MemoryBucket } from "../support/memory-bucket.ts";

const AT = "2026-03-02T12:00:00.000Z";

export const call = (fields: Partial<ArchivedCall> = {}): ArchivedCall => ({
  call_id: "ac_1",
  recipient_id: "abcr_1",
  attempt: 1,
  to_number: "+14155550123",
  external_id: null,
  timezone: null,
  status: "completed",
  created_at: AT,
  dispatched_at: AT,
  answered_at: AT,
  ended_at: AT,
  duration_seconds: 7,
  end_reason: "completed",
  answered_by: null,
  failure_reason: null,
  error_message: null,
  carrier_call_id: "CA1",
  carrier_code: null,
  sip_code: null,
  outcome: null,
  tags: [],
  notes: null,
  recording_url: null,
  transcript_url: null,
  redacted_at: null,
  metadata: null,
  ...fields,
});

export const batch = (fields: Partial<ArchivedBatch> = {}): ArchivedBatch => ({
  organization_id: "org_1",
  batch_id: "acb_1",
  kind: "batch",
  name: "Spring",
  agent_id: "agent_1",
  from_number_id: "ap_1",
  status: "completed",
  created_at: AT,
  recipients: 1,
  ...fields,
});

/** What is wrong with an archive: its manifest must name all of its files as they are, and no other is there. */
export async function faultsOf(bucket: MemoryBucket, folder: string): Promise<string[]> {
  if (!bucket.objects.has(`${folder}manifest.json`)) return ["no manifest"];
  const manifest = JSON.parse(bucket.text(`${folder}manifest.json`)) as Manifest;
  const named = new Set([`${folder}manifest.json`, ...manifest.files.map(({ name }) => folder + name)]);
  const others = [...bucket.objects.keys()].filter((key) => key.startsWith(folder) && !named.has(key));
  const wrong: string[] = others.map((key) => `${key} is in no manifest`);
  for (const { name, bytes, sha256: digest } of manifest.files) {
    const stored = bucket.objects.get(folder + name)?.slice();
    if (stored === undefined) wrong.push(`${name} is missing`);
    else if (stored.length !== bytes || (await sha256(stored)) !== digest) wrong.push(`${name} differs`);
  }
  return wrong;
}
