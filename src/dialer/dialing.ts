/** The organization's answer to a batch that wants to dial. */

import type { CallingWindow } from "../calling/messages/calling-window.ts";
import type { AgentConnection } from "../calling/words/agent-connection.ts";
import type { CarrierAccount } from "./carriers.ts";

/** What a batch needs to dial, credentials included; kept in memory only. */
export type Dialing = {
  readonly agent: { readonly id: string; readonly name: string; readonly connection: AgentConnection };
  readonly from_number: string;
  readonly carrier_number_id: string | null;
  readonly account: CarrierAccount;
  /** The organization's window, which a batch can only narrow; null without one. */
  readonly calling_window: CallingWindow | null;
};
