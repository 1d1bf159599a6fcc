/**
 * Whether a browser sends the request for a page of this service. Cloudflare Access makes its header from a cookie, which
 * browsers send with other sites' requests, too (`SameSite=None` by default). So for people the header alone does not show
 * that they meant the request. A key is in no cookie and needs no such check.
 *
 * `Sec-Fetch-Site` and `Origin` are set by the browser, and no page can change them (Fetch Standard, "forbidden request
 * header"). Browsers send `Origin` with everything but GET and HEAD. What has neither header was not sent by a browser.
 */

import { type ApiContext, settingsFor } from "../context.ts";

const SAFE = ["GET", "HEAD"];

export function isOfOwnPage(c: ApiContext): boolean {
  const site = c.req.header("sec-fetch-site");
  const isSafe = SAFE.includes(c.req.method);
  // none: typed in the address bar.
  if (site !== undefined) return site === "same-origin" || (isSafe && site === "none");
  const origin = c.req.header("origin");
  return origin === undefined ? isSafe : originsOf(c).includes(origin);
}

/** Behind a tunnel the Worker may see another scheme or host than the browser. */
function originsOf(c: ApiContext): string[] {
  const { publicBaseUrl } = settingsFor(c);
  return [c.req.url, ...(publicBaseUrl === null ? [] : [publicBaseUrl])].map((url) => new URL(url).origin);
}
