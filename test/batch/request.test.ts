/** When a batch asks the ledger, what it says, and how many calls it may place. */

import { describe, expect, it } from "vitest";
import { HeldBack } from "../../src/batch/people/held-back.ts";
import {
  type Demand,
  fitted,
  freeSlots,
  KEEP_SLOTS_MS,
  mayGrow,
  requested as opensOrCloses,
  slotsOf,
  statementOf,
  withGrant,
} from "../../src/batch/slots/request.ts";
import type { BatchRow } from "../../src/batch/store/batch-row.ts";
import { sampleBatch } from "./samples.ts";

/** So many may be dialed, the first of them at that time; null: nobody ever. */
const demandOf = (count: number, earliestAt: number | null = 0): Demand => ({
  flying: 0,
  queue: { earliestAt: () => earliestAt, soon: (_now, _until, atMost) => Math.min(count, atMost) },
});
const requested = (row: BatchRow, earliestAt: number | null, now: number, count = 5_000): BatchRow =>
  opensOrCloses(row, demandOf(count, earliestAt), new HeldBack(), now);

/** Somebody may be dialed at once; nobody waits, though calls are in flight. */
const [waiting, flying] = [0, null];
const opened = requested(sampleBatch(), waiting, 7);
const granted = withGrant(opened, { grantedRequest: 1, grantedSlots: 3 }, 9);

describe("the request", () => {
  it("opens when somebody waits, with the next number", () => {
    expect(opened).toMatchObject({ request_open: 1, request_number: 1, granted_slots: null, changed_at: 7 });
    expect(requested(opened, waiting, 8)).toBe(opened);
  });

  it("does not open before the schedule", () => {
    const scheduled = sampleBatch({ scheduled_at: 100 });
    expect(requested(scheduled, waiting, 99)).toBe(scheduled);
    expect(requested(scheduled, waiting, 100)).toMatchObject({ request_open: 1 });
  });

  it("is closed while the batch is paused, and open afterwards", () => {
    const paused = { ...(granted ?? opened), paused_at: 10 };
    expect(requested(paused, waiting, 10)).toMatchObject({ request_open: 0, granted_slots: null });
    expect(requested({ ...sampleBatch(), paused_at: 10 }, waiting, 11).request_open).toBe(0);
    expect(requested({ ...paused, paused_at: null }, waiting, 12).request_open).toBe(1);
  });

  it("is open for recipients who may be dialed within a minute, and for no others", () => {
    const now = 100;
    const last = now + KEEP_SLOTS_MS;
    expect(requested(sampleBatch(), last, now).request_open).toBe(1);
    expect(requested(sampleBatch(), last + 1, now).request_open).toBe(0);
    expect(requested(granted ?? opened, last + 1, now)).toMatchObject({ request_open: 0, granted_slots: null });
  });

  it("closes when nobody waits, and a later one has a new number", () => {
    const closed = requested(granted ?? opened, flying, 10);
    expect(closed).toMatchObject({ request_open: 0, granted_slots: null, request_number: 1 });
    expect(requested(closed, waiting, 11)).toMatchObject({ request_open: 1, request_number: 2, rest_known: 0 });
  });
});

describe("the grant", () => {
  it("is taken once, for the open request only", () => {
    expect(granted).toMatchObject({ granted_slots: 3, admitted_at: 9 });
    if (granted === null) return;
    expect(withGrant(granted, { grantedRequest: 1, grantedSlots: 9 }, 10)).toBeNull();
    expect(withGrant(opened, { grantedRequest: 0, grantedSlots: 0 }, 10)).toBeNull();
    expect(withGrant({ ...opened, request_number: 2 }, { grantedRequest: 1, grantedSlots: 3 }, 10)).toBeNull();
    expect(withGrant(requested(granted, flying, 10), { grantedRequest: 1, grantedSlots: 3 }, 11)).toBeNull();
  });

  it("keeps the instant of the first one", () => {
    const again = requested(requested(granted ?? opened, flying, 10), waiting, 11);
    expect(withGrant(again, { grantedRequest: 2, grantedSlots: 3 }, 12)?.admitted_at).toBe(9);
  });
});

