/** What the clients of a history know: what they asked for, and the answers. The judge reads it. */

import type { BatchOfPlan, Command, OrganizationOfPlan, Person, PolicyBody, Via, WindowBody } from "./commands.ts";
import { Copies } from "./copies.ts";
import type { Receiver } from "./receiver.ts";
import { Ordered } from "./timeline.ts";

export type KnownBatch = {
  readonly name: string;
  readonly organization: KnownOrganization;
  readonly via: Via;
  readonly batch: BatchOfPlan;
  /** Null until the client knows it. */
  batchId: string | null;
  /** When the create was answered; null: never. */
  acceptedAt: number | null;
  readonly createdAt: number;
  readonly copies: Copies;
  readonly window: Ordered<WindowBody | null>;
  readonly policy: Ordered<PolicyBody | null>;
  readonly pace: Ordered<number | null>;
  readonly target: Ordered<number | null>;
  readonly priority: Ordered<number>;
  /** Epoch ms. */
  readonly startsAt: Ordered<number>;
  readonly paused: Ordered<boolean>;
  readonly cancelled: Ordered<boolean>;
  /** When humans asked for another attempt of failed recipients. */
  readonly retries: Ordered<null>;
};

export type KnownOrganization = {
  readonly plan: OrganizationOfPlan;
  readonly key: string;
  readonly limit: Ordered<number>;
  readonly reserved: Ordered<number>;
  readonly window: Ordered<WindowBody | null>;
  readonly gap: Ordered<number | null>;
  readonly cap: Ordered<number | null>;
  readonly pace: Ordered<number | null>;
  /** By provider or number. */
  readonly paces: ReadonlyMap<string, Ordered<number | null>>;
  /** Null: it has no webhook. */
  readonly receiver: Receiver | null;
  /** By number: whether it is on the list. */
  readonly listed: Map<string, Ordered<boolean>>;
};

export type Known = {
  readonly organizations: readonly KnownOrganization[];
  /** By the id of the command. */
  readonly batches: Map<string, KnownBatch>;
  /** By the batch's id, if clients know it. */
  readonly byId: Map<string, KnownBatch>;
  /** The place of each person, by number. */
  readonly zones: Map<string, string | null>;
};

export const providerId = (via: Via): string => `app_${via}`;
export const numberId = (via: Via): string => `ap_${via}`;
export const NUMBERS: Readonly<Record<Via, string>> = { twilio: "+14155550100", http: "+14155550142" };

export const keyOf = ({ id }: OrganizationOfPlan): string =>
  `sk_${id.slice("org_".length)}_0f1e2d3c4b5a69788796a5b4c3d2e1f0`;

export function knownOrganization(plan: OrganizationOfPlan, receiver: Receiver | null, at: number): KnownOrganization {
  const paceIds = (["twilio", "http"] as const).flatMap((via) => [providerId(via), numberId(via)]);
  return {
    plan,
    key: keyOf(plan),
    receiver,
    limit: new Ordered(plan.limit, at),
    reserved: new Ordered(plan.reserved, at),
    window: new Ordered(plan.rules.calling_window ?? null, at),
    gap: new Ordered(plan.rules.min_gap_minutes ?? null, at),
    cap: new Ordered(plan.rules.max_attempts_per_number_per_day ?? null, at),
    pace: new Ordered(plan.rules.calls_per_second ?? null, at),
    paces: new Map(paceIds.map((id) => [id, new Ordered<number | null>(null, at)])),
    listed: new Map(),
  };
}

type Create = Extract<Command, { kind: "create" }>;

export function knownBatch({ id, batch, via }: Create, organization: KnownOrganization, now: number): KnownBatch {
  return {
    name: id,
    organization,
    via,
    batch,
    batchId: null,
    acceptedAt: null,
    createdAt: now,
    copies: new Copies(),
    window: new Ordered(batch.calling_window ?? null, now),
    policy: new Ordered(batch.retry_policy ?? null, now),
    pace: new Ordered(batch.calls_per_second ?? null, now),
    target: new Ordered(batch.target_concurrency_limit ?? null, now),
    priority: new Ordered(batch.priority ?? 3, now),
    startsAt: new Ordered(now + (batch.startsInMinutes ?? 0) * 60_000, now),
    paused: new Ordered(false, now),
    cancelled: new Ordered(false, now),
    retries: new Ordered(),
  };
}

export const listedOf = (organization: KnownOrganization, number: string): Ordered<boolean> => {
  let ordered = organization.listed.get(number);
  if (ordered === undefined) {
    ordered = new Ordered(false);
    organization.listed.set(number, ordered);
  }
  return ordered;
};

export const learnZones = (known: Known, people: readonly Person[]): void => {
  for (const { number, timezone } of people) known.zones.set(number, timezone);
};
