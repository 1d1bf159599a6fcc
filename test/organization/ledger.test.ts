/** The ledger over its rows: what each statement, grant, audit and change of the limit makes of them. One rule a test. */

import { beforeEach, describe, expect, it } from "vitest";
import type { Capacity, SlotStatement } from "../../src/calling/messages/slots.ts";
import { DIRECT_CALLS_BEGIN_WITHIN_MS } from "../../src/calling/requests/limits.ts";
import { loadHoldings } from "../../src/organization/ledger/holdings.ts";
import { slotsInUse, waitingInOrder } from "../../src/organization/ledger/ledger.ts";
import { type GrantMessage, Slots } from "../../src/organization/ledger/slots.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

const NOW = 1_000_000;
const [A, B, C, DIRECT] = ["acb_a", "acb_b", "acb_c", "acb_direct"];
/** By age. */
const CREATED: Readonly<Record<string, number>> = { [A]: 1, [B]: 2, [C]: 3, [DIRECT]: 4 };

let sql: Sql;
let slots: Slots;
let capacity: Capacity;

beforeEach(() => {
  sql = nodeSql(ORGANIZATION_STEPS);
  for (const id of [A, B, C]) {
    sql.run(
      `INSERT INTO batch_index (created_at, id, agent_id, from_number_id, at_rest, last_updated_at, summary)
       VALUES (?, ?, 'agent_1', 'ap_1', 0, 1, '{}')`,
      CREATED[id] ?? 0,
      id,
    );
  }
  slots = new Slots(sql);
  capacity = { limit: 5, reserved: 0 };
});

const statement = (batchId: string, more: Partial<SlotStatement>): SlotStatement => ({
  batchId,
  direct: batchId === DIRECT,
  createdAt: CREATED[batchId] ?? 0,
  requestNumber: 1,
  open: true,
  granted: false,
  slots: 0,
  holds: 0,
  ...more,
});
const asking = (batchId: string, count: number, requestNumber = 1) =>
  statement(batchId, { slots: count, requestNumber });
const dialing = (batchId: string, count: number, requestNumber = 1) =>
  statement(batchId, { granted: true, slots: count, holds: count, requestNumber });
const closed = (batchId: string, holds: number, requestNumber = 1) =>
  statement(batchId, { open: false, holds, requestNumber });
const hear = (one: SlotStatement) => slots.hear(one, capacity, NOW);
const held = (batchId: string) => slots.holdings.get(batchId)?.grantedSlots ?? 0;
const waiting = () => waitingInOrder(slots.holdings.values()).map(({ batchId }) => batchId);
const inUse = () => slotsInUse(slots.holdings.values());

