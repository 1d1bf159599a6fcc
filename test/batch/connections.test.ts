import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Connection, Connections } from "../../src/batch/dialing/connections.ts";
import { settingsOf } from "../../src/env.ts";

const NOW = 1_000_000;

const taken = (connections: Connections, count: number, now = NOW): Connection[] =>
  Array.from({ length: count }, () => connections.take(now));
const lanesOf = (list: readonly Connection[]) => list.map(({ lane }) => lane);

/** A carrier that took so long to accept each of so many calls, one after the other, until `NOW`. */
function usedTo(ms: number, calls = 10): Connections {
  const connections = new Connections();
  for (let call = 0; call < calls; call += 1) connections.giveBack(connections.take(NOW - ms), true, NOW);
  return connections;
}

describe("connections to the carrier", () => {
  it("are the object's own while the carrier answers quickly, and until ten answers in a row have taken long", () => {
    for (const connections of [new Connections(), usedTo(0), usedTo(49), usedTo(200, 9)]) {
      expect(connections.free(NOW)).toBe(5);
      expect(lanesOf(taken(connections, 5))).toEqual([null, null, null, null, null]);
      expect(connections.free(NOW)).toBe(0);
    }
    const hasOneQuick = usedTo(200, 9);
    hasOneQuick.giveBack(hasOneQuick.take(NOW - 49), true, NOW);
    hasOneQuick.giveBack(hasOneQuick.take(NOW - 200), true, NOW);
    expect(hasOneQuick.free(NOW)).toBe(5);
  });

  it.each([
    // As many as 500 calls a second need: 25, 50, 100.
    [50, 4, 29],
    [100, 8, 53],
    [199, 16, 101],
    [200, 16, 101],
    [15_000, 16, 101],
  ])("with answers that take %i ms are those of %i lanes too, together %i", (ms, lanes, atOnce) => {
    const connections = usedTo(ms);
    expect(connections.free(NOW)).toBe(atOnce);
    const filled = Array.from({ length: lanes }, (_, lane) => Array<number>(6).fill(lane)).flat();
    expect(lanesOf(taken(connections, atOnce))).toEqual([...Array<null>(5).fill(null), ...filled]);
    expect(connections.free(NOW)).toBe(0);
  });

  it("are of no more lanes than the calls at once need", () => {
    for (const [calls, lanes] of [
      [5, 0],
      [6, 1],
      [10, 1],
      [11, 1],
      [12, 2],
      [100, 16],
    ] as const) {
      const used = new Set(lanesOf(taken(usedTo(200), calls)).filter((lane) => lane !== null));
      expect(used.size).toBe(lanes);
    }
  });

  it("are as many as the quickest of its answers needs: a busy machine makes others late", () => {
    const connections = usedTo(200, 9);
    connections.giveBack(connections.take(NOW - 60), true, NOW);
    expect(connections.free(NOW)).toBe(5 + 5 * 6);
  });

  it("are the object's own once a lane came too late, until answers have taken long again", () => {
    const connections = usedTo(50);
    connections.giveBack(connections.take(NOW), false, NOW);
    connections.laneFailed();
    expect(connections.free(NOW)).toBe(5);
    for (let call = 0; call < 10; call += 1) connections.giveBack(connections.take(NOW - 50), true, NOW);
    expect(connections.free(NOW)).toBe(29);
  });

  it("are taken of as few lanes as suffice, and an own one before any", () => {
    const connections = usedTo(200);
    const [own, ...others] = taken(connections, 12);
    const lane = others.find((one) => one.lane === 0);
    if (own === undefined || lane === undefined) throw new Error("they were taken");
    connections.giveBack(lane, true, NOW);
    expect(connections.take(NOW).lane).toBe(0);
    connections.giveBack(own, true, NOW);
    expect(lanesOf(taken(connections, 2))).toEqual([null, 1]);
  });

  it("are not more because nothing is accepted", () => {
    const connections = new Connections();
    for (let call = 0; call < 50; call += 1) connections.giveBack(connections.take(NOW - 15_000), false, NOW);
    expect(connections.free(NOW)).toBe(5);
  });

  it("are found out anew after half a minute, by requests beside which no lane was in use", () => {
    const connections = usedTo(200);
    const under = taken(connections, 101);
    const later = NOW + 30_000;
    expect(connections.free(later - 1)).toBe(0);
    for (const connection of under.slice(1)) connections.giveBack(connection, true, later);
    expect(connections.free(later)).toBe(4);
    // It was late because others were under way.
    for (const connection of under.slice(0, 1)) connections.giveBack(connection, true, later);
    for (let call = 0; call < 5; call += 1) connections.giveBack(connections.take(later), true, later + 17);
    expect(connections.free(later + 17)).toBe(5);
    for (let call = 0; call < 9; call += 1) connections.giveBack(connections.take(later), true, later + 200);
    expect(connections.free(later + 200)).toBe(5);
    connections.giveBack(connections.take(later), true, later + 200);
    expect(connections.free(later + 200)).toBe(101);
  });

  it("are those of lanes again after one round of slow answers, and as many as it is slow now", () => {
    const connections = usedTo(60);
    const later = NOW + 30_000;
    expect([connections.free(later - 1), connections.free(later)]).toEqual([35, 5]);
    for (let call = 0; call < 4; call += 1) connections.giveBack(connections.take(later), true, later + 150);
    expect(connections.free(later + 150)).toBe(5);
    connections.giveBack(connections.take(later), true, later + 150);
    expect(connections.free(later + 150)).toBe(77);
  });

  it.each([
    [6, 16],
    [20, 13],
    [95, 1],
    [101, 0],
  ])("are up to %i of the object's own where it may have so many, and %i lanes with a slow carrier", (own, lanes) => {
    const quick = new Connections(own);
    expect(lanesOf(taken(quick, quick.free(NOW)))).toEqual(Array<null>(own - 1).fill(null));
    const slow = new Connections(own);
    for (let call = 0; call < 10; call += 1) slow.giveBack(slow.take(NOW - 15_000), true, NOW);
    expect(slow.free(NOW)).toBe(own - 1 + 6 * lanes);
    const later = NOW + 30_000;
    expect(slow.free(later)).toBe(own - 1);
  });

  it("are never more than five and six of each lane, nor fewer than none, in any order of answers", () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.boolean(), fc.integer({ min: 0, max: 2_000 })), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(steps, (history) => {
        const connections = new Connections();
        const underWay: Connection[] = [];
        let now = NOW;
        for (const [begins, which, isAccepted, ms] of history) {
          now += ms;
          if (begins && connections.free(now) > 0) underWay.push(connections.take(now));
          const [over] = begins || underWay.length === 0 ? [] : underWay.splice(which % underWay.length, 1);
          if (over !== undefined) connections.giveBack(over, isAccepted, now);
          for (const [lane, { length }] of Map.groupBy(underWay, (connection) => connection.lane)) {
            expect(length).toBeLessThanOrEqual(lane === null ? 5 : 6);
          }
          expect(connections.free(now)).toBeGreaterThanOrEqual(0);
          expect(underWay.length + connections.free(now)).toBeLessThanOrEqual(101);
        }
      }),
    );
  });
});

describe("CARRIER_CONNECTIONS", () => {
  it.each([
    [undefined, 6],
    ["", 6],
    ["2", 2],
    ["101", 101],
  ])("given as %s lets a batch have %i requests in flight", (CARRIER_CONNECTIONS, connections) => {
    const variables = CARRIER_CONNECTIONS === undefined ? {} : { CARRIER_CONNECTIONS };
    expect(settingsOf(variables).carrierConnections).toBe(connections);
  });

  it.each(["1", "102", "6.5", "six", "-6"])("cannot be %s", (CARRIER_CONNECTIONS) => {
    expect(() => settingsOf({ CARRIER_CONNECTIONS })).toThrow(
      "CARRIER_CONNECTIONS must be a whole number from 2 to 101",
    );
  });
});
