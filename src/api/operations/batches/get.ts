import type { BatchSnapshot, PartRequest } from "../../../batch/rpc.ts";
import type { Turn } from "../../../calling/messages/turn.ts";
import { batchDetailAnswer } from "../../answers/calls/batch.ts";
import { batchJson, tagOf } from "../../answers/calls/batch-json.ts";
import { type ApiContext, organizationOf } from "../../context.ts";
import { roomToRead } from "../../limits/reading-room.ts";
import { digestOfBatch } from "../../mcp/tool.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { content, ok, operation } from "../../operation.ts";
import { getBatchQuery } from "../../requests/queries.ts";
import { ONE_BATCH, ofBatch } from "./batch.ts";

/** The ledger knows it, not the batch. */
async function turnOf(c: ApiContext, { summary, waiting }: BatchSnapshot): Promise<Turn | null> {
  if (waiting?.reason !== "organization_concurrency") return null;
  const { waiting: line } = await organizationOf(c).concurrency();
  return line.find(({ batchId }) => batchId === summary.id)?.turn ?? null;
}

export const getBatch = operation({
  ...ONE_BATCH,
  method: "GET",
  id: "getBatch",
  summary: "Read a batch and its recipients",
  query: getBatchQuery,
  answer: ok("The batch with every recipient.", content("BatchDetail", batchDetailAnswer, samples.batchDetail)),
  tool: {
    title: "Watch a batch",
    description: "A batch's progress: counts by status and end reason, and the first failures.",
    digest: digestOfBatch,
  },
  handle: async (c, { query }) => {
    const withAttempts = query.expand === "attempts";
    const reading = await roomToRead(c);
    const snapshot = await ofBatch(c, (batch, ...whose) => batch.snapshot(...whose, withAttempts));
    if (!snapshot.ok) return snapshot;
    const turn = await turnOf(c, snapshot.value);
    const partOf = async (request: PartRequest) => {
      const part = await ofBatch(c, (batch, ...whose) => batch.snapshotPart(...whose, request));
      if (!part.ok) throw new Error(`the batch could not be read on: ${part.failure.kind}`);
      return part.value;
    };
    const json = batchJson(snapshot.value, partOf, turn);
    return c.body(reading.answer(json, snapshot.value.summary.total_calls_scheduled), 200, {
      "content-type": "application/json",
      etag: await tagOf(snapshot.value, turn),
    });
  },
});
