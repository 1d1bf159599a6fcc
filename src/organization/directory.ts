/**
 * The operators' list of organizations: one object for a deployment, asked by `/admin` only. No call and no client's
 * request passes through it. It keeps ids alone; everything about an organization is asked of its own object.
 */

import { DurableObject } from "cloudflare:workers";
import type { Failure } from "../calling/failure.ts";
import type { Page, PageRequest } from "../calling/page.ts";
import { ok, type Result } from "../calling/result.ts";
import type { Bindings } from "../env.ts";
import { type Listing, listPage } from "../storage/listing.ts";
import { isCreated, migrate } from "../storage/migrations.ts";
import { Sql } from "../storage/sql.ts";
import type { DirectoryRpc } from "./rpc.ts";

const STEPS: readonly string[] = [
  /*sql*/ `CREATE TABLE organizations (ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)`,
];
const REGISTER = /*sql*/ `INSERT INTO organizations (id) VALUES (?) ON CONFLICT (id) DO NOTHING`;
const LISTING: Listing = {
  ordinalOfId: /*sql*/ `SELECT ordinal FROM organizations WHERE id = ?`,
  older: /*sql*/ `SELECT id FROM organizations WHERE ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `SELECT id FROM organizations WHERE ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
};

export class DirectoryObject extends DurableObject<Bindings> implements DirectoryRpc {
  readonly #sql: Sql;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    this.#sql = new Sql(ctx.storage);
    if (isCreated(this.#sql)) migrate(this.#sql, STEPS);
  }

  async register(organizationId: string): Promise<void> {
    migrate(this.#sql, STEPS);
    this.#sql.run(REGISTER, organizationId);
  }

  async list(request: PageRequest): Promise<Result<Page<{ id: string }>, Failure>> {
    if (!isCreated(this.#sql)) return ok({ data: [], hasMore: false, nextPage: null });
    return listPage<{ id: string }, { id: string }>(this.#sql, LISTING, [], request, (row) => row);
  }
}
