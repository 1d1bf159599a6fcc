import { organizationOf, pathPart } from "../../context.ts";
import { ok, operation } from "../../operation.ts";
import { AGENT, ONE_AGENT } from "./agent.ts";

export const getAgent = operation({
  ...ONE_AGENT,
  method: "GET",
  id: "getAgent",
  summary: "Read an agent",
  answer: ok("The agent.", AGENT),
  handle: (c) => organizationOf(c).getAgent(pathPart(c, "agent_id")),
});
