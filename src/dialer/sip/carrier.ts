/** What the definitions of all carriers share that dial a trunk through a gateway. */

import type { Region } from "../../calling/words/region.ts";
import { firstRegionOf, type Gateways, regionsOf, urlsOf } from "./gateways.ts";
import { type Trunk, trunkHosts } from "./trunk.ts";

type Account = { readonly outbound: Trunk; readonly regions: Gateways<{ readonly url: string }> };
type Shown = { readonly regions: Gateways<unknown> };

export const TRUNK_CARRIER = {
  secrets: ["outbound", "regions"] as const,
  urls: ({ regions }: Account) => urlsOf(regions),
  hosts: ({ outbound }: Account) => trunkHosts(outbound),
  regionOf: ({ regions }: Shown): Region => firstRegionOf(regions),
  choosesRegion: true,
  regionsOf: ({ regions }: Shown) => regionsOf(regions),
  needsNumberId: false,
};
