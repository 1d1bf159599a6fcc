/** An answer of the API, kept up to date while a page shows it. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useDashboard } from "./context.ts";
import { isUnauthorized, isUnreached } from "./failure-words.ts";

const AFTER_FAILURE_MS = 3_000;

export type Resource<T> = {
  /** The newest answer; kept while a newer one cannot be read. */
  readonly value: T | null;
  /** The latest attempt's error. */
  readonly error: unknown;
  readonly reload: () => Promise<void>;
};

/**
 * `key`: what is read; another key discards the answer. `everyMs`: how often to read while the page is visible; null:
 * once.
 */
export function useResource<T>(key: string, load: () => Promise<T>, everyMs: number | null = null): Resource<T> {
  const { expire } = useDashboard();
  const [state, setState] = useState<{ key: string; value: T | null; error: unknown }>({
    key,
    value: null,
    error: null,
  });
  const latest = useRef({ key, load });
  latest.current = { key, load };

  const reload = useCallback(async () => {
    const asked = latest.current;
    const isCurrent = () => latest.current.key === asked.key;
    try {
      const value = await asked.load();
      if (isCurrent()) setState({ key: asked.key, value, error: null });
    } catch (error) {
      if (isUnauthorized(error)) expire();
      if (!isCurrent()) return;
      setState((before) => ({ key: asked.key, value: before.key === asked.key ? before.value : null, error }));
    }
  }, [expire]);

  useEffect(() => {
    void reload();
  }, [key, reload]);

  // A single read is repeated until it succeeds.
  const again = everyMs ?? (isUnreached(state.error) ? AFTER_FAILURE_MS : null);
  useEffect(() => {
    if (again === null) return;
    const look = () => document.visibilityState === "visible" && void reload();
    const timer = setInterval(look, again);
    addEventListener("online", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      removeEventListener("online", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [again, reload]);

  return state.key === key ? { ...state, reload } : { value: null, error: null, reload };
}

/** The previous value stays until the next arrives, so that a list does not flicker with each letter of a search. */
export function useLatest<T>({ value, error }: Resource<T>): T | null {
  const latest = useRef(value);
  if (value !== null) latest.current = value;
  return value ?? (error === null ? latest.current : null);
}
