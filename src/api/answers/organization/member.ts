/** Members, and how a browser signs in, in answers. */

import { z } from "zod";
import { known, time, timeOrNull } from "../../../calling/answers/json.ts";
import { isDomain } from "../../../calling/words/member.ts";
import { ROLE_MEANS, ROLES } from "../../../calling/words/role.ts";
import type { MemberView } from "../../../organization/messages/access.ts";
import { timestamp } from "../parts/common.ts";

export const memberAnswer = z.object({
  id: z.string(),
  email: z.string().optional().describe("One person. Absent for a domain."),
  domain: z.string().optional().describe("Everybody of the domain who has no entry of their own."),
  role: z.enum(ROLES).describe(ROLE_MEANS),
  last_used_at: timestamp.optional().describe("To the hour. Absent before the first sign-in."),
  created_at: timestamp,
});
export type MemberAnswer = z.output<typeof memberAnswer>;

export const presentMember = ({ id, who, role, lastUsedAt, createdAt }: MemberView): MemberAnswer => ({
  id,
  ...(isDomain(who) ? { domain: who.slice(1) } : { email: who }),
  role,
  ...known({ last_used_at: timeOrNull(lastUsedAt) }),
  created_at: time(createdAt),
});

export const signInAnswer = z.object({
  method: z.enum(["key", "access"]).describe("access: Cloudflare Access has signed the person in. key: it has not."),
  email: z.string().optional().describe("Of the person. With `access` only, like the rest."),
  expires_at: timestamp.optional().describe("When the sign-in ends."),
  organizations: z
    .array(z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES) }))
    .optional()
    .describe("Where the person is a member. A request names one of them in `X-Organization-Id`."),
});
export type SignInAnswer = z.output<typeof signInAnswer>;
