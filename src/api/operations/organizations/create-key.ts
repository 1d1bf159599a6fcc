import { err } from "../../../calling/requests/result.ts";
import { bodyOf } from "../../body/body.ts";
import { actOf, pathPart, settingsFor } from "../../context.ts";
import { validationError } from "../../envelope.ts";
import { chosenKeyProblem, newSignedKey } from "../../guards/key-check.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, created, operation, refusal } from "../../operation.ts";
import { createApiKeyBody } from "../../requests/telephony.ts";
import { KEY, KEYS, ofOrganization } from "./organization.ts";

export const createApiKey = operation({
  ...KEYS,
  method: "POST",
  id: "createApiKey",
  summary: "Create an API key",
  repeats: { hasSecret: true },
  body: content("CreateApiKey", createApiKeyBody(samples.organization.id), { label: samples.apiKey.label }),
  readsBody: true,
  answer: created("The key, which is shown only in this answer.", KEY),
  refusals: { 409: refusal("already_exists", "This key exists.") },
  handle: async (c) => {
    const id = pathPart(c, "organization_id");
    const body = await bodyOf(c, createApiKeyBody(id));
    if (!body.ok) return body;
    const { label, key: chosen, role, expires_at: expiresAt } = body.value;
    const problem = chosen === null ? null : await chosenKeyProblem(c.env, settingsFor(c), c.req.url, chosen);
    if (problem !== null) return err(validationError([{ path: "key", message: problem }]));
    const key = chosen ?? (await newSignedKey(c.env, id));
    return ofOrganization(c, (one) => one.createApiKey(key, { label, role, expiresAt }, actOf(c)));
  },
});
