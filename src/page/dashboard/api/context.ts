/** What every page may use: the client, and messages about finished actions. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Role } from "../../../calling/words/role.ts";
import type { Client } from "../../../client/client.ts";

export type Dashboard = {
  readonly client: Client;
  /** Whether the key may do what this role may. What it may not is not shown. */
  readonly may: (role: Role) => boolean;
  /** Shown for a few seconds, and read aloud. */
  readonly say: (text: string) => void;
  /** Input on pages that were left, by name (`useKeptState`). */
  readonly kept: Map<string, unknown>;
  /** Call it when the key is no longer accepted. */
  readonly expire: () => void;
};

export const DashboardContext = createContext<Dashboard | null>(null);

export function useDashboard(): Dashboard {
  const dashboard = useContext(DashboardContext);
  if (dashboard === null) throw new Error("only used when signed in");
  return dashboard;
}
