/** `POST /admin/reseal`: after a new `ENCRYPTION_KEY`, what older keys sealed is sealed with it. A page of organizations each. */

import { NO_ENCRYPTION_KEY } from "../../organization/configuration/providers.ts";
import { type ApiContext, settingsFor } from "../context.ts";
import { fail, respondWith } from "../envelope.ts";
import { directoryOf } from "../key-check.ts";
import { pageRequestOf, queryOf } from "../query.ts";
import { listQuery } from "../schemas/queries.ts";
import type { ResealAnswer } from "../schemas/telephony-answers.ts";

export async function resealSecrets(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listQuery);
  if (!query.ok) return respondWith(c, query.failure);
  if (settingsFor(c).keyRing.length === 0) return fail(c, NO_ENCRYPTION_KEY);
  const page = await directoryOf(c.env).list(pageRequestOf(query.value));
  if (!page.ok) return fail(c, page.failure);
  const data: ResealAnswer["data"][number][] = [];
  for (const { id } of page.value.data) {
    const counts = await c.env.ORGANIZATIONS.getByName(id).reseal();
    // A name in the list need not be an organization's.
    if (counts !== null) data.push({ organization_id: id, ...counts });
  }
  return c.json({ data, has_more: page.value.hasMore, next_page: page.value.nextPage } satisfies ResealAnswer);
}
