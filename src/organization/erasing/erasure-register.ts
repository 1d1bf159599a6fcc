/** Erasures of people as the API asks for them. */

import type { Act } from "../../calling/messages/act.ts";
import type { PersonNamed } from "../../calling/numbers/person-hash.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { ok, type Result } from "../../calling/requests/result.ts";
import { newErasureId } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";
import { within } from "../../within.ts";
import type { KeyName } from "../messages/access.ts";
import type { ErasureView } from "../messages/people.ts";
import { findErasure, listErasures, waitsForArchive } from "./erasure-rows.ts";
import type { Erasures } from "./erasures.ts";

/** The answer waits so long for all to be done; mostly it is. */
const ANSWER_WITHIN_MS = 5_000;

export class ErasureRegister {
  readonly #sql: Sql;
  readonly #erasures: Erasures;

  constructor(sql: Sql, erasures: Erasures) {
    this.#sql = sql;
    this.#erasures = erasures;
  }

  /** Erases a person everywhere. Waits some seconds for all to be done; what is left goes on by itself. */
  async erasePerson(person: PersonNamed, by: KeyName, act?: Act): Promise<Result<ErasureView, Failure>> {
    const id = newErasureId();
    const done = this.#erasures.request(id, person, by, act);
    await within(done, ANSWER_WITHIN_MS, () => new Error("it takes longer")).catch(() => {});
    return this.getErasure(id);
  }

  async listErasures(request: PageRequest): Promise<Result<Page<ErasureView>, Failure>> {
    const page = listErasures(this.#sql, request);
    return page.ok ? ok({ ...page.value, data: page.value.data.map((one) => this.#withProblem(one)) }) : page;
  }

  async getErasure(id: string): Promise<Result<ErasureView, Failure>> {
    const found = findErasure(this.#sql, id);
    return found.ok ? ok(this.#withProblem(found.value)) : found;
  }

  #withProblem(erasure: ErasureView): ErasureView {
    const { archiveProblem } = this.#erasures;
    return archiveProblem !== null && waitsForArchive(this.#sql, erasure.id) ? { ...erasure, archiveProblem } : erasure;
  }
}
