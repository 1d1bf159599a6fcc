/** Whether a carrier can connect its calls to an agent. Pure. */

import { type Failure, invalid } from "../calling/requests/failure.ts";
import type { AgentConnection } from "../calling/words/agent-connection.ts";
import type { Carrier } from "./carrier.ts";

/** Null if it can. */
export function connectionProblem(
  { connects, title }: Pick<Carrier, "connects" | "title">,
  { type }: AgentConnection,
): Failure | null {
  if (connects.includes(type)) return null;
  const kinds = connects.map((kind) => `"${kind}"`).join(" or ");
  const message = `has a connection of type "${type}", but the number's carrier ${title} connects ${kinds}`;
  return invalid("agent_id", message);
}
