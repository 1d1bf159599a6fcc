/**
 * A provider's gateways, one for each region in which the team runs one. A batch's `region` selects one; without a
 * region the first dials, in the order of `REGIONS`. The carrier's folder defines what a gateway needs.
 */

import { z } from "zod";
import { optional } from "../../calling/requests/fields.ts";
import { REGIONS, type Region } from "../../calling/words/region.ts";
import type { CheckOutcome } from "../dialer.ts";

export type Gateways<Gateway> = Readonly<Record<Region, Gateway | null>>;

/** One schema in the document, and one type of the client, whatever the region. */
const NAMED = { title: "Gateway" } as const;

export const gatewaysOf = <Gateway extends z.ZodType>(gateway: Gateway) => {
  const each = optional(gateway.meta(NAMED));
  return z
    .object(
      { US: each, EU: each, APAC: each },
      { error: `must be an object of gateways by region (${REGIONS.join(", ")})` },
    )
    .refine((gateways) => REGIONS.some((region) => gateways[region] !== null), {
      error: `must have a gateway for at least one of ${REGIONS.join(", ")}`,
    })
    .describe("The gateways, by the region of the batches that they dial.");
};

/** A region's gateway can be added and changed, but not removed: its calls could no longer be asked about. */
export const gatewayChangesOf = <Changes extends z.ZodType>(changes: Changes) => {
  const each = changes.optional();
  return z.object({ US: each, EU: each, APAC: each });
};

export const shownGatewaysOf = <Shown extends z.ZodType>(shown: Shown) => {
  const each = shown.meta(NAMED).nullable();
  return z.object({ US: each, EU: each, APAC: each });
};

export const showGateways = <Gateway, Shown>(
  gateways: Gateways<Gateway>,
  show: (gateway: Gateway) => Shown,
): Record<Region, Shown | null> => {
  const shown = (region: Region) => (gateways[region] === null ? null : show(gateways[region]));
  return { US: shown("US"), EU: shown("EU"), APAC: shown("APAC") };
};

export const regionsOf = (gateways: Gateways<unknown>): readonly Region[] =>
  REGIONS.filter((region) => gateways[region] !== null);

export function firstRegionOf(gateways: Gateways<unknown>): Region {
  const [first] = regionsOf(gateways);
  if (first === undefined) throw new Error("broken invariant: a provider is stored with a gateway");
  return first;
}

/** The gateway that dials for a region; null: any. */
export function gatewayFor<Gateway>(gateways: Gateways<Gateway>, region: Region | null): Gateway {
  const gateway = gateways[region ?? firstRegionOf(gateways)];
  if (gateway === null) throw new Error("broken invariant: a batch is dialed from a region that has a gateway");
  return gateway;
}

/** Checks all regions: otherwise the first batch in another one would find out too late. */
export async function checkEach<Gateway>(
  gateways: Gateways<Gateway>,
  check: (gateway: Gateway, region: Region) => Promise<CheckOutcome>,
): Promise<CheckOutcome> {
  for (const region of REGIONS) {
    const gateway = gateways[region];
    const outcome: CheckOutcome = gateway === null ? { kind: "fine" } : await check(gateway, region);
    if (outcome.kind !== "fine") return outcome;
  }
  return { kind: "fine" };
}

/** The gateways' URLs, by the path of their field. */
export const urlsOf = (gateways: Gateways<{ readonly url: string }>): Record<string, string> =>
  Object.fromEntries(
    REGIONS.flatMap((region) => {
      const gateway = gateways[region];
      return gateway === null ? [] : [[`regions.${region}.url`, gateway.url]];
    }),
  );
