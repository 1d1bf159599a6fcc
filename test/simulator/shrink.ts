/**
 * Finds the shortest history that still shows a seed's problem. It leaves out commands and faults, many at once first,
 * then fewer (delta debugging, Zeller 2002). Prints the last history it kept.
 */

import { type Asked, runHistory, type Told } from "./history.ts";
import type { Product } from "./platform/platform.ts";

export type Shortest = {
  readonly told: Told;
  readonly commands: readonly string[];
  readonly faults: readonly string[];
};

/** `untilMs`: by the process's own clock, which is not simulated. */
export async function shrink(product: Product, failed: Told, withinMs: number): Promise<Shortest> {
  const began = performance.now();
  const isTimeLeft = (): boolean => performance.now() - began < withinMs;
  let shortest: Shortest = { told: failed, commands: failed.commands, faults: failed.faults };
  const kindOf = wordsOf(failed);

  const attempt = async (commands: readonly string[], faults: readonly string[]): Promise<boolean> => {
    const asked: Asked = { seed: failed.seed, commands: new Set(commands), faults: new Set(faults) };
    const told = await runHistory(product, asked);
    if (wordsOf(told) !== kindOf) return false;
    shortest = { told, commands: told.commands, faults: told.faults };
    return true;
  };

  for (const part of ["faults", "commands"] as const) {
    for (let chunk = Math.max(1, shortest[part].length); chunk >= 1; chunk = Math.floor(chunk / 2)) {
      for (let from = 0; from < shortest[part].length && isTimeLeft(); ) {
        const { commands, faults } = shortest;
        const without = (list: readonly string[]): string[] => [...list.slice(0, from), ...list.slice(from + chunk)];
        const isShorter =
          part === "faults" ? await attempt(commands, without(faults)) : await attempt(without(commands), faults);
        if (!isShorter) from += chunk;
      }
    }
  }
  return shortest;
}

/** A problem without ids, numbers and times, to compare kinds of problems. */
const wordsOf = ({ problems }: Told): string => (problems[0] ?? "").replace(/\S*\d\S*/g, "…").slice(0, 120);
