/** Twilio's description of its signature in one line, for parameters of different names. */

import { createHmac } from "node:crypto";

export function sign(token: string, url: string, parameters: readonly (readonly [string, string])[]): string {
  const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => name + value);
  return createHmac("sha1", token)
    .update(url + sorted.join(""), "utf8")
    .digest("base64");
}
