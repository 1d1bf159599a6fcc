/**
 * What becomes of a recipient, as one table. The objects only apply it: whatever happens is an event, looked up here.
 * A cell says the next status, or LATE: the event comes too late (or twice, or out of order) and changes nothing
 * (promise 5). The table is total on both axes, so a new status or event does not compile until every cell is decided.
 */

import type { CallStatus } from "./call.ts";

export type RecipientStatus = "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";

export const RECIPIENT_EVENTS = [
  /** The intent to dial was stored; the request to the carrier leaves after it. */
  "dispatch",
  /** The carrier placed nothing and says to come back later (429). */
  "defer",
  /** No call could be placed, or it can never be known whether one was. */
  "abandon",
  /** The callee answered. */
  "answer",
  /** The call connected and ended well. */
  "complete",
  /** The call ended without success: busy, no answer, failed, cancelled. */
  "fail",
  /** It ended well, and the carrier says only now that a machine answered, which was to be hung up on. */
  "unreach",
  /** A human asked for another attempt. */
  "requeue",
  /** The batch was cancelled. */
  "cancel",
] as const;
export type RecipientEvent = (typeof RECIPIENT_EVENTS)[number];

export const LATE = "late";

export const RECIPIENT_STEPS = {
  queued: {
    dispatch: "dispatched",
    defer: LATE,
    abandon: "failed",
    answer: LATE,
    complete: LATE,
    fail: LATE,
    unreach: LATE,
    requeue: LATE,
    cancel: "cancelled",
  },
  dispatched: {
    dispatch: LATE,
    defer: "queued",
    abandon: "failed",
    answer: "started",
    complete: "completed",
    fail: "failed",
    unreach: LATE,
    requeue: LATE,
    cancel: LATE,
  },
  started: {
    dispatch: LATE,
    defer: LATE,
    abandon: "failed",
    answer: LATE,
    complete: "completed",
    fail: "failed",
    unreach: LATE,
    requeue: LATE,
    cancel: LATE,
  },
  completed: {
    dispatch: LATE,
    defer: LATE,
    abandon: LATE,
    answer: LATE,
    complete: LATE,
    fail: LATE,
    unreach: "failed",
    requeue: LATE,
    cancel: LATE,
  },
  failed: {
    dispatch: LATE,
    defer: LATE,
    abandon: LATE,
    answer: LATE,
    complete: LATE,
    fail: LATE,
    unreach: LATE,
    requeue: "queued",
    cancel: LATE,
  },
  cancelled: {
    dispatch: LATE,
    defer: LATE,
    abandon: LATE,
    answer: LATE,
    complete: LATE,
    fail: LATE,
    unreach: LATE,
    requeue: LATE,
    cancel: LATE,
  },
} as const satisfies Record<RecipientStatus, Record<RecipientEvent, RecipientStatus | typeof LATE>>;

export const RECIPIENT_STATUSES = Object.keys(RECIPIENT_STEPS) as readonly RecipientStatus[];

/** The status after the event, or LATE. */
export const step = (status: RecipientStatus, event: RecipientEvent): RecipientStatus | typeof LATE =>
  RECIPIENT_STEPS[status][event];

/** In flight: holds a slot, because a call may exist at the carrier. */
export const isInFlight = (status: RecipientStatus): boolean => status === "dispatched" || status === "started";

/** Over: only a human's retry, or the carrier's late word that a machine answered, changes it any more. */
export const isOver = (status: RecipientStatus): boolean =>
  status === "completed" || status === "failed" || status === "cancelled";

/** How a recipient's attempt shows as a call; null where there is no call (it was never dialed). */
export function callStatusOf(status: RecipientStatus): CallStatus | null {
  switch (status) {
    case "dispatched":
      return "created";
    case "started":
    case "completed":
    case "failed":
      return status;
    case "queued":
    case "cancelled":
      return null;
  }
}
