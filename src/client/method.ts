/**
 * Makes a method of the client from an operation's entry in `api.ts`: its arguments become a request, and the answer
 * its result.
 */

import type { Transport } from "./transport.ts";

export type Options = {
  /** Ends the request and its repeats. */
  readonly signal?: AbortSignal;
};
export type KeyedOptions = Options & {
  /** 1 to 255 characters. Default: the client makes one, for all repeats of this request. */
  readonly idempotencyKey?: string;
};

type AnyPage = { readonly data: readonly unknown[]; readonly has_more: boolean; readonly next_page: string | null };
/** A page; with `for await`, all items from it on, page after page. */
export type Listing<Page extends AnyPage> = Promise<Page> & AsyncIterable<Page["data"][number]>;

export type Entry = {
  readonly method: string;
  readonly path: string;
  readonly takes: "body" | "query" | null;
  readonly gives: "json" | "page" | "file";
  /** Whether to send it again if no answer came. */
  readonly again: "always" | "with a key" | "never";
};
type Fields = Readonly<Record<string, unknown>>;

function listing(read: (query: Fields) => Promise<AnyPage>, query: Fields): Listing<AnyPage> {
  const first = read(query);
  const cursor = query.ending_before ? "ending_before" : "starting_after";
  return Object.assign(first, {
    async *[Symbol.asyncIterator]() {
      for (let page = await first; ; page = await read({ ...query, [cursor]: page.next_page })) {
        yield* page.data;
        if (!page.has_more || page.next_page === null) return;
      }
    },
  });
}

function methodOf({ method, path, takes, gives, again }: Entry, transport: Transport) {
  return (...given: unknown[]): unknown => {
    const filled = path.replace(/:\w+/g, () => encodeURIComponent(String(given.shift())));
    const sent = takes === null ? undefined : (given.shift() as Fields | undefined);
    const { signal, idempotencyKey } = (given.shift() ?? {}) as KeyedOptions;
    const key = idempotencyKey ?? (again === "with a key" ? crypto.randomUUID() : null);
    const request = {
      method,
      path: filled,
      signal,
      mayRepeat: again === "always" || key !== null,
      headers: key === null ? {} : { "idempotency-key": key },
      ...(takes === "body" ? { body: sent } : {}),
    };
    if (gives === "page") return listing((query) => transport.json<AnyPage>({ ...request, query }), sent ?? {});
    const asked = takes === "query" ? { ...request, query: sent } : request;
    return gives === "file" ? transport.stream(asked) : transport.json(asked);
  };
}

/** `Operations`: the methods' types, which `api.ts` exports beside the entries. */
export const methodsOf = <Operations>(
  entries: Readonly<Record<keyof Operations, Entry>>,
  transport: Transport,
): Operations =>
  Object.fromEntries(
    Object.entries<Entry>(entries).map(([id, entry]) => [id, methodOf(entry, transport)]),
  ) as Operations;
