/** The organization's API keys as operators ask for them. Reached through the organization's object, which may not exist yet. */

import { conflict, type Failure, notFound } from "../calling/failure.ts";
import { newApiKey, newApiKeyId } from "../calling/ids.ts";
import type { Page, PageRequest } from "../calling/page.ts";
import { err, ok, type Result } from "../calling/result.ts";
import { isCreated } from "../storage/migrations.ts";
import type { Sql } from "../storage/sql.ts";
import { deleteApiKey, hashOfKey, hintOf, insertApiKey, keyOfHash, listApiKeys } from "./api-keys.ts";
import { readProfile } from "./profile.ts";
import type { ApiKeyView } from "./rpc.ts";

export class ApiKeyRegister {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async create(label: string, chosenKey: string | null): Promise<Result<ApiKeyView & { key: string }, Failure>> {
    if (!isCreated(this.#sql)) return err(notFound("organization"));
    const key = chosenKey ?? newApiKey(readProfile(this.#sql).id);
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
    return isCreated(this.#sql) ? deleteApiKey(this.#sql, id) : err(notFound("organization"));
  }
}
