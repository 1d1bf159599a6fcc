/**
 * The theme of the documentation. This script is no module, so the browser draws nothing before it has run. Otherwise a page
 * would be light for a moment where somebody wants it dark.
 */

import { applyTheme, storedTheme } from "../dashboard/shell/stored-theme.ts";

/** Swagger UI has a class for the dark theme. */
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
function followTheme(): void {
  const theme = storedTheme();
  const isDark = theme === "dark" || (theme === "system" && prefersDark.matches);
  document.documentElement.classList.toggle("dark-mode", isDark);
}
prefersDark.addEventListener("change", followTheme);
followTheme();
applyTheme();
