/** How a program uses the client. A test runs it. */

import { CallbatchError, type Client } from "callbatch/client";

export type Reminder = { readonly to_number: string; readonly metadata: { readonly first_name: string } };

/** Often, because these calls are short. */
const POLL_MS = 50;

/** Calls all recipients, busy ones once more, and returns each number's end. */
export async function remind(
  callbatch: Client,
  from: { readonly agent_id: string; readonly from_number_id: string },
  reminders: Reminder[],
): Promise<Map<string, string>> {
  const order = { name: "Appointment reminders", ...from, recipients: reminders, ringing_timeout_seconds: 30 };
  const { id } = await callbatch.createBatch(order);
  const first = await callbatch.waitUntilFinished(id, { pollMs: POLL_MS });
  if (first.recipients.some(({ end_reason }) => end_reason === "dial_busy")) await callbatch.retryBatch(id);
  const last = await callbatch.waitUntilFinished(id, { pollMs: POLL_MS });
  return new Map(last.recipients.map(({ to_number, status, end_reason }) => [to_number, end_reason ?? status]));
}

/** What has to be changed, by field, where a batch is refused; null where it was taken. */
export async function problemsOf(callbatch: Client, batch: Parameters<Client["createBatch"]>[0]) {
  try {
    await callbatch.createBatch(batch);
    return null;
  } catch (error) {
    if (!(error instanceof CallbatchError) || error.envelope === null) throw error;
    return (error.envelope.issues ?? []).map(({ path, message }) => `${path} ${message}`);
  }
}
