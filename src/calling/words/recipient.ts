/**
 * The states of a recipient, as one table that the objects apply. Everything that happens is an event, looked up here.
 * A cell is the next status, or LATE: the event is late, repeated or out of order, and changes nothing (promise 5). The
 * table is total on both axes, so a new status or event compiles only when every cell is decided.
 */

import type { CallStatus } from "./call.ts";

export type RecipientStatus = "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";

export const RECIPIENT_EVENTS = [
  /** The intent to dial was stored; the request to the carrier leaves afterwards. */
  "dispatch",
  /** The carrier placed nothing and asks to come back later (429). */
  "defer",
  /** No call could be placed, or it can never be known whether one was. */
  "abandon",
  /** The callee answered. */
  "answer",
  /** The call connected and ended normally. */
  "complete",
  /** The call ended without success: busy, no answer, failed, cancelled. */
  "fail",
  /** The call ended normally, and only now the carrier reports that a machine answered, which was to be hung up on. */
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

/** Finished. Only a human's retry, or the carrier's late report of a machine, changes it. */
export const isOver = (status: RecipientStatus): boolean =>
  status === "completed" || status === "failed" || status === "cancelled";

/** The call status of a recipient's attempt; null if there is no call, because it was never dialed. */
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
