/** Pages of a list, newest first. As in the published API. */

export type PageRequest = {
  /** 1 to 100. */
  readonly limit: number;
  /** Items older than this one. Never used with `endingBefore`. */
  readonly startingAfter: string | null;
  /** Items newer than this one; the nearest of them, still newest first. */
  readonly endingBefore: string | null;
};

export type Page<T> = {
  readonly data: T[];
  /** There is more in the requested direction. */
  readonly hasMore: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  readonly nextPage: string | null;
};

/**
 * Makes a page from up to `limit + 1` items, read in the direction of the request: newest first going older, oldest
 * first for `endingBefore`. The extra item tells that there is more.
 */
export function pageOf<T extends { readonly id: string }>(read: readonly T[], request: PageRequest): Page<T> {
  const hasMore = read.length > request.limit;
  const data = read.slice(0, request.limit);
  const last = data.at(-1);
  if (request.endingBefore !== null) data.reverse();
  return { data, hasMore, nextPage: hasMore && last !== undefined ? last.id : null };
}
