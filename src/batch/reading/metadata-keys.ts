/** The keys in a batch's metadata: the columns of an export. Reads the packed recipients one page at a time. */

import type { MetadataKeys } from "../rpc.ts";
import type { Recipients } from "../store/recipients.ts";

/** `atMost`: each recipient could have keys of its own, which would make a table useless. */
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
