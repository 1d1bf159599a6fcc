import { organizationOf } from "../../context.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listQuery } from "../../requests/queries.ts";
import { AGENT, AGENTS } from "./agent.ts";

export const listAgents = operation({
  ...AGENTS,
  method: "GET",
  id: "listAgents",
  summary: "List agents, newest first",
  query: listQuery,
  answer: ok("The agents.", pageView(AGENT)),
  tool: { title: "List agents", description: "The voice agents that can talk to people who answer." },
  handle: (c, { query }) => organizationOf(c).listAgents(pageRequestOf(query)),
});
