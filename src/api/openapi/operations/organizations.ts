/** `/admin/organizations`, for operators. */

import { pageOf } from "../../schemas/common-answers.ts";
import { listQuery } from "../../schemas/queries.ts";
import { changeOrganizationBody, createApiKeyBody, createOrganizationBody } from "../../schemas/telephony.ts";
import { apiKeyAnswer, ledgerAnswer, organizationAnswer, resealAnswer } from "../../schemas/telephony-answers.ts";
import { content, created, deleted, type Operation, ok } from "../operation.ts";
import * as samples from "../samples.ts";

const PATH = "/admin/organizations";
const ONE = `${PATH}/:organization_id`;
const common = { audience: "operator", tag: "Organizations" } as const;
const organization = content("Organization", organizationAnswer, samples.organization);

export const ORGANIZATION_OPERATIONS: readonly Operation[] = [
  {
    ...common,
    method: "POST",
    path: PATH,
    id: "createOrganization",
    takesIdempotencyKey: true,
    summary: "Create an organization",
    body: content("CreateOrganization", createOrganizationBody, {
      id: samples.organization.id,
      name: samples.organization.name,
      agent_call_concurrency_limit: samples.organization.agent_call_concurrency_limit,
    }),
    answer: created("It is there, without a key.", organization),
    refusals: { 409: { description: "An organization with this id exists.", code: "already_exists" } },
  },
  {
    ...common,
    method: "GET",
    path: PATH,
    id: "listOrganizations",
    summary: "List organizations, newest first",
    query: listQuery,
    answer: ok(
      "A page of organizations.",
      content("OrganizationPage", pageOf(organizationAnswer), samples.page(samples.organization)),
    ),
  },
  {
    ...common,
    method: "GET",
    path: ONE,
    id: "getOrganization",
    summary: "Read an organization",
    answer: ok("As it is.", organization),
  },
  {
    ...common,
    method: "PATCH",
    path: ONE,
    id: "changeOrganization",
    summary: "Change an organization",
    description: "Fields that are not given stay as they are. A lowered limit takes nothing back from who is talking.",
    body: content("ChangeOrganization", changeOrganizationBody, { agent_call_concurrency_limit: 40 }),
    answer: ok("As it is now.", organization),
  },
  {
    ...common,
    method: "GET",
    path: `${ONE}/ledger`,
    id: "getLedger",
    summary: "See who holds slots, and who waits for some",
    answer: ok("The ledger.", content("Ledger", ledgerAnswer, samples.ledger)),
  },
  {
    ...common,
    method: "POST",
    path: "/admin/reseal",
    id: "resealSecrets",
    takesIdempotencyKey: true,
    summary: "Seal stored secrets with the newest ENCRYPTION_KEY",
    description:
      "Of a page of organizations: what keys of ENCRYPTION_KEYS_OLD had sealed. Go on with `starting_after` until `has_more` is false. A repeat changes nothing.",
    query: listQuery,
    answer: ok("How many there were.", content("Reseal", resealAnswer, samples.reseal)),
    refusals: { 503: { description: "ENCRYPTION_KEY is not set.", code: "not_configured" } },
  },
  {
    ...common,
    method: "POST",
    path: `${ONE}/api-keys`,
    id: "createApiKey",
    takesIdempotencyKey: true,
    summary: "Make an API key",
    body: content("CreateApiKey", createApiKeyBody(samples.organization.id), { label: samples.apiKey.label }),
    answer: created("The key is shown in this answer alone.", content("ApiKey", apiKeyAnswer, samples.apiKey)),
    refusals: { 409: { description: "This key exists.", code: "already_exists" } },
  },
  {
    ...common,
    method: "GET",
    path: `${ONE}/api-keys`,
    id: "listApiKeys",
    summary: "List API keys, masked",
    query: listQuery,
    answer: ok(
      "A page of keys.",
      content("ApiKeyPage", pageOf(apiKeyAnswer), samples.page({ ...samples.apiKey, key: "sk_acme_…key" })),
    ),
  },
  {
    ...common,
    method: "DELETE",
    path: `${ONE}/api-keys/:key_id`,
    id: "revokeApiKey",
    summary: "Revoke an API key",
    answer: deleted,
  },
];
