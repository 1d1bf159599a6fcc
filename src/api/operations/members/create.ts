import { actOf, organizationOf } from "../../context.ts";
import { directoryOfClient } from "../../guards/directories.ts";
import * as samples from "../../openapi/samples.ts";
import { content, created, operation, refusal } from "../../operation.ts";
import { createMemberBody } from "../../requests/member.ts";
import { MEMBER, MEMBERS } from "./member.ts";

export const createMember = operation({
  ...MEMBERS,
  method: "POST",
  id: "createMember",
  summary: "Let a person sign in through Cloudflare Access",
  description: "Or everybody of a domain. An address counts before its domain.",
  repeats: {},
  body: content("CreateMember", createMemberBody, { email: samples.member.email, role: "operator" }),
  answer: created("The member.", MEMBER),
  refusals: {
    409: refusal("already_exists", "It is a member (`already_exists`), or there are 500 (`too_many_members`)."),
  },
  handle: async (c, { body }) => {
    const made = await organizationOf(c).createMember(body, actOf(c));
    // Also for one that exists: an earlier request may have broken off here.
    if (made.ok || ("code" in made.failure && made.failure.code === "already_exists"))
      await directoryOfClient(c).letIn(body.who, c.get("organizationId"));
    return made;
  },
});
