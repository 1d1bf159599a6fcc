import type { Region } from "../calling/region.ts";

/** Where the object of a batch is made (Durable Objects, "Data location"): near the carrier's region. */
export const LOCATIONS = {
  US: "enam",
  EU: "weur",
  APAC: "apac",
} as const satisfies Record<Region, DurableObjectLocationHint>;
