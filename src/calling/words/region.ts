/** Where a batch is dialed from. Published API: field `region`. */
export const REGIONS = ["US", "EU", "APAC"] as const;
export type Region = (typeof REGIONS)[number];
