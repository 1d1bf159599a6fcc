import { archiveBucket } from "../../../archive/bucket.ts";
import { conflict } from "../../../calling/requests/failure.ts";
import { err } from "../../../calling/requests/result.ts";
import { newOrganizationId } from "../../../calling/secrets/ids.ts";
import { jurisdictionOf } from "../../../calling/words/jurisdiction.ts";
import { actOf } from "../../context.ts";
import { validationError } from "../../envelope.ts";
import { canConfine, register, removalOf } from "../../guards/directories.ts";
import { LOCATIONS } from "../../locations.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, created, operation, refusal } from "../../operation.ts";
import { createOrganizationBody } from "../../requests/telephony.ts";
import { NO_BUCKET } from "../settings/settings.ts";
import { ORGANIZATION, ORGANIZATIONS } from "./organization.ts";

const NOWHERE = validationError([
  {
    path: "jurisdiction",
    message: "cannot be used here: only Cloudflare keeps data in a jurisdiction, and this service runs elsewhere",
  },
]);
const DELETED = conflict("organization_deleted", "an organization with this id was deleted; choose another id");

export const createOrganization = operation({
  ...ORGANIZATIONS,
  method: "POST",
  id: "createOrganization",
  summary: "Create an organization",
  repeats: {},
  body: content("CreateOrganization", createOrganizationBody, {
    id: samples.organization.id,
    name: samples.organization.name,
    agent_call_concurrency_limit: samples.organization.agent_call_concurrency_limit,
  }),
  answer: created("The organization, without a key.", ORGANIZATION),
  refusals: { 409: refusal("already_exists", "An organization with this id exists."), ...NO_BUCKET },
  handle: async (c, { body: { region, jurisdiction: named, ...organization } }) => {
    const id = organization.id ?? newOrganizationId(named);
    const jurisdiction = jurisdictionOf(id);
    if (jurisdiction !== null && !canConfine(c.env, jurisdiction)) return err(NOWHERE);
    const bucket = organization.archive ? archiveBucket(c.env, id) : null;
    if (bucket !== null && !bucket.ok) return bucket;
    // Listed first. A listed id without an organization is skipped; an organization that is not listed would be lost.
    if ((await removalOf(c.env, id)) !== null) return err(DELETED);
    await register(c.env, id);
    const near = region === null ? {} : { locationHint: LOCATIONS[region] };
    const made = await c.env.ORGANIZATIONS.getByName(id, near).create({ ...organization, id }, actOf(c));
    return made;
  },
});
