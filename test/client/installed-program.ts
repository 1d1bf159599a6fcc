/** What somebody writes who has installed the client: the same program on Node, in a Worker and in a browser. */

import { type BatchDetail, CallbatchError, createClient } from "callbatch/client";

export type Told = {
  readonly status: string;
  readonly readings: number;
  readonly ends: (string | undefined)[];
  readonly numbers: number;
  readonly refused: string;
};

export async function journey(
  baseUrl: string,
  apiKey: string,
  from: { agent_id: string; from_number_id: string },
): Promise<Told> {
  const callbatch = createClient({ baseUrl, apiKey });
  const readings: BatchDetail[] = [];
  const { id } = await callbatch.createBatch({
    name: "From an installed client",
    ...from,
    recipients: [
      { to_number: "+12125550100", metadata: { first_name: "Ada", visits: 3 } },
      { to_number: "+15005550002" },
    ],
  });
  const batch = await callbatch.waitUntilFinished(id, { pollMs: 50, onProgress: (now) => readings.push(now) });
  const ends: (string | undefined)[] = [];
  // Two pages.
  for await (const call of callbatch.listCalls({ batch_id: id, limit: 1 })) ends.push(call.end_reason);
  const page = await callbatch.listPhoneNumbers();
  const refused = await callbatch.getBatch("acb_unknown").catch((error: unknown) => {
    if (error instanceof CallbatchError) return `${error.status} ${error.envelope?.error_code}`;
    throw error;
  });
  return {
    status: batch.status,
    readings: readings.length,
    ends: ends.sort(),
    numbers: page.data.length,
    refused: String(refused),
  };
}
