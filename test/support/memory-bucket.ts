/** A bucket in memory. Lists are in small pages, as every list may be. A test may let any request fail, before it is done or after. */

import type { ArchiveBucket } from "../../src/archive/bucket.ts";
import { sha256 } from "../../src/calling/secrets/digest.ts";

export type BucketRequest = "get" | "head" | "put" | "list" | "delete";
type Around = <T>(request: BucketRequest, key: string, done: () => Promise<T>) => Promise<T>;
const PAGE = 3;

export class MemoryBucket {
  readonly objects = new Map<string, Uint8Array>();
  around: Around = (_, __, done) => done();

  /** As the product sees it. */
  get bucket(): ArchiveBucket {
    return {
      get: (key: string) => this.around("get", key, async () => this.#found(key)),
      head: (key: string) => this.around("head", key, async () => this.#found(key)),
      put: (key: string, bytes: Uint8Array, { sha256: digest }: { sha256: string }) =>
        this.around("put", key, async () => {
          if ((await sha256(bytes.slice())) !== digest) throw new Error("the digest differs");
          this.objects.set(key, bytes.slice());
        }),
      list: ({ prefix, cursor = "" }: { prefix: string; cursor?: string }) =>
        this.around("list", prefix, async () => {
          const after = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > cursor).sort();
          const keys = after.slice(0, PAGE);
          const objects = keys.map((key) => ({ key, size: this.objects.get(key)?.length ?? 0 }));
          return after.length > PAGE
            ? { objects, truncated: true, cursor: keys.at(-1) }
            : { objects, truncated: false };
        }),
      delete: (keys: string | string[]) =>
        this.around("delete", String(keys), async () => {
          for (const key of [keys].flat()) this.objects.delete(key);
        }),
    } as unknown as ArchiveBucket;
  }

  text(key: string): string {
    const bytes = this.objects.get(key);
    if (bytes === undefined) throw new Error(`there is no object ${key}`);
    return new TextDecoder().decode(bytes);
  }

  /** Byte by byte, in every object and in its name. */
  keysWith(text: string): string[] {
    return [...this.objects.keys()].filter((key) => key.includes(text) || this.text(key).includes(text));
  }

  #found(key: string): object | null {
    if (!this.objects.has(key)) return null;
    const text = this.text(key);
    return { key, text: async () => text, json: async () => JSON.parse(text) as unknown };
  }
}
