import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Connection, Connections } from "../../src/batch/connections.ts";

const taken = (connections: Connections, count: number): Connection[] =>
  Array.from({ length: count }, () => connections.take());

/** A carrier that took so long to accept as many calls. */
function usedTo(ms: number, calls = 50): Connections {
  const connections = new Connections();
  for (let call = 0; call < calls; call += 1) connections.giveBack(connections.take(), ms);
  return connections;
}

describe("connections to the carrier", () => {
  it("are the object's own while the carrier answers quickly, and at first", () => {
    for (const connections of [new Connections(), usedTo(0), usedTo(49)]) {
      expect(connections.free).toBe(5);
      expect(taken(connections, 5)).toEqual(["own", "own", "own", "own", "own"]);
      expect(connections.free).toBe(0);
    }
  });

  it("are those of lanes too while its answers take long: the first answer that does opens them", () => {
    for (const connections of [usedTo(60), usedTo(400, 1)]) {
      expect(connections.free).toBe(35);
      const filled = [0, 1, 2, 3, 4].flatMap((lane) => Array<Connection>(6).fill(lane));
      expect(taken(connections, 35)).toEqual([...Array<Connection>(5).fill("own"), ...filled]);
      expect(connections.free).toBe(0);
    }
  });

  it("are taken of as few lanes as suffice, and an own one before any", () => {
    const connections = usedTo(200);
    taken(connections, 12);
    connections.giveBack(0, 200);
    expect(connections.take()).toBe(0);
    connections.giveBack("own", 200);
    expect(taken(connections, 2)).toEqual(["own", 1]);
  });

  it("a carrier that accepts nothing is given no more at once", () => {
    const connections = new Connections();
    for (let call = 0; call < 50; call += 1) connections.giveBack(connections.take(), null);
    expect(connections.free).toBe(5);
  });

  it("one that has become quick is left to the object's own again, when those of the lanes are back", () => {
    const connections = usedTo(200);
    const used = taken(connections, 35);
    for (const connection of used) connections.giveBack(connection, 1);
    expect(connections.free).toBe(5);
  });

  it("are never more than five and six, nor fewer than none, in any order of answers", () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.option(fc.integer({ min: 0, max: 400 }))), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(steps, (history) => {
        const connections = new Connections();
        const underWay: Connection[] = [];
        for (const [begins, which, ms] of history) {
          if (begins && connections.free > 0) underWay.push(connections.take());
          const [over] = begins || underWay.length === 0 ? [] : underWay.splice(which % underWay.length, 1);
          if (over !== undefined) connections.giveBack(over, ms);
          const counts = Map.groupBy(underWay, (connection) => connection);
          for (const [connection, { length }] of counts)
            expect(length).toBeLessThanOrEqual(connection === "own" ? 5 : 6);
          expect(connections.free).toBeGreaterThanOrEqual(0);
          expect(underWay.length + connections.free).toBeLessThanOrEqual(35);
        }
      }),
    );
  });
});
