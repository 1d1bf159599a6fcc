/** Shared by the operations on members. */

import { memberAnswer, presentMember } from "../../answers/organization/member.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { view } from "../../operation.ts";

export const MEMBERS = {
  audience: "client",
  role: "admin",
  readers: "admin",
  tag: "Members",
  path: "/agents/members",
} as const;
export const ONE_MEMBER = { ...MEMBERS, path: `${MEMBERS.path}/:member_id` } as const;
export const MEMBER = view("Member", memberAnswer, samples.member, presentMember);
