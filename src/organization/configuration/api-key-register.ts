/**
 * The organization's API keys as operators ask for them. Called by the organization's object, which may have no
 * organization yet.
 */

import type { Act } from "../../calling/messages/act.ts";
import { conflict, type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { newApiKeyId } from "../../calling/secrets/ids.ts";
import { isCreated } from "../../storage/migrations.ts";
import type { Sql } from "../../storage/sql.ts";
import { record } from "../acts/act-rows.ts";
import type { ApiKeyView, NewApiKey, RevocationAsked } from "../messages/access.ts";
import { isLeaving, LEAVING } from "../store/profile.ts";
import { auditedKey, hashOfKey, hintOf, insertApiKey, isKnownHash, listApiKeys } from "./api-keys.ts";

/** Deletes the key; resolves when every watch with it has ended, or when a batch does not answer. */
export type RevokeKey = (
  id: string,
  act: Act | undefined,
  asked: RevocationAsked | undefined,
) => Promise<Result<null, Failure>>;

export class ApiKeyRegister {
  readonly #sql: Sql;
  readonly #revoke: RevokeKey;

  constructor(sql: Sql, revoke: RevokeKey) {
    this.#sql = sql;
    this.#revoke = revoke;
  }

  async createApiKey(key: string, made: NewApiKey, act?: Act): Promise<Result<ApiKeyView & { key: string }, Failure>> {
    if (!isCreated(this.#sql)) return err(notFound("organization"));
    const hash = await hashOfKey(key);
    if (isLeaving(this.#sql)) return err(LEAVING);
    if (isKnownHash(this.#sql, hash)) return err(conflict("already_exists", "this key exists"));
    const view = { ...made, id: newApiKeyId(), hint: hintOf(key), lastUsedAt: null, createdAt: Date.now() };
    this.#sql.transaction(() => {
      insertApiKey(this.#sql, view, hash);
      record(
        this.#sql,
        act,
        { kind: "api_key", resourceId: view.id, before: null, after: auditedKey(view) },
        view.createdAt,
      );
    });
    return ok({ ...view, key });
  }

  async listApiKeys(request: PageRequest): Promise<Result<Page<ApiKeyView>, Failure>> {
    return isCreated(this.#sql) ? listApiKeys(this.#sql, request) : err(notFound("organization"));
  }

  /** `asked`: by a key of the organization, which may revoke itself if that is confirmed, and never the last admin's. */
  async revokeApiKey(id: string, act?: Act, asked?: RevocationAsked): Promise<Result<null, Failure>> {
    return isCreated(this.#sql) ? this.#revoke(id, act, asked) : err(notFound("organization"));
  }
}
