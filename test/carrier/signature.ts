/** The signature that Twilio puts on every request it makes, computed as its published validators compute it. */

import { createHmac } from "node:crypto";

export type Fields = readonly (readonly [name: string, value: string])[];

/**
 * `url` is the whole URL as called, query included and fragment excluded. Fields are sorted by name; a name that occurs
 * several times counts with its distinct values, sorted. Nothing separates them.
 */
export function signature(authToken: string, url: string, fields: Fields): string {
  const byName = new Map<string, Set<string>>();
  for (const [name, value] of fields) {
    const values = byName.get(name) ?? new Set<string>();
    byName.set(name, values.add(value));
  }
  let signed = url;
  for (const name of [...byName.keys()].sort()) {
    for (const value of [...(byName.get(name) ?? [])].sort()) signed += name + value;
  }
  return createHmac("sha1", authToken).update(signed, "utf8").digest("base64");
}
