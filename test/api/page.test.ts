import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Page, type PageRequest, pageOf } from "../../src/calling/requests/page.ts";

type Item = { readonly id: string };

/** A list of `count` items as a table would hold it, newest first. */
const listOf = (count: number): Item[] =>
  Array.from({ length: count }, (_, index) => ({ id: `item_${count - index}` }));

/** Reads as lists do: up to `limit + 1` in the direction of the request, from the cursor on. */
function readPage(list: readonly Item[], request: PageRequest): Page<Item> {
  const place = (id: string) => list.findIndex((item) => item.id === id);
  const { limit, startingAfter, endingBefore } = request;
  const ahead =
    endingBefore !== null
      ? list.slice(0, place(endingBefore)).reverse()
      : list.slice(startingAfter === null ? 0 : place(startingAfter) + 1);
  return pageOf(ahead.slice(0, limit + 1), request);
}

const request = (limit: number, cursor: Partial<PageRequest> = {}): PageRequest => ({
  limit,
  startingAfter: null,
  endingBefore: null,
  ...cursor,
});
const ids = (page: Page<Item>) => page.data.map((item) => item.id);

describe("a page", () => {
  it("of nothing is empty and the last", () => {
    expect(pageOf([], request(10))).toEqual({ data: [], hasMore: false, nextPage: null });
    expect(pageOf([], request(10, { endingBefore: "item_1" }))).toEqual({ data: [], hasMore: false, nextPage: null });
  });

  it("that is exactly full is the last", () => {
    expect(readPage(listOf(3), request(3))).toEqual({ data: listOf(3), hasMore: false, nextPage: null });
  });

  it("going older ends at its oldest item, which leads to the next", () => {
    const page = readPage(listOf(5), request(2, { startingAfter: "item_5" }));
    expect(ids(page)).toEqual(["item_4", "item_3"]);
    expect(page).toMatchObject({ hasMore: true, nextPage: "item_3" });
  });

  it("going newer holds the nearest ones, newest first, and its newest leads to the next", () => {
    const page = readPage(listOf(5), request(2, { endingBefore: "item_1" }));
    expect(ids(page)).toEqual(["item_3", "item_2"]);
    expect(page).toMatchObject({ hasMore: true, nextPage: "item_3" });
  });

  it("leaves what was read as it was", () => {
    const read = Object.freeze([...listOf(3)].reverse());
    expect(ids(pageOf(read, request(3, { endingBefore: "item_0" })))).toEqual(["item_3", "item_2", "item_1"]);
    expect(read.map((item) => item.id)).toEqual(["item_1", "item_2", "item_3"]);
  });
});

describe("page by page", () => {
  const anyList = fc.nat({ max: 60 }).map(listOf);
  const limit = fc.integer({ min: 1, max: 20 });

  it("going older shows every item once, newest first, and says truly whether there is more", () => {
    fc.assert(
      fc.property(anyList, limit, (list, most) => {
        const seen: Item[] = [];
        let cursor: string | null = null;
        do {
          const page: Page<Item> = readPage(list, request(most, { startingAfter: cursor }));
          seen.push(...page.data);
          expect(page.data.length).toBe(Math.min(most, list.length - seen.length + page.data.length));
          expect(page.hasMore).toBe(seen.length < list.length);
          expect(page.nextPage).toBe(page.hasMore ? (seen.at(-1)?.id ?? "") : null);
          cursor = page.nextPage;
        } while (cursor !== null);
        expect(seen).toEqual(list);
      }),
    );
  });

  it("going newer from any item shows every newer one once, newest first within each page", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), limit, (count, from, most) => {
        const list = listOf(count);
        const start = from % count;
        let seen: Item[] = [];
        let cursor: string | null = list[start]?.id ?? "";
        do {
          const page: Page<Item> = readPage(list, request(most, { endingBefore: cursor }));
          seen = [...page.data, ...seen];
          expect(page.data.length).toBeLessThanOrEqual(most);
          expect(page.hasMore).toBe(seen.length < start);
          expect(page.nextPage).toBe(page.hasMore ? (seen[0]?.id ?? "") : null);
          cursor = page.nextPage;
        } while (cursor !== null);
        expect(seen).toEqual(list.slice(0, start));
      }),
    );
  });
});
