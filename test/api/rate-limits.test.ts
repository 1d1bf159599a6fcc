import { describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import { Counter, FAILURES, PER_ADDRESS, PER_KEY } from "../../src/api/limits/rate-limits.ts";

const LIMIT = { name: "test", binding: "KEY_LIMITER", quota: 3, seconds: 10 } as const;
const NOW = 1_800_000_000_000;

describe("a counter", () => {
  it("has the quota in each period, for each name", () => {
    const counter = new Counter(LIMIT);
    expect([0, 1, 2, 3].map(() => counter.spend("a", NOW).left)).toEqual([2, 1, 0, -1]);
    expect(counter.spend("b", NOW).left).toBe(2);
    expect(counter.spend("a", NOW + 9_999).left).toBe(-2);
    expect(counter.spend("a", NOW + 10_000).left).toBe(2);
  });

  it("tells when the period is over", () => {
    const counter = new Counter(LIMIT);
    expect(counter.spend("a", NOW).resetSeconds).toBe(10);
    expect(counter.spend("a", NOW + 9_500).resetSeconds).toBe(1);
  });

  it("is looked at without being spent", () => {
    const counter = new Counter(LIMIT);
    counter.spend("a", NOW);
    for (let look = 0; look < 5; look += 1) expect(counter.look("a", NOW).left).toBe(2);
  });

  it("can be exhausted by what others counted", () => {
    const counter = new Counter(LIMIT);
    counter.exhaust("a", NOW);
    expect(counter.spend("a", NOW).left).toBeLessThan(0);
    expect(counter.spend("a", NOW + 10_000).left).toBe(2);
  });

  it("keeps so many names and no more", () => {
    const counter = new Counter(LIMIT);
    for (let name = 0; name < 20_000; name += 1) counter.spend(String(name), NOW);
    expect([0, 1, 2, 3].map(() => counter.spend("one more", NOW).left)).toEqual([2, 2, 2, 2]);
    expect(counter.spend("0", NOW).left).toBe(1);
  });
});

it("Cloudflare's limiters are bound with the same limits", () => {
  type Bound = { readonly ratelimits: readonly { name: string; namespace_id: string; simple: unknown }[] };
  const { ratelimits } = unstable_readConfig({ config: "wrangler.toml" }) as Bound;
  const ours = [PER_KEY, PER_ADDRESS, FAILURES].map(({ binding, quota, seconds }) => [
    binding,
    { limit: quota, period: seconds },
  ]);
  expect(ratelimits.map(({ name, simple }) => [name, simple])).toEqual(ours);
  expect(new Set(ratelimits.map(({ namespace_id }) => namespace_id)).size).toBe(ours.length);
});
