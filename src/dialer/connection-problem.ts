/** Whether a carrier can connect its calls to an agent, and dial for a region. Pure. */

import { type Failure, invalid } from "../calling/requests/failure.ts";
import type { AgentConnection } from "../calling/words/agent-connection.ts";
import type { Region } from "../calling/words/region.ts";
import type { Carrier } from "./carrier.ts";
import type { CarrierAccount, ShownAccount } from "./carriers.ts";

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

/** Null if the account can dial for it. */
export function regionProblem(
  { regionsOf }: Pick<Carrier, "regionsOf">,
  account: CarrierAccount | ShownAccount,
  region: Region,
): Failure | null {
  const regions = regionsOf?.(account);
  if (regions === undefined || regions.includes(region)) return null;
  return invalid("region", `must be a region in which the number's provider has a gateway: ${regions.join(", ")}`);
}
