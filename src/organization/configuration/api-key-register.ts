/**
 * The organization's API keys as operators ask for them. Called by the organization's object, which may have no
 * organization yet.
 */

import { conflict, type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { newApiKeyId } from "../../calling/secrets/ids.ts";
import { isCreated } from "../../storage/migrations.ts";
import type { Sql } from "../../storage/sql.ts";
import type { ApiKeyView } from "../rpc.ts";
import { deleteApiKey, hashOfKey, hintOf, insertApiKey, keyOfHash, listApiKeys } from "./api-keys.ts";
import type { Watches } from "./watches.ts";

export class ApiKeyRegister {
  readonly #sql: Sql;
  readonly #watches: Watches;

  constructor(sql: Sql, watches: Watches) {
    this.#sql = sql;
    this.#watches = watches;
  }

  async create(label: string, key: string): Promise<Result<ApiKeyView & { key: string }, Failure>> {
    if (!isCreated(this.#sql)) return err(notFound("organization"));
    const hash = await hashOfKey(key);
    if (keyOfHash(this.#sql, hash) !== null) return err(conflict("already_exists", "this key exists"));
    const view = { id: newApiKeyId(), label, hint: hintOf(key), createdAt: Date.now() };
    insertApiKey(this.#sql, view, hash);
    return ok({ ...view, key });
  }

  async list(request: PageRequest): Promise<Result<Page<ApiKeyView>, Failure>> {
    return isCreated(this.#sql) ? listApiKeys(this.#sql, request) : err(notFound("organization"));
  }

  async revoke(id: string): Promise<Result<null, Failure>> {
    if (!isCreated(this.#sql)) return err(notFound("organization"));
    const deleted = this.#sql.transaction(() => {
      const revoked = deleteApiKey(this.#sql, id);
      if (revoked.ok) this.#watches.revoked(id);
      return revoked;
    });
    // Answers when every watch with the key has ended, or when a batch does not answer.
    if (deleted.ok) await this.#watches.run(Date.now());
    return deleted;
  }
}
