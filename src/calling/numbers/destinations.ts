/**
 * Where secrets go. A secret that is written and never read could still be read by somebody who has it sent to a server of
 * theirs. So a change of an address has to bring every secret that goes there. Pure.
 */

import type { Issue } from "../requests/failure.ts";

/** An address by the paths of the fields that make it up, like `regions.*.url`, and the paths of the secrets that go there. */
export type Destination = {
  /** `*` stands for any name, the same one in all paths of the destination. */
  readonly to: readonly string[];
  readonly secrets: readonly string[];
  /** What clients call a path, where that is another one. */
  readonly named?: Readonly<Record<string, string>>;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Undefined where nothing is there. */
export const valueAt = (value: unknown, path: string): unknown =>
  path.split(".").reduce((inner: unknown, name) => (isObject(inner) ? inner[name] : undefined), value);

/** The destination once for each name that its `*` stands for. */
function spelledOut(destination: Destination, after: unknown): Destination[] {
  const wild = destination.to.find((path) => path.includes("*"));
  if (wild === undefined) return [destination];
  const around = valueAt(after, wild.slice(0, wild.indexOf(".*")));
  return Object.keys(isObject(around) ? around : {}).map((name) => ({
    ...destination,
    to: destination.to.map((path) => path.replace("*", name)),
    secrets: destination.secrets.map((path) => path.replace("*", name)),
  }));
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * The secrets that the change has to bring and does not. Each one is named once. `after`: what the change makes of `before`.
 * A secret that is not set, or that the change removes, goes nowhere.
 */
export function secretsToEnterAgain(
  destinations: readonly Destination[],
  before: unknown,
  after: unknown,
  change: unknown,
): Issue[] {
  const missing = new Map<string, string>();
  for (const { to, secrets, named = {} } of destinations.flatMap((one) => spelledOut(one, after))) {
    const moved = to.find((path) => !isSame(valueAt(before, path), valueAt(after, path)));
    if (moved === undefined) continue;
    for (const path of secrets) {
      const isKept = (valueAt(after, path) ?? null) !== null && valueAt(change, path) === undefined;
      if (isKept && !missing.has(path)) {
        missing.set(
          path,
          `must be entered again in the same request: another ${named[moved] ?? moved} changes where it goes`,
        );
      }
    }
  }
  return [...missing].map(([path, message]) => ({ path, message }));
}
