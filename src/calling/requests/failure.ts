/** Refusals as data, with their evidence. One exhaustive `switch` in `api/envelope.ts` makes the HTTP answer. */

/** `path`: in the request's own terms, like `recipients[17].to_number` or `limit`. */
export type Issue = { readonly path: string; readonly message: string };

export type Resource =
  | "agent"
  | "api_key"
  | "batch"
  | "call"
  | "deletion"
  | "delivery"
  | "do_not_call"
  | "erasure"
  | "member"
  | "organization"
  | "phone_number"
  | "provider"
  | "recipient"
  | "route"
  | "webhook";

export type Failure =
  /** Unknown, or another organization's: the answer does not tell which (promise 7). */
  | { readonly kind: "not_found"; readonly resource: Resource }
  | { readonly kind: "invalid"; readonly issues: readonly Issue[] }
  /** The request is well formed, but the present state forbids it. */
  | { readonly kind: "conflict"; readonly code: ConflictCode; readonly message: string }
  /** 400: it exists, but its state does not allow this. */
  | { readonly kind: "wrong_state"; readonly code: WrongStateCode; readonly message: string }
  /** 503: the carrier was needed and did not answer; nothing has changed. */
  | { readonly kind: "carrier_unavailable"; readonly message: string }
  /** 503: one of our own objects did not answer; whether the request was carried out is unknown. */
  | { readonly kind: "try_again" }
  | { readonly kind: "usage_limit_reached"; readonly message: string }
  /** 503: the operator has not configured what this needs. */
  | { readonly kind: "not_configured"; readonly message: string };

export type ConflictCode =
  | "already_exists"
  | "batch_deleted"
  | "batch_not_over"
  | "call_not_over"
  | "in_use"
  /** The key of the request itself. */
  | "key_in_use"
  | "last_admin_key"
  | "idempotency_key_reused"
  | "organization_deleted"
  | "too_many_members"
  | "too_many_providers"
  | "too_many_webhooks";
export type WrongStateCode =
  | "batch_cancelled"
  | "batch_over"
  | "batch_started"
  /** Waiting recipients would fail, and the change does not allow that. */
  | "change_fails_recipients"
  | "call_not_active"
  | "call_redacted"
  | "webhook_disabled";

export const notFound = (resource: Resource): Failure => ({ kind: "not_found", resource });
export const invalid = (path: string, message: string): Failure => ({ kind: "invalid", issues: [{ path, message }] });
export const conflict = (code: ConflictCode, message: string): Failure => ({ kind: "conflict", code, message });
/** Nothing has changed. Who asks may repeat it. */
export const TRY_AGAIN: Failure = { kind: "try_again" };
export const BATCH_NOT_OVER = conflict(
  "batch_not_over",
  "the batch is not over: recipients wait in it, or calls are in flight; cancel it first, and wait until its calls have ended",
);
export const wrongState = (code: WrongStateCode, message: string): Failure => ({ kind: "wrong_state", code, message });