describe("grants", () => {
  it("are whole or nothing, oldest first, and nobody younger overtakes one that waits", () => {
    hear(asking(A, 4));
    expect(hear(asking(C, 1))).toEqual({ grantedRequest: 1, grantedSlots: 1 });
    hear(closed(C, 0));
    expect(hear(asking(B, 3))).toEqual({ grantedRequest: 0, grantedSlots: 0 });
    // One slot is free, which would be enough for it.
    expect(hear(asking(C, 1, 2))).toEqual({ grantedRequest: 0, grantedSlots: 0 });
    expect(waiting()).toEqual([B, C]);
    hear(dialing(A, 2));
    expect([held(A), held(B), held(C), inUse()]).toEqual([2, 3, 0, 5]);
  });

  it("go by creation, and not by who asked first", () => {
    hear(asking(A, 5));
    hear(asking(C, 2));
    hear(asking(B, 2));
    expect(waiting()).toEqual([B, C]);
    hear(closed(A, 0));
    expect([held(B), held(C)]).toEqual([2, 2]);
  });

  it("go by priority before age, and a new request brings another priority", () => {
    hear(asking(A, 5));
    hear({ ...asking(B, 2), priority: 4 });
    hear({ ...asking(C, 4), priority: 2 });
    expect(waiting()).toEqual([C, B]);
    hear({ ...asking(B, 2, 2), priority: 1 });
    expect(waiting()).toEqual([B, C]);
    hear(closed(A, 0));
    expect([held(B), held(C)]).toEqual([2, 0]);
  });

  it("leave the reserved slots to direct calls, and cut what can never be granted", () => {
    capacity = { limit: 5, reserved: 2 };
    expect(hear(asking(A, 9))).toEqual({ grantedRequest: 1, grantedSlots: 3 });
    hear(dialing(A, 2));
    // Three slots are free, one of them for batches.
    expect(hear(asking(B, 2))).toEqual({ grantedRequest: 0, grantedSlots: 0 });
    expect(hear(asking(B, 1, 2))).toEqual({ grantedRequest: 2, grantedSlots: 1 });
  });

  it("let others have what is free while a batch with a lower target waits for its own calls to end", () => {
    hear(asking(A, 3));
    hear(dialing(A, 3));
    hear(asking(B, 2));
    hear(dialing(B, 2));
    hear(closed(B, 0));
    // Its target is lowered with three calls in flight. The free slots are of no use to it.
    hear({ ...asking(A, 1, 2), holds: 3 });
    expect(slots.freeForDirectCalls(capacity)).toBe(2);
    expect(hear(asking(C, 2))).toEqual({ grantedRequest: 1, grantedSlots: 2 });
    hear(asking(B, 2, 2));
    expect([held(A), held(C), waiting()]).toEqual([3, 2, [A, B]]);
    // Its slots come from its own calls, and it is served before those who are younger.
    expect(hear({ ...asking(A, 1, 2), holds: 0 })).toEqual({ grantedRequest: 2, grantedSlots: 1 });
    expect([held(B), inUse()]).toEqual([2, 5]);
  });

  it("fit a limit that was lowered, which takes nothing back", () => {
    hear(asking(A, 4));
    hear(asking(B, 3));
    capacity = { limit: 2, reserved: 0 };
    slots.grant(capacity);
    expect([held(A), held(B)]).toEqual([4, 0]);
    hear(closed(A, 0));
    expect(held(B)).toBe(2);
  });

  it("follow at once when the limit is raised", () => {
    hear(asking(A, 4));
    hear(asking(B, 3));
    slots.grant({ limit: 7, reserved: 0 });
    expect(held(B)).toBe(3);
  });

  it("are stored as they are remembered, and read again by an object that restarts", () => {
    hear(asking(A, 4));
    hear({ ...asking(B, 3), priority: 5 });
    hear(dialing(A, 3));
    expect(new Map(loadHoldings(sql))).toEqual(new Map(slots.holdings));
  });
});

describe("what a batch holds", () => {
  it("shrinks to its calls in flight when it closes, and goes to who waits", () => {
    hear(asking(A, 5));
    hear(asking(B, 3));
    hear(closed(A, 2));
    expect([held(A), held(B)]).toEqual([2, 3]);
    hear(closed(A, 1));
    expect(held(A)).toBe(1);
    hear(closed(A, 0));
    expect(slots.holdings.has(A)).toBe(false);
  });

  it("is not raised by a statement, but by a grant", () => {
    hear(asking(A, 3));
    hear(closed(A, 1));
    hear(closed(A, 4));
    expect(held(A)).toBe(1);
    hear(dialing(B, 2));
    hear(dialing(B, 4));
    expect(held(B)).toBe(2);
  });

  it("counts while it asks for more, and it asks in its old place", () => {
    hear(asking(A, 2));
    hear(asking(B, 3));
    hear(asking(C, 1));
    expect(hear({ ...asking(A, 3, 2), holds: 2 })).toEqual({ grantedRequest: 1, grantedSlots: 2 });
    expect([held(A), waiting()]).toEqual([2, [A, C]]);
    hear(closed(B, 0));
    expect([held(A), held(C)]).toEqual([3, 1]);
  });

  it("counts though the ledger has lost its grant, even above the limit", () => {
    hear(asking(A, 5));
    hear(dialing(B, 3));
    expect([held(B), inUse()]).toEqual([3, 8]);
    hear(closed(C, 1));
    expect(held(C)).toBe(1);
  });
});

describe("a message that is late", () => {
  it("from before a newer request, or from before it closed, changes nothing", () => {
    hear(asking(A, 2));
    hear(asking(A, 3, 2));
    const before = slots.holdings.get(A);
    hear(closed(A, 0));
    hear(dialing(A, 2));
    expect(slots.holdings.get(A)).toBe(before);
    hear(closed(A, 1, 2));
    expect(hear(asking(A, 3, 2))).toEqual({ grantedRequest: 2, grantedSlots: 1 });
    expect([slots.holdings.get(A)?.open, held(A)]).toEqual([false, 1]);
  });

  it("from before the batch came to rest gives it no row, and its next request does", () => {
    hear(asking(A, 3));
    hear(closed(A, 0));
    expect(hear(asking(A, 3))).toEqual({ grantedRequest: 0, grantedSlots: 0 });
    expect(slots.holdings.size).toBe(0);
    expect(hear(asking(A, 3, 2))).toEqual({ grantedRequest: 2, grantedSlots: 3 });
  });

  it("about a grant to a batch that was not there releases nothing if it was heard since", () => {
    const granted = (): GrantMessage => {
      const [message] = slots.tell(NOW + 1_000_000);
      return message ?? expect.fail("its grant is not confirmed");
    };
    hear(asking(A, 3));
    const told = granted();
    hear(dialing(A, 3));
    slots.told(told, null, capacity, NOW);
    expect(held(A)).toBe(3);
    hear(asking(B, 2));
    slots.told(granted(), null, capacity, NOW);
    expect(slots.holdings.has(B)).toBe(false);
  });
});

