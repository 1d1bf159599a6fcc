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
import type { ApiKeyView, NewApiKey } from "../rpc.ts";
import { hashOfKey, hintOf, insertApiKey, isKnownHash, listApiKeys } from "./api-keys.ts";

/** Deletes the key; resolves when every watch with it has ended, or when a batch does not answer. */
export type RevokeKey = (id: string) => Promise<Result<null, Failure>>;

export class ApiKeyRegister {
  readonly #sql: Sql;
  readonly #revoke: RevokeKey;

  constructor(sql: Sql, revoke: RevokeKey) {
    this.#sql = sql;
    this.#revoke = revoke;
  }

  async createApiKey(key: string, made: NewApiKey): Promise<Result<ApiKeyView & { key: string }, Failure>> {
    if (!isCreated(this.#sql)) return err(notFound("organization"));
    const hash = await hashOfKey(key);
    if (isKnownHash(this.#sql, hash)) return err(conflict("already_exists", "this key exists"));
    const view = { ...made, id: newApiKeyId(), hint: hintOf(key), lastUsedAt: null, createdAt: Date.now() };
    insertApiKey(this.#sql, view, hash);
    return ok({ ...view, key });
  }

  async listApiKeys(request: PageRequest): Promise<Result<Page<ApiKeyView>, Failure>> {
    return isCreated(this.#sql) ? listApiKeys(this.#sql, request) : err(notFound("organization"));
  }

  async revokeApiKey(id: string): Promise<Result<null, Failure>> {
    return isCreated(this.#sql) ? this.#revoke(id) : err(notFound("organization"));
  }
}
