/** When a batch asks the ledger, what it says, and how many calls it may place. */

import { describe, expect, it } from "vitest";
import { admitted, freeSlots, requested, statementOf } from "../../src/batch/request.ts";
import { sampleBatch } from "./samples.ts";

/** Somebody may be dialed at once; nobody waits, though calls are in flight. */
const [waiting, flying] = [0, null];
const opened = requested(sampleBatch(), waiting, 7);
const granted = admitted(opened, { grantedRequest: 1, grantedSlots: 3 }, 9);

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
    expect(admitted(granted, { grantedRequest: 1, grantedSlots: 9 }, 10)).toBeNull();
    expect(admitted(opened, { grantedRequest: 0, grantedSlots: 0 }, 10)).toBeNull();
    expect(admitted(requested(granted, flying, 10), { grantedRequest: 1, grantedSlots: 3 }, 11)).toBeNull();
  });

  it("keeps the instant of the first one", () => {
    const again = requested(requested(granted ?? opened, flying, 10), waiting, 11);
    expect(admitted(again, { grantedRequest: 2, grantedSlots: 3 }, 12)?.admitted_at).toBe(9);
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