describe("an audit", () => {
  const audited = (known: SlotStatement, answer: SlotStatement | null) => {
    hear(known);
    const holding = slots.holdings.get(known.batchId) ?? expect.fail("it has a row");
    return slots.audited(holding, answer, capacity);
  };

  it.each([
    ["more calls in flight than were counted", closed(A, 1), closed(A, 3), 3],
    ["fewer", closed(A, 3), closed(A, 1), 1],
    ["a larger grant", dialing(A, 2), dialing(A, 3), 3],
    ["a smaller one", dialing(A, 3), dialing(A, 2), 2],
    ["nothing", dialing(A, 3), closed(A, 0), 0],
    ["no such batch", dialing(A, 3), null, 0],
  ])("that finds %s repairs the ledger", (_, known, answer, slotsAfter) => {
    expect(audited(known, answer)).toBe(true);
    expect(held(A)).toBe(slotsAfter);
  });

  it("that finds what was known repairs nothing, and hands on what it frees", () => {
    expect(audited(dialing(A, 3), dialing(A, 3))).toBe(false);
    hear(asking(B, 5));
    const holding = slots.holdings.get(A) ?? expect.fail("it has a row");
    slots.audited(holding, closed(A, 0), capacity);
    expect(held(B)).toBe(5);
  });

  it("is ignored if the batch was heard since the question", () => {
    hear(dialing(A, 3));
    const holding = slots.holdings.get(A) ?? expect.fail("it has a row");
    hear(closed(A, 2));
    expect(slots.audited(holding, dialing(A, 3), capacity)).toBe(false);
    expect(held(A)).toBe(2);
  });
});

describe("direct calls", () => {
  const begin = (count: number) => slots.grantDirectly(DIRECT, CREATED[DIRECT] ?? 0, count, NOW);

  it("take what is free, and only reserved slots while a batch waits", () => {
    capacity = { limit: 5, reserved: 1 };
    hear(asking(A, 3));
    expect(slots.freeForDirectCalls(capacity)).toBe(2);
    hear(asking(B, 2));
    expect([waiting(), slots.freeForDirectCalls(capacity)]).toEqual([[B], 1]);
    begin(1);
    expect(slots.freeForDirectCalls(capacity)).toBe(0);
  });

  it("take no more than is free of the reserved slots", () => {
    capacity = { limit: 5, reserved: 3 };
    hear(dialing(A, 4));
    hear(asking(B, 2));
    expect(slots.freeForDirectCalls(capacity)).toBe(1);
  });

  it("give a batch that waits the slots of those that are over", () => {
    begin(4);
    hear(asking(A, 3));
    hear(statement(DIRECT, { granted: true, slots: 3, holds: 3 }));
    expect(held(A)).toBe(0);
    hear(closed(DIRECT, 2));
    expect([held(DIRECT), held(A)]).toEqual([2, 3]);
  });

  it("are not asked about before they can be there, and lose their slots if they never are", () => {
    begin(2);
    expect(slots.tell(NOW + DIRECT_CALLS_BEGIN_WITHIN_MS - 1)).toEqual([]);
    const [told] = slots.tell(NOW + DIRECT_CALLS_BEGIN_WITHIN_MS);
    slots.told(told ?? expect.fail("they are asked"), null, capacity, NOW);
    expect(slots.holdings.size).toBe(0);
  });

  it("get no slots back by a statement that comes after they were taken", () => {
    expect(hear(statement(DIRECT, { slots: 2 }))).toEqual({ grantedRequest: 0, grantedSlots: 0 });
    expect(hear(statement(DIRECT, { granted: true, slots: 2, holds: 2 }))).toMatchObject({ grantedSlots: 0 });
    expect(slots.holdings.size).toBe(0);
  });
});
