/** No name holds a character that hides or reorders what is shown. */

import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { changeBatchBody, createBatchBody } from "../../src/api/requests/batch.ts";
import {
  changeAgentBody,
  changeOrganizationBody,
  changePhoneNumberBody,
  createAgentBody,
  createApiKeyBody,
  createOrganizationBody,
  importPhoneNumberBody,
} from "../../src/api/requests/telephony.ts";
import { changeWebhookBody, createWebhookBody } from "../../src/api/requests/webhook.ts";

const FIELDS: readonly (readonly [where: string, schema: z.ZodType, field: string])[] = [
  ["a new batch", createBatchBody, "name"],
  ["a changed batch", changeBatchBody, "name"],
  ["a new agent", createAgentBody, "name"],
  ["a changed agent", changeAgentBody, "name"],
  ["a new number", importPhoneNumberBody, "label"],
  ["a changed number", changePhoneNumberBody, "label"],
  ["a new organization", createOrganizationBody, "name"],
  ["a changed organization", changeOrganizationBody, "name"],
  ["a new key", createApiKeyBody("org_acme"), "label"],
  ["a new webhook", createWebhookBody, "display_name"],
  ["a changed webhook", changeWebhookBody, "display_name"],
];

const HIDDEN = [
  "\0",
  "\n",
  "\r",
  "\t",
  "\x1b[31m",
  "\x7f",
  "\x85",
  "\u061c",
  "\u200e",
  "\u200f",
  "\u2028",
  "\u202a",
  "\u202e",
  "\u2066",
  "\u2069",
];
const SHOWN = [
  "Müller & Söhne",
  "顧客リスト",
  "קמפיין",
  "حملة الشتاء",
  "👩‍👩‍👧 family",
  "क्षत्रिय",
  "a\u00a0b",
  "-- '; DROP",
];

const problems = (schema: z.ZodType, field: string, value: string): string[] => {
  const parsed = schema.safeParse({ [field]: value });
  return (parsed.error?.issues ?? []).filter(({ path }) => path.join(".") === field).map(({ message }) => message);
};

describe.each(FIELDS)("the name of %s", (_, schema, field) => {
  it("has no character that hides or reorders", () => {
    for (const hidden of HIDDEN) {
      for (const value of [`a${hidden}b`, `${hidden}a`, `a${hidden}`]) {
        expect([value, problems(schema, field, value)]).toEqual([
          value,
          ["must not have control characters or characters that change the direction of text"],
        ]);
      }
    }
  });

  it("may be in any script", () => {
    for (const value of SHOWN) expect([value, problems(schema, field, value)]).toEqual([value, []]);
  });
});
