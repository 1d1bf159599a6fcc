/** What a batch sends by another connection than its own. */

import { expect, it } from "vitest";
import { Answering } from "../../src/batch/answering.ts";
import { Batch } from "../../src/batch/core/batch.ts";
import type { LaneOrder, LaneRpc } from "../../src/batch/dialing/lane.ts";
import type { Line } from "../../src/batch/dialing/line.ts";
import type { PlaceRequest } from "../../src/batch/dialing/placing.ts";
import { firstRow, insertBatch } from "../../src/batch/store/batch-row.ts";
import { BATCH_STEPS } from "../../src/batch/store/migrations.ts";
import { routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { carrierNamed } from "../../src/dialer/carriers.ts";
import type { PlaceOrder } from "../../src/dialer/dialer.ts";
import type { Settings } from "../../src/env.ts";
import type { OrganizationRpc } from "../../src/organization/rpc.ts";
import { Peer, Peers } from "../../src/peer.ts";
import type { WebhookRpc } from "../../src/webhooks/rpc.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { nodeSql } from "../support/node-sql.ts";
import { GIVEN, sampleDialing, sampleOrder } from "./samples.ts";

const { capabilities, dialer } = carrierNamed("twilio");
const ROUTE = routeOfBatch(sampleOrder.id, "org_test") ?? "";
const nobody = <Rpc>() => new Peer<Rpc>(() => expect.fail("nobody else is asked"));

/** What the batch at this route sends. `lanes`: null: no lane is asked. */
function answeringWith(lanes: Peers<LaneRpc> | null): Answering {
  const sql = nodeSql(BATCH_STEPS);
  insertBatch(sql, firstRow(sampleOrder, 0, 0));
  const others = {
    settings: {} as Settings,
    organization: nobody<OrganizationRpc>(),
    webhooks: new Peers<WebhookRpc>(() => expect.fail("nobody is told")),
    lanes: lanes ?? new Peers<LaneRpc>(() => expect.fail("no lane is asked")),
  };
  return new Answering(new Batch(sql, ROUTE, GIVEN), others, async () => null);
}

const LINE: Line = { dialer: dialer(sampleAccount(), null, null), dialing: sampleDialing, capabilities };
const REQUEST: PlaceRequest = {
  number: 1,
  line: LINE,
  order: {} as PlaceOrder,
  lane: 3,
  leaveBy: 2_000,
  isRepeat: false,
  afterMs: 0,
};

it("a repeat leaves by its lane, which is told that it is one", async () => {
  const asked: unknown[] = [];
  const lanes = new Peers<LaneRpc>((name) => {
    const by = (kind: string) => async (lent: LaneOrder) => {
      asked.push([name, kind, lent.leaveBy]);
      return { kind: "placed", carrierCallId: "CA1" } as const;
    };
    return { place: by("place"), repeat: by("repeat"), ask: async () => expect.fail("it is no question") };
  });
  const answering = answeringWith(lanes);
  for (const isRepeat of [false, true]) {
    const answer = await answering.answerTo({ kind: "place", request: { ...REQUEST, isRepeat } });
    expect(answer).toMatchObject({ kind: "placed", outcome: { kind: "placed" } });
  }
  expect(asked).toEqual([
    [`${ROUTE}/3`, "place", 2_000],
    [`${ROUTE}/3`, "repeat", 2_000],
  ]);
});

it.each([
  ["leaves within its time", 60_000, "placed", 1],
  ["does not leave later, as after a machine's sleep: the carrier may have forgotten the first", -1, "not_sent", 0],
] as const)("a repeat by the object's own connection %s", async (_, leavesMs, kind, placed) => {
  let count = 0;
  const place = async () => {
    count += 1;
    return { kind: "placed", carrierCallId: "CA1" } as const;
  };
  const line: Line = { ...LINE, dialer: Object.assign(Object.create(LINE.dialer), { place }) };
  const leaveBy = Date.now() + leavesMs;
  const request: PlaceRequest = { ...REQUEST, line, lane: null, leaveBy, isRepeat: true, afterMs: 1 };
  expect(await answeringWith(null).answerTo({ kind: "place", request })).toMatchObject({ outcome: { kind } });
  expect(count).toBe(placed);
});
