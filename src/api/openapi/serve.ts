/** `GET /openapi.json`. */

import type { ApiContext } from "../context.ts";
import { buildDocument } from "./document.ts";

/** Made when it is first asked for, and then for as long as the isolate lives. */
let text: string | null = null;

export function serveOpenApi(c: ApiContext): Response {
  text ??= JSON.stringify(buildDocument());
  return c.body(text, 200, { "content-type": "application/json", "cache-control": "no-cache" });
}
