import type { Region } from "../calling/words/region.ts";

/**
 * Where an object is created (Durable Objects, "Data location"): a batch's near its carrier's region, an organization's
 * near the location that operators name.
 */
export const LOCATIONS = {
  US: "enam",
  EU: "weur",
  APAC: "apac",
} as const satisfies Record<Region, DurableObjectLocationHint>;
