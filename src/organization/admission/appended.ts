/**
 * More recipients for a batch: who of them may be called, and how many were appended to it so far, so that they are counted
 * in the organization's budget once, however often the batch asks.
 */

import type { AppendAnswer, AppendRequest } from "../../calling/messages/appending.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { Sql } from "../../storage/sql.ts";
import { listedAmong } from "../people/do-not-call.ts";
import { countRecipients, readProfile } from "../store/profile.ts";
import { callerOf, usageProblem } from "./admission.ts";

const SELECT = /*sql*/ `SELECT recipients FROM appended_recipients WHERE batch_id = ?`;
const PUT = /*sql*/ `INSERT OR REPLACE INTO appended_recipients (batch_id, recipients) VALUES (?, ?)`;

const appendedTo = (sql: Sql, batchId: string): number =>
  sql.first<{ recipients: number }>(SELECT, batchId)?.recipients ?? 0;

/** A refusal changes nothing. Call it in a transaction. */
export function admitAppended(sql: Sql, request: AppendRequest): Result<AppendAnswer, Failure> {
  const { batchId, agentId, fromNumberId, appendedBefore, numbers } = request;
  // A batch that is over keeps nobody from deleting them.
  const caller = callerOf(sql, { agent_id: agentId, from_number_id: fromNumberId });
  if (!caller.ok) return caller;
  const listed = listedAmong(sql, numbers);
  const appended = appendedBefore + numbers.filter((number) => !listed.has(number)).length;
  const more = appended - appendedTo(sql, batchId);
  const problem = more > 0 ? usageProblem(readProfile(sql), more) : null;
  if (problem !== null) return err(problem);
  if (more !== 0) {
    sql.run(PUT, batchId, appended);
    countRecipients(sql, more);
  }
  return ok({ doNotCall: [...listed] });
}
