import { newOrganizationId } from "../../../calling/secrets/ids.ts";
import { directoryOf } from "../../guards/key-check.ts";
import { LOCATIONS } from "../../locations.ts";
import * as samples from "../../openapi/samples.ts";
import { content, created, operation, refusal } from "../../operation.ts";
import { createOrganizationBody } from "../../requests/telephony.ts";
import { ORGANIZATION, ORGANIZATIONS } from "./organization.ts";

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
  refusals: { 409: refusal("already_exists", "An organization with this id exists.") },
  handle: async (c, { body: { region, ...organization } }) => {
    const id = organization.id ?? newOrganizationId();
    // Listed first. A listed id without an organization is skipped; an organization that is not listed would be lost.
    await directoryOf(c.env).register(id);
    const near = region === null ? {} : { locationHint: LOCATIONS[region] };
    const made = await c.env.ORGANIZATIONS.getByName(id, near).create({ ...organization, id });
    return made;
  },
});
