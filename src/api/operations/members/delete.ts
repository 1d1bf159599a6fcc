import { actOf, organizationOf, pathPart } from "../../context.ts";
import { directoryOfClient } from "../../guards/directories.ts";
import { deleted, operation } from "../../operation.ts";
import { ONE_MEMBER } from "./member.ts";

export const deleteMember = operation({
  ...ONE_MEMBER,
  method: "DELETE",
  id: "deleteMember",
  summary: "Remove a member",
  description:
    "The next request of the person is refused, and live connections end within seconds. If a member is the person's whole domain, that membership remains.",
  answer: deleted,
  handle: async (c) => {
    const id = pathPart(c, "member_id");
    const found = await organizationOf(c).getMember(id);
    if (!found.ok) return found;
    // First: if the rest breaks off, the member is still listed, and can be deleted again.
    await directoryOfClient(c).letOut(found.value.who, c.get("organizationId"));
    return organizationOf(c).deleteMember(id, actOf(c));
  },
});
