import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Place, Room } from "../../src/api/limits/room.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";

const TERMS = { waitMs: 10_000, holdMs: 60_000 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Of a request that waits: whether it has its place by now. */
function asked(room: Room, owner: string, bytes: number, terms: Parameters<Room["take"]>[2] = TERMS) {
  const state: { place: Place | null | undefined } = { place: undefined };
  void room.take(owner, bytes, terms).then((place) => {
    state.place = place;
  });
  return state;
}
const turn = () => vi.advanceTimersByTimeAsync(0);

describe("room", () => {
  it("is never held beyond its bytes, whatever is asked and left", async () => {
    const room = new Room(100, 60);
    const places: Place[] = [];
    for (let step = 0; step < 400; step += 1) {
      const state = asked(room, `owner ${step % 5}`, 1 + ((step * 7) % 90), { waitMs: 50, holdMs: 60_000 });
      await turn();
      if (state.place) places.push(state.place);
      if (step % 3 === 0) places.splice((step * 11) % Math.max(1, places.length), 1)[0]?.leave();
      expect(room.heldBytes).toBeLessThanOrEqual(100);
    }
    for (const place of places) place.leave();
    await vi.advanceTimersByTimeAsync(50);
  });

  it("lets a request wait until there is room, and refuses it after its time", async () => {
    const room = new Room(100, 100);
    const first = await room.take("a", 80, TERMS);
    const second = asked(room, "b", 40);
    const third = asked(room, "c", 40, { ...TERMS, waitMs: 5_000 });
    await vi.advanceTimersByTimeAsync(4_999);
    expect([second.place, third.place]).toEqual([undefined, undefined]);
    await vi.advanceTimersByTimeAsync(1);
    expect([second.place, third.place]).toEqual([undefined, null]);
    first?.leave();
    await turn();
    expect(second.place).toBeTruthy();
    expect(room.heldBytes).toBe(40);
  });

  it("lets those in first that came first", async () => {
    const room = new Room(100, 100);
    const first = await room.take("a", 100, TERMS);
    const [second, third] = [asked(room, "b", 100), asked(room, "c", 100)];
    await turn();
    first?.leave();
    await turn();
    expect(second.place).toBeTruthy();
    expect(third.place).toBeUndefined();
  });

  it("keeps some for others: an owner has its share", async () => {
    const room = new Room(100, 50);
    await room.take("a", 50, TERMS);
    const more = asked(room, "a", 1);
    const other = asked(room, "b", 50);
    await turn();
    expect(more.place).toBeUndefined();
    expect(other.place).toBeTruthy();
  });

  it("counts what is larger than a share as a share, so that it comes in alone", async () => {
    const room = new Room(100, 50);
    expect(await room.take("a", 1_000, TERMS)).toBeTruthy();
    expect(room.heldBytes).toBe(50);
  });

  it("is left once however often it is said", async () => {
    const room = new Room(100, 100);
    const first = await room.take("a", 50, TERMS);
    await room.take("a", 30, TERMS);
    first?.leave();
    first?.leave();
    expect(room.heldBytes).toBe(30);
  });

  it("takes an overdue place away only for who needs it, and says so", async () => {
    const room = new Room(100, 100);
    const onLost = vi.fn();
    await room.take("a", 80, { waitMs: 0, holdMs: 3_000, onLost });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await room.take("b", 10, TERMS)).toBeTruthy();
    expect(onLost).not.toHaveBeenCalled();
    expect(await room.take("b", 80, TERMS)).toBeTruthy();
    expect(onLost).toHaveBeenCalledOnce();
  });

  it("comes free for who waits when a place falls due", async () => {
    const room = new Room(100, 100);
    await room.take("a", 100, { waitMs: 0, holdMs: 3_000 });
    const waits = asked(room, "b", 100);
    await vi.advanceTimersByTimeAsync(2_999);
    expect(waits.place).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(waits.place).toBeTruthy();
  });

  it("leaves no timer behind", async () => {
    const room = new Room(100, 100);
    const first = await room.take("a", 100, TERMS);
    const second = asked(room, "b", 100);
    first?.leave();
    await turn();
    second.place?.leave();
    expect(vi.getTimerCount()).toBe(0);
  });
});

it("each operation reserves memory for an answer that another one reserves it for", () => {
  const named = ({ answer }: (typeof OPERATIONS)[number]) => answer.content?.name ?? null;
  const large = new Set(OPERATIONS.filter(({ answerBytes }) => answerBytes !== undefined).map(named));
  expect(large).toContain("PersonPlacePage");
  const without = OPERATIONS.filter((one) => named(one) !== null && large.has(named(one)) && !one.answerBytes);
  expect(without.map(({ id }) => id)).toEqual([]);
});
