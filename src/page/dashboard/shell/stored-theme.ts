/** Light, dark, or the system's theme. Stored on this machine: it is not secret. The dashboard and the docs share it. */

const KEY = "callbatch.theme";
const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const storedTheme = (): Theme => THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? "system";

export function applyTheme(theme: Theme = storedTheme()): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Changes to the theme after this one, and returns it. */
export function nextTheme(theme: Theme): Theme {
  const after = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
  localStorage.setItem(KEY, after);
  applyTheme(after);
  return after;
}
