/** `/agents/concurrency`: who holds the organization's slots, and who waits for some. Ours. */

import { type ApiContext, organizationOf } from "../context.ts";
import { presentConcurrency } from "../present-organization.ts";

export async function getConcurrency(c: ApiContext): Promise<Response> {
  return c.json(presentConcurrency(await organizationOf(c).concurrency()));
}
