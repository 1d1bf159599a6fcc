/**
 * Where secrets are sent. A secret that can be written but never read could leak by sending it to another server. So a
 * change of an address must include every secret that goes there. Pure.
 */

import type { Issue } from "../requests/failure.ts";

/** An address, as the paths of its fields, like `regions.*.url`, and the paths of the secrets sent to it. */
export type Destination = {
  /** `*` stands for any name, the same in all paths of the destination. */
  readonly to: readonly string[];
  readonly secrets: readonly string[];
  /** What clients call a path, if that differs. */
  readonly named?: Readonly<Record<string, string>>;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Undefined if the path does not exist. */
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
 * The secrets that the change must include and does not, each named once. `after`: the result of changing `before`. A
 * secret that is unset or removed is sent nowhere.
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
          `must be entered again in the same request, because the change of ${named[moved] ?? moved} sends it to another place`,
        );
      }
    }
  }
  return [...missing].map(([path, message]) => ({ path, message }));
}
