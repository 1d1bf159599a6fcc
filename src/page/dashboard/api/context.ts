/** What every page may use: the client, and how to say that something was done. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Client } from "../../../client/client.ts";

export type Dashboard = {
  readonly client: Client;
  /** Shown for a few seconds, and read aloud. */
  readonly say: (text: string) => void;
  /** What was entered on a page that was left, by names (`useKeptState`). */
  readonly kept: Map<string, unknown>;
  /** The key is not accepted any more. */
  readonly expire: () => void;
};

export const DashboardContext = createContext<Dashboard | null>(null);

export function useDashboard(): Dashboard {
  const dashboard = useContext(DashboardContext);
  if (dashboard === null) throw new Error("only used when signed in");
  return dashboard;
}
