/** The theme as state of the page. */

import { useState } from "preact/hooks";
import { nextTheme, storedTheme, type Theme } from "./stored-theme.ts";

export function useTheme(): { readonly theme: Theme; readonly next: () => void } {
  const [theme, setTheme] = useState(storedTheme);
  return { theme, next: () => setTheme(nextTheme(theme)) };
}
