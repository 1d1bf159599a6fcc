/** `/agents`: create, list, get, change, delete. Contract: "Ours: agents and operators". */

import { publicUrlProblem, WEB_SOCKET } from "../../calling/requests/public-url.ts";
import type { AgentConnection } from "../../calling/words/agent-connection.ts";
import { bodyOf } from "../body.ts";
import { type ApiContext, organizationOf, pathPart, settingsFor } from "../context.ts";
import { type ApiError, fail, respondWith, validationError } from "../envelope.ts";
import { presentPage } from "../present.ts";
import { presentAgent } from "../present-organization.ts";
import { pageRequestOf, queryOf } from "../query.ts";
import { listQuery } from "../schemas/queries.ts";
import { changeAgentBody, createAgentBody } from "../schemas/telephony.ts";

/** Where the carrier is sent with the callee's audio. Null where it may be sent there. */
function connectionProblem(c: ApiContext, connection: AgentConnection | undefined): ApiError | null {
  if (connection?.type !== "websocket") return null;
  const message = publicUrlProblem(connection.url, WEB_SOCKET, settingsFor(c).reach);
  return message === null ? null : validationError([{ path: "connection.url", message }]);
}

export async function createAgent(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, createAgentBody);
  if (!body.ok) return respondWith(c, body.failure);
  const { id, name, connection } = body.value;
  const problem = connectionProblem(c, connection);
  if (problem !== null) return respondWith(c, problem);
  const agent = await organizationOf(c).createAgent({ id, name, connection });
  return agent.ok ? c.json(presentAgent(agent.value), 201) : fail(c, agent.failure);
}

export async function listAgents(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const page = await organizationOf(c).listAgents(pageRequestOf(query.value));
  return page.ok ? c.json(presentPage(page.value, presentAgent)) : fail(c, page.failure);
}

export async function getAgent(c: ApiContext): Promise<Response> {
  const agent = await organizationOf(c).getAgent(pathPart(c, "agent_id"));
  return agent.ok ? c.json(presentAgent(agent.value)) : fail(c, agent.failure);
}

export async function changeAgent(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, changeAgentBody);
  if (!body.ok) return respondWith(c, body.failure);
  const { name, connection } = body.value;
  const problem = connectionProblem(c, connection);
  if (problem !== null) return respondWith(c, problem);
  const agent = await organizationOf(c).changeAgent(pathPart(c, "agent_id"), {
    ...(name === undefined ? {} : { name }),
    ...(connection === undefined ? {} : { connection }),
  });
  return agent.ok ? c.json(presentAgent(agent.value)) : fail(c, agent.failure);
}

export async function deleteAgent(c: ApiContext): Promise<Response> {
  const deleted = await organizationOf(c).deleteAgent(pathPart(c, "agent_id"));
  return deleted.ok ? c.body(null, 204) : fail(c, deleted.failure);
}
