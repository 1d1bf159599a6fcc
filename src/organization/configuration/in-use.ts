/**
 * Whether calls are to be made with an agent, a number or a provider. So nothing is deleted or changed that a batch needs,
 * also one that was admitted and has not reported yet.
 */

import type { BatchOrder } from "../../calling/messages/batch-order.ts";
import { conflict, type Failure } from "../../calling/requests/failure.ts";
import type { Sql } from "../../storage/sql.ts";
import { unreportedBatches } from "../batches/announcements.ts";
import { askingWhoAnswers, isAgentRunning, isNumberRunning, isProviderRunning } from "../batches/batch-index.ts";
import {
  areDirectCallsAsking,
  isAgentInDirectUse,
  isNumberInDirectUse,
  isProviderInDirectUse,
} from "../batches/direct-pools.ts";
import { findPhoneNumber } from "./phone-numbers.ts";

type Used = {
  readonly what: string;
  readonly isRunning: boolean;
  readonly isInDirectUse: boolean;
  readonly isOrdered: (order: BatchOrder) => boolean;
};

function useOf(sql: Sql, { what, isRunning, isInDirectUse, isOrdered }: Used): Failure | null {
  if (isRunning) return conflict("in_use", `a running batch uses this ${what}; cancel the batch or wait for its end`);
  if (isInDirectUse) return conflict("in_use", `a direct call uses this ${what}; wait for its end`);
  if (!unreportedBatches(sql).some(isOrdered)) return null;
  const until = "try again when it is in the list of batches, or a day later if its creation failed";
  return conflict("in_use", `a batch that is being created uses this ${what}; ${until}`);
}

/** Null if no batch or direct call uses it, like the two below. */
export const useOfAgent = (sql: Sql, id: string): Failure | null =>
  useOf(sql, {
    what: "agent",
    isRunning: isAgentRunning(sql, id),
    isInDirectUse: isAgentInDirectUse(sql, id),
    isOrdered: ({ agent_id }) => agent_id === id,
  });

export const useOfNumber = (sql: Sql, id: string): Failure | null =>
  useOf(sql, {
    what: "phone number",
    isRunning: isNumberRunning(sql, id),
    isInDirectUse: isNumberInDirectUse(sql, id),
    isOrdered: ({ from_number_id }) => from_number_id === id,
  });

export const useOfProvider = (sql: Sql, id: string): Failure | null =>
  useOf(sql, {
    what: "provider",
    isRunning: isProviderRunning(sql, id),
    isInDirectUse: isProviderInDirectUse(sql, id),
    isOrdered: isOf(sql, id),
  });

/** Named in a refusal. */
const BATCHES_NAMED = 3;

/** Null if none asks who answers. Without an answer, a machine would be spoken to as if it were a person. */
export function useOfDetection(sql: Sql, providerId: string): Failure | null {
  const ordered = unreportedBatches(sql).filter(isOf(sql, providerId));
  const asking = ordered.filter(({ onVoicemail }) => (onVoicemail ?? null) !== null);
  const batches = [...askingWhoAnswers(sql, providerId), ...asking.map(({ id }) => id)];
  if (batches.length > 0) {
    const more = batches.length > BATCHES_NAMED ? ` and ${batches.length - BATCHES_NAMED} more` : "";
    const named = `${batches.slice(0, BATCHES_NAMED).join(", ")}${more}`;
    const message = `batches have on_voicemail and need this provider to tell a machine from a person: ${named}`;
    return conflict("in_use", `${message}; cancel them or wait for their end`);
  }
  return areDirectCallsAsking(sql, providerId)
    ? conflict("in_use", "direct calls have on_voicemail and need this provider for it; wait for their end")
    : null;
}

const isOf =
  (sql: Sql, providerId: string) =>
  ({ from_number_id }: BatchOrder): boolean =>
    findPhoneNumber(sql, from_number_id)?.provider.id === providerId;
