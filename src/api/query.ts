/** The pages of lists. */

import type { PageRequest } from "../calling/requests/page.ts";

type PageQuery = { limit: number; starting_after?: string | undefined; ending_before?: string | undefined };

export const pageRequestOf = (query: PageQuery): PageRequest => ({
  limit: query.limit,
  startingAfter: query.starting_after ?? null,
  endingBefore: query.ending_before ?? null,
});
