/** Lists that are short enough to read completely: agents, numbers, webhooks. */

import type { Page, PageQuery } from "../../../client/client.ts";

const MOST_ON_A_PAGE = 100;
/** A longer list is cut: it is too long to choose from. */
const PAGES_AT_MOST = 10;
export const MOST_IN_ALL = PAGES_AT_MOST * MOST_ON_A_PAGE;

export async function allPages<Item>(list: (query: PageQuery) => Promise<Page<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | null = null;
  for (let read = 0; read < PAGES_AT_MOST; read += 1) {
    const page: Page<Item> = await list({
      limit: MOST_ON_A_PAGE,
      ...(cursor === null ? {} : { starting_after: cursor }),
    });
    all.push(...page.data);
    cursor = page.next_page;
    if (!page.has_more || cursor === null) break;
  }
  return all;
}
