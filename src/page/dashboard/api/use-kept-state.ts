/** A state that outlives its page: a form that is left half-filled is found as it was left. */

import { type StateUpdater, useCallback, useState } from "preact/hooks";
import { useDashboard } from "./context.ts";

/** Lost with a reload, when somebody signs out, and in another organization. `name`: null for a state that ends with its page. */
export function useKeptState<T>(name: string | null, begin: () => T): readonly [T, (change: StateUpdater<T>) => void] {
  const { kept } = useDashboard();
  const [state, setState] = useState<T>(() =>
    // What is kept under a name was kept by the same call.
    name !== null && kept.has(name) ? (kept.get(name) as T) : begin(),
  );
  const set = useCallback(
    (change: StateUpdater<T>) =>
      setState((before) => {
        const after = change instanceof Function ? change(before) : change;
        if (name !== null) kept.set(name, after);
        return after;
      }),
    [name, kept],
  );
  return [state, set];
}

/** Whether anything is kept of a form whose names begin so. */
export const isKept = (kept: ReadonlyMap<string, unknown>, form: string): boolean =>
  [...kept.keys()].some((name) => name.startsWith(`${form} `));

export function forget(kept: Map<string, unknown>, form: string): void {
  for (const name of [...kept.keys()]) if (name.startsWith(`${form} `)) kept.delete(name);
}