describe("the statement", () => {
  it("asks for the target while it waits, and says what still flies", () => {
    expect(statementOf(opened, 2)).toMatchObject({ open: true, granted: false, slots: 3, holds: 2 });
  });
  it("holds the grant while it dials", () => {
    expect(statementOf(granted ?? opened, 1)).toMatchObject({ open: true, granted: true, slots: 3, holds: 3 });
  });
  it("holds its calls in flight afterwards", () => {
    expect(statementOf(requested(granted ?? opened, flying, 10), 2)).toMatchObject({ open: false, slots: 0, holds: 2 });
  });
});

it.each([
  [null, 0, 0],
  [3, 0, 3],
  [3, 2, 1],
  [3, 3, 0],
  // A grant can be smaller than what was in flight before it.
  [3, 5, 0],
])("with %s slots and %i in flight, %i more may be dialed", (slots, inFlight, free) => {
  expect(freeSlots(sampleBatch({ granted_slots: slots }), inFlight)).toBe(free);
});

describe("slots that the batch has no use for", () => {
  const TEN = sampleBatch({ target_concurrency_limit: 10 });
  const ten = withGrant(requested(TEN, waiting, 7, 1), { grantedRequest: 1, grantedSlots: 10 }, 9) ?? TEN;

  it("are asked for at first, whole, and given back as soon as it has them", () => {
    expect(statementOf(requested(TEN, waiting, 7, 1), 0)).toMatchObject({ open: true, slots: 10 });
    const one = fitted(ten, demandOf(1), 10);
    expect(statementOf(one, 0)).toMatchObject({ requestNumber: 1, open: true, granted: true, slots: 1, holds: 1 });
    expect(fitted(one, demandOf(1), 10)).toBe(one);
    expect(withGrant(one, { grantedRequest: 1, grantedSlots: 10 }, 10)).toBeNull();
  });

  it("are not asked for again once it has begun: it asks for those of whom it knows", () => {
    const closed = requested(ten, flying, 10, 0);
    expect(statementOf(requested(closed, waiting, 11, 2), 1)).toMatchObject({ requestNumber: 2, slots: 2 });
    expect(statementOf(requested(closed, waiting, 11, 99), 1)).toMatchObject({ slots: 10 });
  });

  it("are asked for anew when it has a use for them, while it goes on with what it has", () => {
    const three = fitted(ten, demandOf(3), 10);
    const growing = fitted(three, demandOf(5), 10);
    expect(statementOf(growing, 2)).toMatchObject({ requestNumber: 2, open: true, granted: false, slots: 5, holds: 3 });
    expect(freeSlots(growing, 2)).toBe(1);
    expect(fitted(growing, demandOf(9), 10)).toBe(growing);
    expect(statementOf(fitted(growing, demandOf(2), 10), 2)).toMatchObject({ requestNumber: 2, slots: 5, holds: 2 });
    const grown = withGrant(growing, { grantedRequest: 2, grantedSlots: 5 }, 12) ?? growing;
    expect([slotsOf(grown), grown.kept_slots]).toEqual([5, null]);
  });

  it("are not asked for again and again where the organization has no more", () => {
    const capped = withGrant(requested(TEN, waiting, 7, 9), { grantedRequest: 1, grantedSlots: 4 }, 9) ?? TEN;
    expect(fitted(capped, demandOf(9), 10)).toBe(capped);
    const one = fitted(capped, demandOf(1), 10);
    expect(mayGrow(one)).toBe(true);
    expect(fitted(one, demandOf(9), 10)).toMatchObject({ asked_slots: 4, kept_slots: 1 });
  });

  it("are not asked for by direct calls", () => {
    const direct: BatchRow = { ...sampleBatch(), kind: "direct" };
    expect(requested(direct, waiting, 7)).toBe(direct);
  });
});
