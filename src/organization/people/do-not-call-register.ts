/** The do-not-call list as the API asks for it. Called by the organization's object. */

import { type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { Sql } from "../../storage/sql.ts";
import type { DoNotCallEntry, DoNotCallFilter, DoNotCallHistory, KeyName, NewDoNotCall } from "../rpc.ts";
import { historyOf, listEntries, listNumbers, unlistNumber } from "./do-not-call.ts";
import type { SpreadRule } from "./rule-notices.ts";

export class DoNotCallRegister {
  readonly #sql: Sql;
  readonly #spread: SpreadRule;

  constructor(sql: Sql, spread: SpreadRule) {
    this.#sql = sql;
    this.#spread = spread;
  }

  /** After it answers, none of the numbers is dialed. Returns how many are new on the list. */
  async addDoNotCall(listed: NewDoNotCall): Promise<number> {
    const fresh = this.#sql.transaction(() => listNumbers(this.#sql, listed, Date.now()));
    if (fresh.length > 0) await this.#spread();
    return fresh.length;
  }

  async listDoNotCall(filter: DoNotCallFilter, request: PageRequest): Promise<Result<Page<DoNotCallEntry>, Failure>> {
    return listEntries(this.#sql, filter, request);
  }

  async getDoNotCall(number: string): Promise<Result<DoNotCallHistory, Failure>> {
    const [newest, ...earlier] = historyOf(this.#sql, number);
    return newest === undefined ? err(notFound("do_not_call")) : ok({ newest, earlier });
  }

  async removeDoNotCall(number: string, reason: string, by: KeyName): Promise<Result<DoNotCallEntry, Failure>> {
    return this.#sql.transaction(() => unlistNumber(this.#sql, number, reason, by, Date.now()));
  }
}
