/** Where a batch is dialed from. Contract: field `region`. */
export const REGIONS = ["US", "EU", "APAC"] as const;
export type Region = (typeof REGIONS)[number];

/** Twilio's processing regions that carry media streams (page "Twilio Regions"). */
export const TWILIO_REGIONS = ["us1", "ie1", "au1"] as const;
export type TwilioRegion = (typeof TWILIO_REGIONS)[number];

export const REGION_OF_TWILIO = { us1: "US", ie1: "EU", au1: "APAC" } as const satisfies Record<TwilioRegion, Region>;
