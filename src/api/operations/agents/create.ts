import { err } from "../../../calling/requests/result.ts";
import { actOf, organizationOf } from "../../context.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, created, operation, refusal } from "../../operation.ts";
import { createAgentBody } from "../../requests/telephony.ts";
import { AGENT, AGENTS, connectionProblem } from "./agent.ts";

export const createAgent = operation({
  ...AGENTS,
  method: "POST",
  id: "createAgent",
  summary: "Create an agent",
  repeats: {},
  body: content("CreateAgent", createAgentBody, { name: samples.agent.name, connection: samples.agent.connection }),
  answer: created("The new agent.", AGENT),
  refusals: {
    404: refusal("not_found", "There is no such webhook."),
    409: refusal("already_exists", "An agent with this id exists."),
  },
  handle: async (c, { body }) => {
    const problem = connectionProblem(c, body.connection);
    return problem === null ? await organizationOf(c).createAgent(body, actOf(c)) : err(problem);
  },
});
