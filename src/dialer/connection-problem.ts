/** Whether a carrier can connect its calls to an agent, and an account can serve what a batch asks of it. Pure. */

import { type Failure, invalid } from "../calling/requests/failure.ts";
import type { AgentConnection } from "../calling/words/agent-connection.ts";
import type { Region } from "../calling/words/region.ts";
import type { OnVoicemail } from "../calling/words/voicemail.ts";
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

/** Null or absent: it is not asked for. */
export type Asked = { readonly region?: Region | null; readonly onVoicemail?: OnVoicemail | null };

/** What a batch asks of the account of its number. Null if the account can serve it. */
export const accountProblem = (
  carrier: Carrier,
  account: CarrierAccount | ShownAccount,
  { region = null, onVoicemail = null }: Asked,
): Failure | null =>
  (region === null ? null : regionProblem(carrier, account, region)) ?? voicemailProblem(carrier, account, onVoicemail);

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

/** Voicemail detection needs a carrier that supports it and an account that has it turned on. */
export function voicemailProblem(
  { capabilities, title, lacksToDetect }: Pick<Carrier, "capabilities" | "title" | "lacksToDetect">,
  account: CarrierAccount | ShownAccount,
  onVoicemail: OnVoicemail | null,
): Failure | null {
  if (onVoicemail === null) return null;
  const refused = (why: string) => invalid("on_voicemail", `cannot be served: ${why}`);
  if (!capabilities.detectsMachines) {
    return refused(`${title}, which carries the number, cannot tell a machine from a person; leave it out`);
  }
  const lacking = lacksToDetect?.(account) ?? null;
  return lacking === null ? null : refused(`the number's provider ${lacking}, or leave it out`);
}
