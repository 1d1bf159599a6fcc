/** What a batch sends by another connection than its own. */

import { expect, it } from "vitest";
import { Answering } from "../../src/batch/answering.ts";
import { Batch } from "../../src/batch/core/batch.ts";
import type { LaneOrder, LaneRpc } from "../../src/batch/dialing/lane.ts";
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
const nobody = <Rpc>() => new Peer<Rpc>(() => expect.fail("nobody else is asked"));

it("a repeat leaves by its lane, which is told that it is one", async () => {
  const asked: unknown[] = [];
  const lanes = new Peers<LaneRpc>((name) => {
    const by = (kind: string) => async (lent: LaneOrder) => {
      asked.push([name, kind, lent.leaveBy]);
      return { kind: "placed", carrierCallId: "CA1" } as const;
    };
    return { place: by("place"), repeat: by("repeat"), ask: async () => expect.fail("it is no question") };
  });
  const sql = nodeSql(BATCH_STEPS);
  insertBatch(sql, firstRow(sampleOrder, 0, 0));
  const route = routeOfBatch(sampleOrder.id, "org_test") ?? "";
  const others = {
    settings: {} as Settings,
    organization: nobody<OrganizationRpc>(),
    webhooks: new Peers<WebhookRpc>(() => expect.fail("nobody is told")),
    lanes,
  };
  const answering = new Answering(new Batch(sql, route, GIVEN), others, async () => null);
  const request: PlaceRequest = {
    number: 1,
    line: { dialer: dialer(sampleAccount(), null, null), dialing: sampleDialing, capabilities },
    order: {} as PlaceOrder,
    lane: 3,
    leaveBy: 2_000,
    isRepeat: false,
    afterMs: 0,
  };
  for (const isRepeat of [false, true]) {
    const answer = await answering.answerTo({ kind: "place", request: { ...request, isRepeat } });
    expect(answer).toMatchObject({ kind: "placed", outcome: { kind: "placed" } });
  }
  expect(asked).toEqual([
    [`${route}/3`, "place", 2_000],
    [`${route}/3`, "repeat", 2_000],
  ]);
});
