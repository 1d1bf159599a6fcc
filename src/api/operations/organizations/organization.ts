/** Shared by operators' operations. */

import { type Failure, notFound } from "../../../calling/requests/failure.ts";
import { err, type Result } from "../../../calling/requests/result.ts";
import { isChosenId } from "../../../calling/secrets/ids.ts";
import { jurisdictionOf } from "../../../calling/words/jurisdiction.ts";
import type { OrganizationObject } from "../../../organization/object.ts";
import {
  apiKeyAnswer,
  organizationAnswer,
  presentApiKey,
  presentOrganization,
} from "../../answers/organization/organization.ts";
import { type ApiContext, pathPart } from "../../context.ts";
import { isInUse } from "../../guards/directories.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { view } from "../../operation.ts";

export const ORGANIZATIONS = { audience: "operator", tag: "Organizations", path: "/admin/organizations" } as const;
export const ONE_ORGANIZATION = { ...ORGANIZATIONS, path: "/admin/organizations/:organization_id" } as const;
export const KEYS = { ...ORGANIZATIONS, path: `${ONE_ORGANIZATION.path}/api-keys` } as const;
export const ORGANIZATION = view("Organization", organizationAnswer, samples.organization, presentOrganization);
export const KEY = view("ApiKey", apiKeyAnswer, samples.apiKey, presentApiKey);

/** Asks the organization in the path. An id that cannot be an organization's creates no object. */
export async function ofOrganization<T>(
  c: ApiContext,
  ask: (organization: DurableObjectStub<OrganizationObject>) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const id = pathPart(c, "organization_id");
  const canBe = isChosenId("org_", id) && (await isInUse(c.env, jurisdictionOf(id)));
  return canBe ? ask(c.env.ORGANIZATIONS.getByName(id)) : err(notFound("organization"));
}
