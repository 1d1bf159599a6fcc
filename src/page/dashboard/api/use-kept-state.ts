/** A state that outlives its page: a half-filled form is kept when the user leaves it. */

import { type StateUpdater, useCallback, useState } from "preact/hooks";
import { useDashboard } from "./context.ts";

/** Lost on reload, on signing out, and in another organization. `name`: null for a state that ends with its page. */
export function useKeptState<T>(name: string | null, begin: () => T): readonly [T, (change: StateUpdater<T>) => void] {
  const { kept } = useDashboard();
  const [state, setState] = useState<T>(() =>
    // The value under a name always comes from the same call.
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

/** Whether input is kept for a form whose names begin like this. */
export const isKept = (kept: ReadonlyMap<string, unknown>, form: string): boolean =>
  [...kept.keys()].some((name) => name.startsWith(`${form} `));

export function forget(kept: Map<string, unknown>, form: string): void {
  for (const name of [...kept.keys()]) if (name.startsWith(`${form} `)) kept.delete(name);
}
