import { actOf, organizationOf } from "../../context.ts";
import { newSignedKey } from "../../guards/key-check.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, created, operation } from "../../operation.ts";
import { createKeyBody } from "../../requests/telephony.ts";
import { KEY } from "../organizations/organization.ts";
import { OWN_KEYS } from "./key.ts";

/** Only admins make keys, and no role is above theirs. */
export const createKey = operation({
  ...OWN_KEYS,
  method: "POST",
  id: "createKey",
  summary: "Create a key of this organization",
  repeats: { hasSecret: true },
  body: content("CreateKey", createKeyBody, { label: samples.apiKey.label, role: "operator" }),
  answer: created("The key, which is shown only in this answer.", KEY),
  handle: async (c, { body: { label, role, expires_at: expiresAt } }) => {
    const key = await newSignedKey(c.env, c.get("organizationId"));
    return organizationOf(c).createApiKey(key, { label, role, expiresAt }, actOf(c));
  },
});
