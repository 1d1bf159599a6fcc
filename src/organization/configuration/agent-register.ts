/**
 * The organization's agents as the API asks for them, and the checks that forbid a change. Called by the organization's
 * object.
 */

import type { Act } from "../../calling/messages/act.ts";
import { conflict, type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { newAgentId } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";
import { record } from "../acts/act-rows.ts";
import type { AgentChange, AgentView, NewAgent } from "../messages/telephony.ts";
import { auditedAgent, changeAgent, deleteAgent, findAgent, getAgent, insertAgent, listAgents } from "./agents.ts";
import { useOfAgent } from "./in-use.ts";
import { answersNumbers } from "./phone-numbers.ts";
import { findWebhook } from "./webhooks.ts";

export class AgentRegister {
  readonly #sql: Sql;
  /** Events go elsewhere from now on. */
  readonly #redirected: () => void;

  constructor(sql: Sql, redirected: () => void) {
    this.#sql = sql;
    this.#redirected = redirected;
  }

  async createAgent(agent: NewAgent, act?: Act): Promise<Result<AgentView, Failure>> {
    const now = Date.now();
    const id = agent.id ?? newAgentId();
    if (findAgent(this.#sql, id) !== null) return err(conflict("already_exists", "an agent with this id exists"));
    const { name, connection, webhook_id = null } = agent;
    if (!this.#isWebhook(webhook_id)) return err(notFound("webhook"));
    const view = { id, name, connection, webhook_id, createdAt: now, updatedAt: now };
    this.#sql.transaction(() => {
      insertAgent(this.#sql, view);
      record(this.#sql, act, { kind: "agent", resourceId: id, before: null, after: auditedAgent(view) }, now);
    });
    if (webhook_id !== null) this.#redirected();
    return ok(view);
  }

  async listAgents(request: PageRequest): Promise<Result<Page<AgentView>, Failure>> {
    return listAgents(this.#sql, request);
  }

  async getAgent(id: string): Promise<Result<AgentView, Failure>> {
    return getAgent(this.#sql, id);
  }

  /** A running batch's carrier might not connect an agent of another kind. */
  async changeAgent(id: string, change: AgentChange, act?: Act): Promise<Result<AgentView, Failure>> {
    const type = findAgent(this.#sql, id)?.connection.type;
    if (type !== undefined && (change.connection?.type ?? type) !== type) {
      const problem = useOfAgent(this.#sql, id);
      if (problem !== null) return err(problem);
    }
    if (!this.#isWebhook(change.webhook_id ?? null)) return err(notFound("webhook"));
    const now = Date.now();
    const before = findAgent(this.#sql, id);
    if (before === null) return err(notFound("agent"));
    const changed = this.#sql.transaction(() => {
      const after = changeAgent(this.#sql, before, change, now);
      const fields = { before: auditedAgent(before), after: auditedAgent(after) };
      record(this.#sql, act, { kind: "agent", resourceId: id, ...fields }, now);
      return after;
    });
    if (change.webhook_id !== undefined) this.#redirected();
    return ok(changed);
  }

  #isWebhook(id: string | null): boolean {
    return id === null || findWebhook(this.#sql, id) !== null;
  }

  async deleteAgent(id: string, act?: Act): Promise<Result<null, Failure>> {
    const problem = useOfAgent(this.#sql, id);
    if (problem !== null) return err(problem);
    if (answersNumbers(this.#sql, id)) {
      return err(conflict("in_use", "a phone number uses this agent; set the number's agent_id to another or to null"));
    }
    const before = findAgent(this.#sql, id);
    if (before === null) return err(notFound("agent"));
    this.#sql.transaction(() => {
      deleteAgent(this.#sql, id);
      record(this.#sql, act, { kind: "agent", resourceId: id, before: auditedAgent(before), after: null }, Date.now());
    });
    this.#redirected();
    return ok(null);
  }
}
