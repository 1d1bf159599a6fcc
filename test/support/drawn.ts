/**
 * Where many cases run the same code, a run of the tests tries some of them, and each state of `src/` others. `TEST_SEED`
 * draws others of the same state, `TEST_TIMES=3` three times as many, and `TEST_ALL=1` tries all (CONTRIBUTING.md).
 */

import { inject } from "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    seed: number;
    triesAll: boolean;
    times: number;
  }
}

/** The seed of this run, for what draws by itself. */
export const seedOfRun = (): number => inject("seed");
export const triesAll = (): boolean => inject("triesAll");

/** How many cases to try, where none are drawn from a list: `count` of a short run. */
export const casesOfRun = (count: number, all = 10 * count): number => (triesAll() ? all : count * inject("times"));

/** So many of them in a short run, in their order. Says which, and how to have them again. */
export function drawn<T>(what: string, all: readonly T[], count: number): readonly T[] {
  const most = count * inject("times");
  if (triesAll() || all.length <= most) return all;
  const seed = seedOfRun();
  const ranked = all.map((_, index) => ({ index, rank: scrambled(`${seed} ${what} ${index}`) }));
  const chosen = new Set(
    ranked
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, most)
      .map(({ index }) => index),
  );
  console.log(`TEST_SEED=${seed} draws ${most} of ${all.length} ${what}: ${[...chosen].toSorted((a, b) => a - b)}`);
  return all.filter((_, index) => chosen.has(index));
}

/** FNV-1a, and a last mix so that similar texts differ in all bits. */
function scrambled(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
