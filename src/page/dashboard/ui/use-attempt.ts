/** An action that runs once: a second click does nothing, and after a failure it can be tried again. */

import { useRef, useState } from "preact/hooks";

export type Attempt = { readonly isRunning: boolean; readonly error: unknown; readonly attempt: () => Promise<void> };

/** After success it stays in its running state: its form closes. */
export function useAttempt(run: () => Promise<void>): Attempt {
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  /** A second click may come before the state of the first is drawn. */
  const hasBegun = useRef(false);
  const attempt = async () => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    setRunning(true);
    setError(null);
    try {
      await run();
    } catch (failure) {
      setError(failure);
      setRunning(false);
      hasBegun.current = false;
    }
  };
  return { isRunning, error, attempt };
}
