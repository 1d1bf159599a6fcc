/** Messages about finished actions, shown for a few seconds and read aloud. */

import { useCallback, useRef, useState } from "preact/hooks";

const SHOWN_MS = 5_000;

type Toast = { readonly id: number; readonly text: string };

export function useToasts(): { readonly toasts: readonly Toast[]; readonly say: (text: string) => void } {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const last = useRef(0);
  const say = useCallback((text: string) => {
    last.current += 1;
    const id = last.current;
    setToasts((before) => [...before, { id, text }]);
    setTimeout(() => setToasts((before) => before.filter((one) => one.id !== id)), SHOWN_MS);
  }, []);
  return { toasts, say };
}

export const Toasts = ({ toasts }: { readonly toasts: readonly Toast[] }) => (
  <div class="toasts" role="status">
    {toasts.map(({ id, text }) => (
      <div key={id} class="toast">
        {text}
      </div>
    ))}
  </div>
);
