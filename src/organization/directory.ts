/**
 * The operators' list of organizations: one object for the deployment, and one in each jurisdiction for its own. It
 * stores ids, and where a member's address may sign in. Each organization's own object has everything else. The id of a
 * deleted organization stays, so that it is never given again. No call passes through it.
 *
 * Of clients' requests, it answers whether a key can be valid, and where a person may sign in. An isolate of the Worker
 * asks once for the signing secret, and once for each organization with unsigned keys.
 */

import { DurableObject } from "cloudflare:workers";
import type { Failure } from "../calling/requests/failure.ts";
import { type Page, type PageRequest, pageOf } from "../calling/requests/page.ts";
import { ok, type Result } from "../calling/requests/result.ts";
import { hexOf } from "../calling/secrets/digest.ts";
import type { Jurisdiction } from "../calling/words/jurisdiction.ts";
import { type Bindings, settingsOf } from "../env.ts";
import { type Listing, listPage } from "../storage/listing.ts";
import { isCreated, migrate } from "../storage/migrations.ts";
import { Sql } from "../storage/sql.ts";
import type { BegunRequest } from "./messages/calling.ts";
import type { RemovalView } from "./messages/organization.ts";
import type { DirectoryRpc } from "./rpc.ts";
import { AnsweredRequests } from "./store/answered-requests.ts";
import { DIRECTORY_STEPS } from "./store/directory-migrations.ts";

const SECRET_BYTES = 32;
const SECRET = /*sql*/ `SELECT secret FROM key_signing WHERE only_row = 1`;
const KEEP_SECRET = /*sql*/ `INSERT INTO key_signing (only_row, secret) VALUES (1, ?)`;
const UNSIGNED_UNTIL = /*sql*/ `SELECT until FROM unsigned_tokens WHERE only_row = 1`;
const REGISTER = /*sql*/ `INSERT INTO organizations (id) VALUES (?) ON CONFLICT (id) DO NOTHING`;
const OPEN = /*sql*/ `INSERT INTO jurisdictions (name) VALUES (?) ON CONFLICT (name) DO NOTHING`;
const OPENED = /*sql*/ `SELECT name FROM jurisdictions WHERE name > ''`;
const LISTING: Listing = {
  ordinalOfId: /*sql*/ `SELECT ordinal FROM organizations WHERE id = ?`,
  older: /*sql*/ `
    SELECT id FROM organizations WHERE removed_at IS NULL AND ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `
    SELECT id FROM organizations WHERE removed_at IS NULL AND ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
};
const RETIRE = /*sql*/ `
  UPDATE organizations SET removal_requested_at = ? WHERE id = ? AND removal_requested_at IS NULL`;
const REMOVED = /*sql*/ `UPDATE organizations SET removed_at = ? WHERE id = ? AND removed_at IS NULL`;
const REMOVAL = /*sql*/ `
  SELECT removal_requested_at, removed_at FROM organizations WHERE id = ? AND removal_requested_at IS NOT NULL`;

/** An organization that is being deleted lets nobody in any longer. */
const LET_IN = /*sql*/ `
  INSERT OR IGNORE INTO sign_ins (who, organization_id)
  SELECT ?, id FROM organizations WHERE id = ? AND removal_requested_at IS NULL`;
const LET_OUT = /*sql*/ `DELETE FROM sign_ins WHERE who = ? AND organization_id = ?`;
const LET_ALL_OUT = /*sql*/ `DELETE FROM sign_ins WHERE organization_id = ?`;
const SIGN_INS = /*sql*/ `SELECT organization_id FROM sign_ins WHERE who = ? LIMIT ?`;
/** Of an address or a domain: more than a list to choose from can have. */
const SIGN_INS_AT_MOST = 50;

type RemovalRow = { removal_requested_at: number; removed_at: number | null };

