import { err } from "../../../calling/requests/result.ts";
import { given } from "../../body/body.ts";
import { actOf, organizationOf, pathPart } from "../../context.ts";
import { content, ok, operation, refusal } from "../../operation.ts";
import { changeAgentBody } from "../../requests/telephony.ts";
import { AGENT, connectionProblem, ONE_AGENT } from "./agent.ts";

export const changeAgent = operation({
  ...ONE_AGENT,
  method: "PATCH",
  id: "changeAgent",
  summary: "Change an agent",
  description: "Absent fields are left unchanged.",
  body: content("ChangeAgent", changeAgentBody, { name: "Reminder, in English" }),
  answer: ok("The agent after the change.", AGENT),
  refusals: {
    404: refusal("not_found", "There is no such agent or webhook."),
    409: refusal("in_use", "A running batch uses it, and the new connection has another type."),
  },
  handle: async (c, { body }) => {
    const problem = connectionProblem(c, body.connection);
    if (problem !== null) return err(problem);
    return organizationOf(c).changeAgent(pathPart(c, "agent_id"), given(body), actOf(c));
  },
});
