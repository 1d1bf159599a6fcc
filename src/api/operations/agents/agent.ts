/** Shared by the operations on agents. */

import { publicUrlProblem, WEB_SOCKET } from "../../../calling/requests/public-url.ts";
import type { AgentConnection } from "../../../calling/words/agent-connection.ts";
import { agentAnswer, presentAgent } from "../../answers/organization/telephony.ts";
import { type ApiContext, settingsFor } from "../../context.ts";
import { type ApiError, validationError } from "../../envelope.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { view } from "../../operation.ts";

export const AGENTS = { audience: "client", role: "admin", tag: "Agents", path: "/agents" } as const;
export const ONE_AGENT = { ...AGENTS, path: "/agents/:agent_id" } as const;
export const AGENT = view("Agent", agentAnswer, samples.agent, presentAgent);

/** Checks where the carrier would send the callee's audio. Null if that is allowed. */
export function connectionProblem(c: ApiContext, connection: AgentConnection | undefined): ApiError | null {
  if (connection?.type !== "websocket") return null;
  const message = publicUrlProblem(connection.url, WEB_SOCKET, settingsFor(c).reach);
  return message === null ? null : validationError([{ path: "connection.url", message }]);
}
