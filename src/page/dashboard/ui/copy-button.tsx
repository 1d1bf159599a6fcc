/** Copies a text to the clipboard and says so. */

import { useState } from "preact/hooks";

export function CopyButton({ text }: { readonly text: string }) {
  const [said, setSaid] = useState("Copy");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied");
    } catch {
      // Without a secure connection a page has no clipboard.
      setSaid("Mark it and copy it yourself");
    }
  };
  return (
    <button type="button" class="button primary" aria-live="polite" onClick={() => void copy()}>
      {said}
    </button>
  );
}
