/**
 * Where the objects of an organization must stay, by law. The name of such an object begins with its jurisdiction, so
 * the name alone says where it is: `org_eu.acme`, `webhook_eu.…`, and `eu.…` for a batch. No other name has a dot.
 */

/** Durable Objects, "Data location". The place in this list is in the ids of calls: only append. */
export const JURISDICTIONS = ["eu", "us", "fedramp", "fedramp-high"] as const;
export type Jurisdiction = (typeof JURISDICTIONS)[number];

/** As a part of a regular expression. */
export const JURISDICTION_PATTERN = JURISDICTIONS.join("|");

const NAMED = new RegExp(`^(?:[a-z]+_)?(${JURISDICTION_PATTERN})\\.`);

/** Of an organization, a webhook or a batch's route; null: it stays where the deployment has its objects. */
export const jurisdictionOf = (name: string): Jurisdiction | null =>
  (NAMED.exec(name)?.[1] ?? null) as Jurisdiction | null;

export const nameWithin = (jurisdiction: Jurisdiction | null, name: string): string =>
  jurisdiction === null ? name : `${jurisdiction}.${name}`;
