/**
 * More recipients for a batch: checks which of them may be called. Stores how many were appended so far, so a repeated
 * question counts them once in the organization's budget.
 */

import type { AppendAnswer, AppendRequest } from "../../calling/messages/appending.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { accountProblem } from "../../dialer/connection-problem.ts";
import type { Sql } from "../../storage/sql.ts";
import { rememberPeople } from "../batches/people-index.ts";
import { listedAmong } from "../people/do-not-call.ts";
import { countRecipients, isLeaving, LEAVING, readProfile } from "../store/profile.ts";
import { callerOf, usageProblem } from "./admission.ts";

const SELECT = /*sql*/ `SELECT recipients FROM appended_recipients WHERE batch_id = ?`;
const PUT = /*sql*/ `INSERT OR REPLACE INTO appended_recipients (batch_id, recipients) VALUES (?, ?)`;

const appendedTo = (sql: Sql, batchId: string): number =>
  sql.first<{ recipients: number }>(SELECT, batchId)?.recipients ?? 0;

/** A refusal changes nothing. Must be called in a transaction. */
export function admitAppended(sql: Sql, request: AppendRequest): Result<AppendAnswer, Failure> {
  if (isLeaving(sql)) return err(LEAVING);
  const { batchId, createdAt, agentId, fromNumberId, appendedBefore, numbers, people } = request;
  // A finished batch does not protect its agent and number: they may be gone, or the number may have another provider.
  const caller = callerOf(sql, { agent_id: agentId, from_number_id: fromNumberId });
  if (!caller.ok) return caller;
  const { carrier, account } = caller.value;
  const unserved = accountProblem(carrier, account, request);
  if (unserved !== null) return err(unserved);
  const listed = listedAmong(sql, numbers);
  const appended = appendedBefore + numbers.filter((number) => !listed.has(number)).length;
  const more = appended - appendedTo(sql, batchId);
  const problem = more > 0 ? usageProblem(readProfile(sql), more) : null;
  if (problem !== null) return err(problem);
  rememberPeople(sql, createdAt, people);
  if (more !== 0) {
    sql.run(PUT, batchId, appended);
    countRecipients(sql, more);
  }
  return ok({ doNotCall: [...listed] });
}
