/** Which keys a batch's metadata has: the columns of an export. Reads the packed recipients one page at a time. */

import type { MetadataKeys } from "../rpc.ts";
import type { Recipients } from "../store/recipients.ts";

/** `atMost`: everybody could have keys of their own, and a table is no place for those. */
export function metadataKeys(
  recipients: Pick<Recipients, "at">,
  total: number,
  atMost: number,
): Pick<MetadataKeys, "keys" | "hasMore"> {
  const keys = new Set<string>();
  for (let position = 0; position < total; position += 1) {
    const { metadata } = recipients.at(position);
    if (metadata === null) continue;
    for (const key of Object.keys(JSON.parse(metadata) as object)) {
      if (keys.has(key)) continue;
      if (keys.size === atMost) return { keys: [...keys], hasMore: true };
      keys.add(key);
    }
  }
  return { keys: [...keys], hasMore: false };
}
