/** Copies a text to the clipboard and says so. */

import { useState } from "preact/hooks";
import { WORDS } from "./words.ts";

export function CopyButton({ text }: { readonly text: string }) {
  const [said, setSaid] = useState<string>(WORDS.copy);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(WORDS.copied);
    } catch {
      // Without a secure connection a page has no clipboard.
      setSaid(WORDS.noClipboard);
    }
  };
  return (
    <button type="button" class="button primary" aria-live="polite" onClick={() => void copy()}>
      {said}
    </button>
  );
}
