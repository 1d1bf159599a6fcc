/** The do-not-call list as the API asks for it. Called by the organization's object. */

import type { Act } from "../../calling/messages/act.ts";
import { type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import type { Sql } from "../../storage/sql.ts";
import { record } from "../acts/act-rows.ts";
import type { KeyName } from "../messages/access.ts";
import type { DoNotCallEntry, DoNotCallFilter, DoNotCallHistory, NewDoNotCall } from "../messages/people.ts";
import { entryId, historyOf, listEntries, listNumbers, newestEntry, unlistNumber } from "./do-not-call.ts";
import type { SpreadRule } from "./rule-notices.ts";

export class DoNotCallRegister {
  readonly #sql: Sql;
  readonly #spread: SpreadRule;

  constructor(sql: Sql, spread: SpreadRule) {
    this.#sql = sql;
    this.#spread = spread;
  }

  /** After it answers, none of the numbers is dialed. Returns how many are new on the list. */
  async addDoNotCall(listed: NewDoNotCall, act?: Act): Promise<number> {
    const now = Date.now();
    const fresh = this.#sql.transaction(() => {
      const added = listNumbers(this.#sql, listed, now);
      if (added.length === 0) return added;
      // The entry leads to the number for as long as that is known. Of many, only how many.
      const resourceId = added.length === 1 ? entryId(newestEntry(this.#sql)) : null;
      record(this.#sql, act, { kind: "do_not_call", resourceId, before: null, after: { numbers: added.length } }, now);
      return added;
    });
    if (fresh.length > 0) await this.#spread();
    return fresh.length;
  }

  /** Newest first. With `text`, ordered by number. */
  async listDoNotCall(filter: DoNotCallFilter, request: PageRequest): Promise<Result<Page<DoNotCallEntry>, Failure>> {
    return listEntries(this.#sql, filter, request);
  }

  async getDoNotCall(number: string): Promise<Result<DoNotCallHistory, Failure>> {
    const [newest, ...earlier] = historyOf(this.#sql, number);
    return newest === undefined ? err(notFound("do_not_call")) : ok({ newest, earlier });
  }

  /** The ended entry; 404 if the number is not listed. */
  async removeDoNotCall(
    number: string,
    reason: string,
    by: KeyName,
    act?: Act,
  ): Promise<Result<DoNotCallEntry, Failure>> {
    const now = Date.now();
    return this.#sql.transaction(() => {
      const ended = unlistNumber(this.#sql, number, reason, by, now);
      if (!ended.ok) return ended;
      record(
        this.#sql,
        act,
        { kind: "do_not_call", resourceId: ended.value.id, before: { numbers: 1 }, after: null },
        now,
      );
      return ended;
    });
  }
}
