import { actOf, organizationOf } from "../../context.ts";
import { directoryOfClient } from "../../guards/directories.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, created, operation, refusal } from "../../operation.ts";
import { createMemberBody } from "../../requests/member.ts";
import { MEMBER, MEMBERS } from "./member.ts";

export const createMember = operation({
  ...MEMBERS,
  method: "POST",
  id: "createMember",
  summary: "Add a member, who signs in through Cloudflare Access",
  description: "A member is a person or everybody of a domain. A person's own entry counts before that of the domain.",
  repeats: {},
  body: content("CreateMember", createMemberBody, { email: samples.member.email, role: "operator" }),
  answer: created("The member.", MEMBER),
  refusals: {
    409: refusal(
      "already_exists",
      "This member exists (`already_exists`), or the organization has 500 members (`too_many_members`).",
    ),
  },
  handle: async (c, { body }) => {
    const made = await organizationOf(c).createMember(body, actOf(c));
    // Also for one that exists: an earlier request may have broken off here.
    if (made.ok || ("code" in made.failure && made.failure.code === "already_exists"))
      await directoryOfClient(c).letIn(body.who, c.get("organizationId"));
    return made;
  },
});
