import { actOf, organizationOf, pathPart } from "../../context.ts";
import { content, ok, operation } from "../../operation.ts";
import { changeMemberBody } from "../../requests/member.ts";
import { MEMBER, ONE_MEMBER } from "./member.ts";

export const changeMember = operation({
  ...ONE_MEMBER,
  method: "PATCH",
  id: "changeMember",
  summary: "Change a member's role",
  body: content("ChangeMember", changeMemberBody, { role: "viewer" }),
  answer: ok("The member after the change, which holds from the next request.", MEMBER),
  handle: (c, { body: { role } }) => organizationOf(c).changeMember(pathPart(c, "member_id"), role, actOf(c)),
});
