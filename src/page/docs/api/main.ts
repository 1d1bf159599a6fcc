/** The reference page: Swagger UI over `/openapi.json`, with requests sent to the service that serves it. */

import { storedTheme } from "../../dashboard/shell/stored-theme.ts";

type ViewerOptions = {
  readonly url: string;
  readonly dom_id: string;
  readonly deepLinking: boolean;
  readonly docExpansion: "list" | "full" | "none";
  readonly defaultModelsExpandDepth: number;
  readonly displayRequestDuration: boolean;
  /** Null: no badge from an external validator. */
  readonly validatorUrl: null;
};

/** The theme of the other pages; Swagger UI has a class for the dark one. */
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
function followTheme(): void {
  const theme = storedTheme();
  const isDark = theme === "dark" || (theme === "system" && prefersDark.matches);
  document.documentElement.classList.toggle("dark-mode", isDark);
}
prefersDark.addEventListener("change", followTheme);
followTheme();

/** From `swagger-ui-bundle.js`, which the page loads before this. */
declare const SwaggerUIBundle: (options: ViewerOptions) => void;

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null,
});
