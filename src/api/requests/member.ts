/** Members in requests. Not in the published API. */

import { z } from "zod";
import { ROLE_MEANS, ROLES } from "../../calling/words/role.ts";
import { text } from "./common.ts";

/** RFC 5321, 4.5.3.1. */
const MAX_EMAIL_CHARACTERS = 254;
const MAX_DOMAIN_CHARACTERS = 253;
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+${LABEL}$`);

const role = z.enum(ROLES, { error: `must be one of ${ROLES.join(", ")}` }).describe(ROLE_MEANS);

const email = text(MAX_EMAIL_CHARACTERS)
  .toLowerCase()
  .refine((value) => /^[^\s@]+@/.test(value) && DOMAIN.test(value.slice(value.indexOf("@") + 1)), {
    error: "must be an e-mail address, like ada@example.com",
  })
  .describe("The address that Cloudflare Access knows the person by.")
  .meta({ format: "email", examples: ["ada@example.com"] });

const domain = text(MAX_DOMAIN_CHARACTERS)
  .toLowerCase()
  .regex(DOMAIN, { error: "must be a domain without @, like example.com" })
  .describe("Everybody whose address ends with it, but not with a subdomain of it.")
  .meta({ examples: ["example.com"] });

export const createMemberBody = z
  .object({ email: email.optional(), domain: domain.optional(), role })
  .superRefine((given, context) => {
    if ((given.email === undefined) === (given.domain === undefined))
      context.addIssue({ code: "custom", path: ["email"], message: "send either email or domain" });
  })
  .transform((given) => ({ who: given.email ?? `@${given.domain}`, role: given.role }));

export const changeMemberBody = z.object({ role });
