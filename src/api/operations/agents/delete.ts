import { actOf, organizationOf, pathPart } from "../../context.ts";
import { deleted, operation, refusal } from "../../operation.ts";
import { ONE_AGENT } from "./agent.ts";

export const deleteAgent = operation({
  ...ONE_AGENT,
  method: "DELETE",
  id: "deleteAgent",
  summary: "Delete an agent",
  answer: deleted,
  refusals: { 409: refusal("in_use", "A running batch or a phone number uses it.") },
  handle: (c) => organizationOf(c).deleteAgent(pathPart(c, "agent_id"), actOf(c)),
});
