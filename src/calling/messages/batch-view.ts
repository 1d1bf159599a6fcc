/**
 * What the objects report about batches, recipients and calls, with times in epoch milliseconds. `api/answers/calls/batch.ts`
 * turns it into the contract's JSON.
 */

import type { BatchStatus, BatchTotals } from "../words/batch-status.ts";
import type { CallStatus, EndReason } from "../words/call.ts";
import type { CircuitStanding } from "../words/circuit-breaker.ts";
import type { NotDialed } from "../words/not-dialed.ts";
import type { RecipientStatus } from "../words/recipient.ts";
import type { Region } from "../words/region.ts";
import type { Remarks } from "../words/remarks.ts";
import type { AnsweredBy, OnVoicemail } from "../words/voicemail.ts";
import type { Waiting } from "../words/waiting.ts";
import type { BatchFacts } from "./batch-facts.ts";
import type { CallingWindow } from "./calling-window.ts";

/** A batch without its recipients. The organization keeps one for each batch, so that a list is one read. */
export type BatchSummary = BatchTotals &
  BatchFacts & {
    readonly id: string;
    readonly name: string;
    readonly agent_id: string;
    readonly from_number_id: string;
    readonly region: Region;
    readonly target_concurrency_limit: number;
    /** Absent in summaries of earlier versions. */
    readonly priority?: number;
    readonly status: BatchStatus;
    /** Recipients who were called at least once. Absent in summaries of earlier versions. */
    readonly recipients_called?: number;
    /** Of these, people who answered a call, or whose machine did. The same holds. */
    readonly recipients_answered?: number;
    readonly retry_count: number;
    readonly createdAt: number;
    readonly lastUpdatedAt: number;
    /** Null without a circuit breaker. Absent in summaries of earlier versions. */
    readonly circuit?: CircuitStanding | null;
    /** In the organization's index: why no recipient was being dialed at the last report. */
    readonly waiting?: Waiting | null;
    /** There, too: its own window, null without one. Absent in summaries of earlier versions. */
    readonly callingWindow?: CallingWindow | null;
    /** There, too: null if it does not ask who answers. Absent in summaries of earlier versions. */
    readonly onVoicemail?: OnVoicemail | null;
  };

/** One attempt to reach a recipient. */
export type AttemptView = {
  /** Counts the recipient's attempts from 1. */
  readonly attempt: number;
  /** Null before it was dialed. */
  readonly agent_call_id: string | null;
  readonly status: RecipientStatus;
  readonly createdAt: number;
  readonly dispatchedAt: number | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly end_reason: EndReason | null;
  /** Null if the carrier was not asked, or has not told. */
  readonly answeredBy: AnsweredBy | null;
  readonly error_message: string | null;
  readonly carrier_code: string | null;
  readonly sip_code: number | null;
  /** What was said about its call; absent where many attempts are read at once. */
  readonly remarks?: Remarks | null;
};

export type RecipientView = {
  readonly id: string;
  readonly to_number: string;
  readonly status: RecipientStatus;
  readonly createdAt: number;
  readonly external_id: string | null;
  /** When its personal data was erased: then its number is empty. */
  readonly redactedAt?: number | null;
  /** As JSON text, like it is stored: a structured clone of 5,000 nested objects costs more. */
  readonly metadata: string | null;
  readonly agent_call_id: string | null;
  readonly end_reason: EndReason | null;
  /** Null if the carrier was not asked, or has not told. */
  readonly answeredBy: AnsweredBy | null;
  readonly error_message: string | null;
  /** Why the recipient failed without a call, as a code. */
  readonly failureReason: NotDialed | null;
  /** For a recipient who waits for a calling window: the possible time zones and their hours, as far as known. */
  readonly timezone: string | null;
  readonly nextEligibleAt: number | null;
  /** Why it is not being dialed; null if it does not wait. */
  readonly waiting: Waiting | null;
  /** In order; null if they were not asked for. */
  readonly attempts: readonly AttemptView[] | null;
};

/** A recipient with the outcome of its attempts. */
export type RecipientResult = RecipientView & {
  /** As submitted; null without one. */
  readonly submittedTimezone: string | null;
  readonly attemptCount: number;
  /** Of the latest attempt, as far as it has come. */
  readonly dispatchedAt: number | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** Absent in answers of an earlier version. */
  readonly remarks?: Remarks | null;
};

/** A recipient with each of its attempts. */
export type RecipientDetail = RecipientResult & { readonly attempts: readonly AttemptView[] };

/** Where a person is: in a batch, or in a request for direct calls, which has no id and no name. */
export type PersonPlace = {
  readonly batchId: string | null;
  readonly batchName: string | null;
  readonly agentId: string;
  readonly recipient: RecipientDetail;
};

export type CallView = {
  readonly id: string;
  readonly agent_id: string;
  readonly agent_name: string | null;
  readonly status: CallStatus;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly to_number: string;
  readonly from_number: string | null;
  /** The carrier's own id of the call. */
  readonly call_sid: string | null;
  readonly telephony_account_type: string | null;
  readonly end_reason: EndReason | null;
  /** Null if the carrier was not asked, or has not told. */
  readonly answeredBy: AnsweredBy | null;
  readonly error_message: string | null;
  /** As JSON text. */
  readonly external_id: string | null;
  readonly metadata: string | null;
  /** When its personal data was erased: then `to_number` is empty. */
  readonly redactedAt?: number | null;
  /** What was said about it. Absent in events of an earlier version. */
  readonly remarks?: Remarks | null;
};
