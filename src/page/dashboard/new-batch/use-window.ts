/** Which rows of a long list are seen: only those are drawn, so that thousands scroll like fifty. */

import { useEffect, useRef, useState } from "preact/hooks";

/** Above and below what is seen, so that a quick scroll shows no gap. */
const MORE_ROWS = 6;

/** `rowHeight`: in pixels, the same for every row. */
export function useWindow(rows: number, rowHeight: number) {
  const ref = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 320 });
  useEffect(() => {
    const box = ref.current;
    if (box === null) return;
    const look = () => setSeen({ top: box.scrollTop, height: box.clientHeight });
    look();
    box.addEventListener("scroll", look, { passive: true });
    return () => box.removeEventListener("scroll", look);
  }, []);
  const from = Math.max(0, Math.min(Math.floor(seen.top / rowHeight) - MORE_ROWS, rows - 1));
  const until = Math.min(rows, Math.ceil((seen.top + seen.height) / rowHeight) + MORE_ROWS);
  return { ref, from, until };
}