export class DirectoryObject extends DurableObject<Bindings> implements DirectoryRpc {
  readonly #sql: Sql;
  readonly #answered: AnsweredRequests;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    this.#sql = new Sql(ctx.storage);
    this.#answered = new AnsweredRequests(this.#sql, settingsOf(env).keyRing);
    if (isCreated(this.#sql)) migrate(this.#sql, DIRECTORY_STEPS);
  }

  async register(organizationId: string): Promise<void> {
    migrate(this.#sql, DIRECTORY_STEPS);
    this.#sql.run(REGISTER, organizationId);
  }

  async knows(organizationId: string): Promise<boolean> {
    return isCreated(this.#sql) && this.#sql.first<{ ordinal: number }>(LISTING.ordinalOfId, organizationId) !== null;
  }

  async signingSecret(): Promise<string> {
    migrate(this.#sql, DIRECTORY_STEPS);
    const kept = this.#sql.first<{ secret: string }>(SECRET)?.secret;
    if (kept !== undefined) return kept;
    const secret = hexOf(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
    this.#sql.run(KEEP_SECRET, secret);
    return secret;
  }

  async retire(organizationId: string, requestedAt: number): Promise<void> {
    await this.register(organizationId);
    this.#sql.transaction(() => {
      this.#sql.run(RETIRE, requestedAt, organizationId);
      this.#sql.run(LET_ALL_OUT, organizationId);
    });
  }

  async removed(organizationId: string, completedAt: number): Promise<void> {
    this.#sql.run(REMOVED, completedAt, organizationId);
  }

  async removalOf(organizationId: string): Promise<Omit<RemovalView, "batchesLeft"> | null> {
    const row = isCreated(this.#sql) ? this.#sql.first<RemovalRow>(REMOVAL, organizationId) : null;
    if (row === null) return null;
    return { id: organizationId, requestedAt: row.removal_requested_at, completedAt: row.removed_at };
  }

  /** Epoch ms. Until then the Worker passes unsigned tokens on to their objects. */
  async unsignedTokensUntil(): Promise<number> {
    return isCreated(this.#sql) ? (this.#sql.first<{ until: number }>(UNSIGNED_UNTIL)?.until ?? 0) : 0;
  }

  async beginRequest(key: string, fingerprint: string): Promise<BegunRequest> {
    migrate(this.#sql, DIRECTORY_STEPS);
    return this.#answered.begin(key, fingerprint, Date.now());
  }

  async answerRequest(key: string, fingerprint: string, status: number, body: string): Promise<void> {
    return this.#answered.answered(key, fingerprint, status, body);
  }

  async forgetRequest(key: string, fingerprint: string): Promise<void> {
    this.#answered.forget(key, fingerprint);
  }

  async letIn(who: string, organizationId: string): Promise<void> {
    migrate(this.#sql, DIRECTORY_STEPS);
    this.#sql.run(LET_IN, who, organizationId);
  }

  async letOut(who: string, organizationId: string): Promise<void> {
    if (isCreated(this.#sql)) this.#sql.run(LET_OUT, who, organizationId);
  }

  async signInsOf(email: string, domain: string): Promise<readonly string[]> {
    if (!isCreated(this.#sql)) return [];
    // Anyone may list a domain, so its organizations take no place from those that list the person.
    const rows = [email, domain].flatMap((who) =>
      this.#sql.all<{ organization_id: string }>(SIGN_INS, who, SIGN_INS_AT_MOST),
    );
    return [...new Set(rows.map(({ organization_id }) => organization_id))];
  }

  async open(jurisdiction: Jurisdiction): Promise<void> {
    migrate(this.#sql, DIRECTORY_STEPS);
    this.#sql.run(OPEN, jurisdiction);
  }

  async opened(): Promise<readonly Jurisdiction[]> {
    return isCreated(this.#sql) ? this.#sql.all<{ name: Jurisdiction }>(OPENED).map(({ name }) => name) : [];
  }

  async oldest(limit: number): Promise<Result<Page<{ id: string }>, Failure>> {
    const rows = isCreated(this.#sql) ? this.#sql.all<{ id: string }>(LISTING.newer, 0, limit + 1) : [];
    return ok(pageOf(rows, { limit, startingAfter: null, endingBefore: "" }));
  }

  async list(request: PageRequest): Promise<Result<Page<{ id: string }>, Failure>> {
    if (!isCreated(this.#sql)) return ok({ data: [], hasMore: false, nextPage: null });
    return listPage<{ id: string }, { id: string }>(this.#sql, LISTING, [], request, (row) => row);
  }
}
