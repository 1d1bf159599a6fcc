/** An organization as operators and its members see it: settings, deletion, audit. All of it crosses RPC. */

import type { Actor, AuditedKind } from "../../calling/messages/act.ts";
import type { CallingWindow } from "../../calling/messages/calling-window.ts";
import type { ContactRules } from "../../calling/messages/clearance.ts";
import type { ArchiveProblem } from "../../calling/words/archive-problem.ts";
import type { Jurisdiction } from "../../calling/words/jurisdiction.ts";

/** Persisted. */
export type Bucket = {
  /** When the next token is there; epoch ms, with a fraction. */
  readonly nextAt: number;
  /** The bucket's share of its rate when the carrier last said "not now"; 1 if it never did. */
  readonly share: number;
  readonly throttledAt: number;
};
/** `bucket`: the share of the rate that is left for a while after the carrier said "not now". */
export type PaceView = { readonly callsPerSecond: number; readonly bucket: Bucket };

/** Rules that hold for all batches. `pace` null: unlimited. */
export type OrganizationRules = ContactRules & { readonly pace: PaceView | null };

/** What operators order for it. */
type OrganizationSettings = {
  readonly name: string;
  readonly agent_call_concurrency_limit: number;
  /** Of these slots, those for direct calls, which batches never get. */
  readonly reserved_concurrency: number;
  /** The budget of calls in all, null for none. */
  readonly agents_usage_limit: number | null;
  /** No recipient is called outside of it, whatever the batch's own window. */
  readonly calling_window: CallingWindow | null;
  /** How long what is over is kept; 0: for ever. */
  readonly retention_days: number;
  /** Whether that is archived first. Absent: no, or in an answer of an earlier release. */
  readonly archive?: boolean;
};
export type OrganizationView = OrganizationRules &
  OrganizationSettings & {
    readonly id: string;
    /** How many recipients were accepted so far. */
    readonly agents_usage: number;
    /** Absent: none. */
    readonly archiveProblem?: ArchiveProblem;
    /** Null: it is not being deleted. */
    readonly removalRequestedAt: number | null;
    readonly createdAt: number;
    /** Where its data is kept; null: anywhere. Absent in the answer of an earlier release. */
    readonly jurisdiction?: Jurisdiction | null;
  };
/** `retention_days` is absent from a Worker of an earlier version: 0. */
export type NewOrganization = RulesChange & { readonly id: string } & Omit<OrganizationSettings, "retention_days"> &
  Partial<Pick<OrganizationSettings, "retention_days">>;
export type OrganizationChange = RulesChange & Partial<OrganizationSettings>;

/** How far the deletion of an organization is, and its receipt. */
export type RemovalView = {
  readonly id: string;
  /** It waits for it. Absent: for none. */
  readonly archiveProblem?: ArchiveProblem;
  readonly requestedAt: number;
  /** Null while something is left to do. */
  readonly completedAt: number | null;
  /** Batches and objects of direct calls that still have rows. */
  readonly batchesLeft: number;
};

/** Absent: unchanged; null: no such rule. */
export type RulesChange = Partial<ContactRules> & { readonly calls_per_second?: number | null };

/** Counts of sealed secrets. `current`: the newest key had already sealed them; `unopened`: no key opens them. */
export type ResealCounts = { readonly resealed: number; readonly current: number; readonly unopened: number };

/** A record of the audit. `before`, `after`: as in `ActRecord`. */
export type ActView = {
  readonly id: string;
  readonly at: number;
  readonly operation: string;
  readonly by: Actor;
  readonly kind: AuditedKind;
  readonly resourceId: string | null;
  readonly before: string | null;
  readonly after: string | null;
};
/** Null: any. Both ends of the span are included. */
export type ActFilter = {
  readonly resourceId: string | null;
  readonly byId: string | null;
  readonly kind: AuditedKind | null;
  readonly from: number | null;
  readonly until: number | null;
};
