import { ok as done, err } from "../../../calling/requests/result.ts";
import { NO_ENCRYPTION_KEY } from "../../../organization/configuration/providers.ts";
import { type ResealAnswer, resealAnswer } from "../../answers/organization/organization.ts";
import { actOf, settingsFor } from "../../context.ts";
import { listOrganizations } from "../../guards/directories.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, ok, operation, refusal } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listQuery } from "../../requests/queries.ts";
import { ORGANIZATIONS } from "./organization.ts";

export const resealSecrets = operation({
  ...ORGANIZATIONS,
  method: "POST",
  path: "/admin/reseal",
  id: "resealSecrets",
  summary: "Encrypt stored secrets with the newest ENCRYPTION_KEY",
  description:
    "Encrypts again the secrets that a key of ENCRYPTION_KEYS_OLD has encrypted, for one page of organizations. Continue with `starting_after` until `has_more` is false. A repeat changes nothing.",
  repeats: { isHarmless: true },
  query: listQuery,
  answer: ok("Counts of secrets for each organization.", content("Reseal", resealAnswer, samples.reseal)),
  refusals: { 503: refusal("not_configured", "ENCRYPTION_KEY is not set.") },
  handle: async (c, { query }) => {
    if (settingsFor(c).keyRing.length === 0) return err(NO_ENCRYPTION_KEY);
    const page = await listOrganizations(c.env, pageRequestOf(query));
    if (!page.ok) return page;
    const data: ResealAnswer["data"][number][] = [];
    for (const { id } of page.value.data) {
      const counts = await c.env.ORGANIZATIONS.getByName(id).reseal(actOf(c));
      // A listed id may have no organization.
      if (counts !== null) data.push({ organization_id: id, ...counts });
    }
    return done({ data, has_more: page.value.hasMore, next_page: page.value.nextPage });
  },
});
