/** What a request for direct calls says of its slots, and what the ledger makes of it. */

import { describe, expect, it } from "vitest";
import { type DirectStanding, directStatement } from "../../src/batch/slots/direct-slots.ts";
import { grantedDirectly, type Holding, hear } from "../../src/organization/ledger/ledger.ts";

const REQUEST = { batchId: "acb_request", createdAt: 7 };
const GRANTED: Holding = grantedDirectly(REQUEST.batchId, REQUEST.createdAt, 3);

const heard = (known: Holding | null, standing: DirectStanding, isGranted: boolean) =>
  hear(directStatement(REQUEST, standing, isGranted), known, 0);

describe("the slots of three people who are to be called now", () => {
  it("are kept while the request only says that it is there", () => {
    expect(heard(GRANTED, { waiting: 3, flying: 0 }, false)).toMatchObject({ grantedSlots: 3, grantKnown: false });
  });

  it("are as many as wait and are being called, and are given back one by one", () => {
    const dialing = heard(GRANTED, { waiting: 1, flying: 2 }, true);
    expect(dialing).toMatchObject({ grantedSlots: 3, grantKnown: true, open: true });
    const dialed = heard(dialing, { waiting: 0, flying: 2 }, true);
    expect(dialed).toMatchObject({ grantedSlots: 2, open: false });
    expect(heard(dialed, { waiting: 0, flying: 0 }, true)).toBeNull();
  });

  it("do not come back by a late word", () => {
    const dialed = heard(GRANTED, { waiting: 0, flying: 1 }, true);
    expect(heard(dialed, { waiting: 2, flying: 1 }, true)).toBe(dialed);
    for (const standing of [
      { waiting: 3, flying: 0 },
      { waiting: 0, flying: 2 },
    ]) {
      for (const isGranted of [true, false]) expect(heard(null, standing, isGranted)).toBeNull();
    }
  });

  it("are the same after a restart, which forgets that they were granted", () => {
    const dialing = heard(GRANTED, { waiting: 1, flying: 1 }, true);
    expect(heard(dialing, { waiting: 1, flying: 1 }, false)).toMatchObject({ grantedSlots: 2, grantedRequest: 1 });
  });

  it("are given back by a request that comes too late to dial anybody", () => {
    expect(heard(GRANTED, { waiting: 0, flying: 0 }, false)).toBeNull();
  });
});
