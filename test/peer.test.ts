/** Messages between objects where the platform fails: a stub that threw once throws for ever, and some never answer. */

import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ANSWER_WITHIN_MS, answerOf, isPassing, jittered, Peer, Peers, Unanswered } from "../src/peer.ts";
import { BreakableNamespace } from "./support/breakable.ts";

type Echo = { say(word: string): Promise<string> };

const echo = (): BreakableNamespace<Echo> => new BreakableNamespace<Echo>(() => ({ say: async (word) => word }));

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

it("speaks through one stub for as long as it serves", async () => {
  const echoes = echo();
  const peer = new Peer(() => echoes.getByName("a"));
  for (const word of ["one", "two", "three"]) expect(await peer.ask((stub) => stub.say(word))).toBe(word);
  expect(echoes.stubs).toBe(1);
});

it("has a new stub after one that threw, which would throw for ever", async () => {
  const echoes = echo();
  const peer = new Peer(() => echoes.getByName("a"));
  await peer.ask((stub) => stub.say("one"));
  echoes.breakNext();
  await expect(peer.ask((stub) => stub.say("two"))).rejects.toThrow("broken");
  expect(await peer.ask((stub) => stub.say("three"))).toBe("three");
  expect(echoes.stubs).toBe(2);
});

it("makes one new stub where several messages failed together", async () => {
  const echoes = echo();
  const peer = new Peer(() => echoes.getByName("a"));
  await peer.ask((stub) => stub.say("one"));
  echoes.breakNext();
  const failed = await Promise.allSettled([1, 2, 3].map(() => peer.ask((stub) => stub.say("two"))));
  expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  await Promise.all([1, 2, 3].map(() => peer.ask((stub) => stub.say("three"))));
  expect(echoes.stubs).toBe(2);
});

it("waits for nobody longer than the deadline, and has a new stub then", async () => {
  const echoes = echo();
  const peers = new Peers((name) => echoes.getByName(name));
  echoes.hang(true);
  const asked = peers.named("a").ask((stub) => stub.say("one"));
  const rejected = expect(asked).rejects.toThrow(Unanswered);
  await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS);
  await rejected;
  echoes.hang(false);
  expect(await peers.named("a").ask((stub) => stub.say("two"))).toBe("two");
  expect(echoes.stubs).toBe(2);
});

it("leaves no timer behind an answer or an error, which would keep its object in memory", async () => {
  await answerOf(Promise.resolve("here"));
  await answerOf(Promise.reject(new Error("not here"))).catch(() => {});
  expect(vi.getTimerCount()).toBe(0);
});

it.each([
  ["overloaded", Object.assign(new Error(), { overloaded: true }), true],
  ["to be tried again", Object.assign(new Error(), { retryable: true }), true],
  ["unanswered", new Unanswered(1), true],
  ["a bug", Object.assign(new Error("broken invariant"), { remote: true }), false],
  ["no error at all", null, false],
])("knows whether it passes: %s", (_, error, passes) => {
  expect(isPassing(error)).toBe(passes);
});

it("no method is marked as one that the platform may run twice: a call that was placed would be placed again", () => {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  expect(sources.length).toBeGreaterThan(300);
  const marked = sources.filter((path) =>
    /\bretryable\(/.test(readFileSync(`src/${path}`, "utf8").replace(/\/\*[\s\S]*?\*\//g, "")),
  );
  expect(marked).toEqual([]);
});

it("spreads those who failed together over the second half of the wait", () => {
  const waits = Array.from({ length: 1_000 }, (_, passedMs) => jittered(1_000, 1_800_000_000_000 + passedMs));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(500);
  expect(Math.max(...waits)).toBeLessThanOrEqual(1_000);
  // Evenly: in each tenth of it about as many.
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const from = 500 + 50 * tenth;
    expect(waits.filter((wait) => wait >= from && wait < from + 50).length).toBeGreaterThan(70);
  }
});
