/** What clients and operators do in a history, as data, so that a history can be shortened. Bodies are the API's. */

/** A person with a telephone. */
export type Person = { readonly number: string; readonly timezone: string | null };

export type WindowBody = {
  readonly timezone_mode: "recipient" | "fixed";
  readonly timezone?: string;
  readonly windows: readonly { readonly days: readonly string[]; readonly start: string; readonly end: string }[];
  readonly unknown_timezone?: "block" | "use_timezone";
};

export type PolicyBody = {
  readonly max_attempts: number;
  readonly retry_on: readonly string[];
  readonly intervals_minutes: readonly number[];
  readonly min_gap_minutes?: number;
  readonly max_attempts_per_number_per_day?: number;
};

/** Settings of both a create and a change. */
export type BatchSettings = {
  readonly target_concurrency_limit?: number;
  readonly priority?: number;
  readonly retry_policy?: PolicyBody | null;
  readonly calling_window?: WindowBody | null;
  readonly calls_per_second?: number | null;
  readonly circuit_breaker?: object | null;
  /** Minutes after the command's time. */
  readonly startsInMinutes?: number | null;
};

export type OnDuplicate = "allow" | "skip" | "reject";

export type BatchOfPlan = BatchSettings & {
  readonly ringing_timeout_seconds: number;
  readonly max_call_duration_minutes: number;
  readonly on_voicemail?: "hang_up" | "continue";
  readonly on_duplicate?: OnDuplicate;
};

export type OrganizationRules = {
  readonly agent_call_concurrency_limit?: number;
  readonly reserved_concurrency?: number;
  readonly calling_window?: WindowBody | null;
  readonly min_gap_minutes?: number | null;
  readonly max_attempts_per_number_per_day?: number | null;
  readonly calls_per_second?: number | null;
};

type Doing =
  | { readonly kind: "create"; readonly people: readonly Person[]; readonly batch: BatchOfPlan; readonly via: Via }
  | { readonly kind: "call"; readonly people: readonly Person[]; readonly via: Via }
  | {
      readonly kind: "append";
      readonly batch: string;
      readonly people: readonly Person[];
      readonly onDuplicate?: OnDuplicate;
    }
  | {
      readonly kind: "pause" | "resume" | "cancel" | "retry" | "look" | "opt_out" | "cancel_call";
      readonly batch: string;
    }
  | { readonly kind: "change"; readonly batch: string; readonly change: BatchSettings }
  | { readonly kind: "list" | "unlist"; readonly number: string }
  | { readonly kind: "rules"; readonly rules: OrganizationRules }
  | { readonly kind: "pace"; readonly of: "provider" | "number"; readonly via: Via; readonly perSecond: number | null }
  | { readonly kind: "release" }
  /** A new secret for the webhook. */
  | { readonly kind: "rotate" }
  | { readonly kind: "forge"; readonly batch: string };

/** The carrier, and so the number. */
export type Via = "twilio" | "http";

/** `batch`: the id of the command that created the batch. `at`: ms after the history's start. */
export type Command = { readonly id: string; readonly at: number; readonly organization: number } & Doing;

export type OrganizationOfPlan = {
  readonly id: string;
  readonly limit: number;
  readonly reserved: number;
  readonly rules: OrganizationRules;
  readonly signsCallbacks: boolean;
  readonly hasWebhook: boolean;
};

export type Plan = {
  readonly startsAt: number;
  readonly organizations: readonly OrganizationOfPlan[];
  readonly commands: readonly Command[];
  readonly areCarriersSlow: boolean;
  /** When calls fail through the carrier's fault, in ms after the start; null: only as usual. */
  readonly outage: { readonly from: number; readonly until: number } | null;
};
