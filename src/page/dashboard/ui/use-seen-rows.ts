/**
 * Which rows of a long list are drawn: the visible ones, so that thousands scroll like fifty, and the one with the
 * focus. Arrow keys, Home and End move the focus from row to row.
 */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Above and below the visible rows, so that a quick scroll shows no gap. */
const MORE_ROWS = 8;
const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** A row is an `li` with its place in `aria-posinset`. */
const placeOf = (target: EventTarget | null): number | null => {
  const place = target instanceof Element ? target.closest("li")?.getAttribute("aria-posinset") : undefined;
  return place === undefined || place === null ? null : Number(place) - 1;
};

/** `rowHeight`: in pixels, the same for every row. `box`: belongs on the element that scrolls. */
export function useSeenRows(rows: number, rowHeight: number) {
  const ref = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 560 });
  const [focused, setFocused] = useState<number | null>(null);
  /** Gets the focus as soon as it is drawn. */
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    const box = ref.current;
    if (box === null) return;
    const look = () => setSeen({ top: box.scrollTop, height: box.clientHeight });
    look();
    box.addEventListener("scroll", look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(box);
    return () => {
      box.removeEventListener("scroll", look);
      resized.disconnect();
    };
  }, []);
  // At once, before a scroll removes the row with the focus. If it is not drawn yet: with the next drawing.
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const row = ref.current?.querySelector<HTMLElement>(`li[aria-posinset="${wanted.current + 1}"] button`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  const onFocusIn = (event: FocusEvent) => setFocused(placeOf(event.target));
  const onFocusOut = (event: FocusEvent) => setFocused(placeOf(event.relatedTarget));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const place = placeOf(event.target);
    const box = ref.current;
    // In a field these keys move the cursor.
    if (step === undefined || place === null || box === null || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows - 1, place + step));
    const top = next * rowHeight;
    box.scrollTop = Math.min(top, Math.max(box.scrollTop, top + rowHeight - box.clientHeight));
    wanted.current = next;
    setFocused(next);
  };

  const from = Math.max(0, Math.min(Math.floor(seen.top / rowHeight) - MORE_ROWS, rows - 1));
  const until = Math.min(rows, Math.ceil((seen.top + seen.height) / rowHeight) + MORE_ROWS);
  const places = Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index);
  if (focused !== null && focused < from) places.unshift(focused);
  if (focused !== null && focused >= until && focused < rows) places.push(focused);
  return { box: { ref, onFocusIn, onFocusOut, onKeyDown }, places };
}
