/**
 * One organization: keys, agents, numbers, providers, the index of its batches, and the concurrency ledger. Called by
 * the API with a key of this organization or an operator's, and by this organization's batches.
 *
 * Requests that change it go through the core (`core/`), whose effects `executor.ts` carries out. It never waits for a batch
 * that waits for it.
 */

import { archiveBucket } from "../archive/bucket.ts";
import type { Act, ActFields, AuditedKind } from "../calling/messages/act.ts";
import type { AppendAnswer, AppendRequest } from "../calling/messages/appending.ts";
import type { BatchOrder } from "../calling/messages/batch-order.ts";
import type { ClearanceAnswer, ClearanceRequest } from "../calling/messages/clearance.ts";
import type { BatchReport, ReportAnswer } from "../calling/messages/slots.ts";
import type { PersonHash } from "../calling/numbers/person-hash.ts";
import { present } from "../calling/requests/assert.ts";
import { conflict, type Failure, notFound } from "../calling/requests/failure.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import { jurisdictionOf } from "../calling/words/jurisdiction.ts";
import { isCreated, migrate } from "../storage/migrations.ts";
import { record } from "./acts/act-rows.ts";
import { admitAppended } from "./admission/appended.ts";
import { DirectCalls } from "./admission/direct-calls.ts";
import { isAnnounced } from "./batches/announcements.ts";
import { idOfSource } from "./batches/batch-index.ts";
import { idOfPool } from "./batches/direct-pools.ts";
import { rememberPeople } from "./batches/people-index.ts";
import { hashOfKey, signIn } from "./configuration/api-keys.ts";
import { signInPerson } from "./configuration/members.ts";
import { announced, changed, cleared, reported } from "./core/requests.ts";
import type { AnsweredWithKey, KeyAlong, SignedInKey, SignedInPerson } from "./messages/access.ts";
import type { BatchRequest, BegunRequest, DirectRequest, WithGrant } from "./messages/calling.ts";
import type {
  NewOrganization,
  OrganizationChange,
  OrganizationView,
  RemovalView,
  ResealCounts,
} from "./messages/organization.ts";
import { OrganizationReads } from "./reads.ts";
import { writeAnalytics } from "./reports/analytics.ts";
import type { OrganizationRpc } from "./rpc.ts";
import { changeRules } from "./rules/rules.ts";
import { AnsweredRequests } from "./store/answered-requests.ts";
import { ORGANIZATION_STEPS } from "./store/migrations.ts";
import { capacityOf, capacityProblem, insertProfile, isLeaving, LEAVING, readProfile } from "./store/profile.ts";
import { resealAll } from "./store/reseal.ts";

export class OrganizationObject extends OrganizationReads implements OrganizationRpc {
  // --- the organization itself ---

  async create(organization: NewOrganization, act?: Act): Promise<Result<OrganizationView, Failure>> {
    if (this.opening.isCreated) return err(conflict("already_exists", "an organization with this id exists"));
    const problem = capacityProblem(capacityOf(organization), "reserved_concurrency");
    if (problem !== null) return err(problem);
    const now = Date.now();
    migrate(this.opening.sql, ORGANIZATION_STEPS);
    this.opening.sql.transaction(() => {
      insertProfile(this.opening.sql, organization, now);
      changeRules(this.opening.sql, organization, now);
      const after = auditedOrganization(this.opening.view());
      record(this.opening.sql, act, { kind: "organization", resourceId: organization.id, before: null, after }, now);
    });
    this.opening.isCreated = true;
    return ok(this.opening.view());
  }

  async change(change: OrganizationChange, act?: Act): Promise<Result<OrganizationView, Failure>> {
    if (!this.opening.isCreated) return err(notFound("organization"));
    if (isLeaving(this.opening.sql)) return err(LEAVING);
    const path = change.reserved_concurrency === undefined ? "agent_call_concurrency_limit" : "reserved_concurrency";
    const problem = capacityProblem(capacityOf({ ...readProfile(this.opening.sql), ...change }), path);
    if (problem !== null) return err(problem);
    const unarchived = this.#archiveProblem(change);
    if (unarchived !== null) return err(unarchived);
    const spread = this.opening.executor.decide((organization, now) => {
      const before = auditedOrganization(this.opening.view());
      const toSpread = changed(organization, change, now);
      const after = auditedOrganization(this.opening.view());
      record(this.opening.sql, act, { kind: "organization", resourceId: this.opening.id, before, after }, now);
      return toSpread;
    });
    if (spread !== null) await this.opening.executor.untilHeard(spread);
    return ok(this.opening.view());
  }

  async remove(): Promise<Result<RemovalView, Failure>> {
    if (!this.opening.isCreated) return err(notFound("organization"));
    const view = this.opening.leaving.removing.request();
    await this.opening.executor.untilRevoked();
    return ok(view);
  }

  // --- keys ---

  async authenticate(key: string): Promise<SignedInKey | null> {
    if (!this.opening.isCreated) return null;
    return signIn(this.opening.sql, await hashOfKey(key), Date.now());
  }

  async keyStands({ hash }: KeyAlong): Promise<SignedInKey | null> {
    return this.opening.isCreated ? signIn(this.opening.sql, hash, Date.now()) : null;
  }

  async withKey(key: KeyAlong, message: string, args: readonly unknown[]): Promise<AnsweredWithKey> {
    const found = await this.keyStands(key);
    if (found?.id !== key.id) return { key: found };
    const methods = this as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>;
    const method = present(methods[message], "the Worker's messages are methods of this object");
    return { key: found, answer: await method.apply(this, args as unknown[]) };
  }

  async authenticatePerson(email: string): Promise<SignedInPerson | null> {
    if (!this.opening.isCreated) return null;
    const member = signInPerson(this.opening.sql, email, Date.now());
    return member === null
      ? null
      : { memberId: member.id, role: member.role, name: readProfile(this.opening.sql).name };
  }

  async watches(keyId: string, batchId: string): Promise<boolean> {
    return this.opening.organization.watches.note(keyId, batchId);
  }

  // --- batches ---

  async announceBatch(request: BatchRequest): Promise<Result<BatchOrder, Failure>> {
    const { order, spread } = this.opening.executor.decide((organization, now) =>
      announced(organization, request, now),
    );
    if (spread !== null) await this.opening.executor.untilHeard(spread);
    return order;
  }

  async admitAppended(request: AppendRequest): Promise<Result<AppendAnswer, Failure>> {
    return this.opening.executor.decide(({ sql }) => admitAppended(sql, request));
  }

  async labelled(source: number, labels: readonly PersonHash[]): Promise<void> {
    this.opening.executor.decide(({ sql }) => {
      // A batch that was deleted meanwhile is not remembered.
      if ((idOfSource(sql, source) ?? idOfPool(sql, source)) !== null) rememberPeople(sql, source, labels);
    });
  }

  async deleteBatch(batchId: string, act?: Act): Promise<Result<null, Failure>> {
    return this.opening.leaving.deleting.deleteBatch(batchId, act ?? null);
  }

  async announceCalls(request: DirectRequest): Promise<Result<BatchOrder, Failure>> {
    return this.opening.executor.decide((organization, now) => new DirectCalls(organization).announce(request, now));
  }

  async report(report: BatchReport): Promise<ReportAnswer & WithGrant> {
    const { answer, changes, isGrant } = this.opening.executor.decide((organization, now) =>
      reported(organization, report, now),
    );
    // A dataset has no jurisdiction.
    if (jurisdictionOf(this.opening.id) === null) writeAnalytics(this.env.ANALYTICS, report.summary, changes);
    if (!isGrant) return answer;
    const { agent_id, from_number_id } = report.summary;
    // What fails here is asked for again, and said then.
    const dialing = await this.dialing(agent_id, from_number_id).catch(() => null);
    return dialing?.ok === true ? { ...answer, dialing: dialing.value } : answer;
  }

  async clear(request: ClearanceRequest): Promise<ClearanceAnswer> {
    return this.opening.executor.decide((organization, now) => cleared(organization, request, now));
  }

  async beginRequest(key: string, fingerprint: string): Promise<BegunRequest> {
    const now = Date.now();
    return isAnnounced(this.opening.sql, key, now) ? { kind: "reused" } : this.#answers.begin(key, fingerprint, now);
  }

  async answerRequest(key: string, fingerprint: string, status: number, body: string): Promise<void> {
    return this.#answers.answered(key, fingerprint, status, body);
  }

  async forgetRequest(key: string, fingerprint: string): Promise<void> {
    this.#answers.forget(key, fingerprint);
  }

  // --- the audit ---

  async recordAct(act: Act, kind: AuditedKind, resourceId: string | null): Promise<void> {
    if (isCreated(this.opening.sql))
      record(this.opening.sql, act, { kind, resourceId, before: null, after: null }, Date.now());
  }

  async reseal(act?: Act): Promise<ResealCounts | null> {
    if (!this.opening.isCreated) return null;
    const counts = await resealAll(this.opening.sql, this.opening.settings.keyRing);
    const after = { resealed_secrets: counts.resealed };
    const acted = { kind: "organization", resourceId: this.opening.id, before: null, after } as const;
    if (counts.resealed > 0) record(this.opening.sql, act, acted, Date.now());
    return counts;
  }

  override async alarm(): Promise<void> {
    this.opening.alarm.rang();
    const now = Date.now();
    if (!this.opening.isCreated) return;
    // If anything below fails, the object wakes again.
    this.opening.alarm.recoverSoon(now);
    const { erasing, retention } = this.opening.organization;
    if (Math.min(erasing.dueAt, retention.dueAt) <= now) {
      void this.opening.leaving.erasures.run();
      this.ctx.waitUntil(this.opening.leaving.removing.run());
    }
    this.opening.executor.hear({ kind: "woken" }, now);
  }

  get #answers(): AnsweredRequests {
    return new AnsweredRequests(this.opening.sql, this.opening.settings.keyRing);
  }

  /** Null if it asks for no archive, or there is a bucket. */
  #archiveProblem({ archive = false }: OrganizationChange): Failure | null {
    const bucket = archive ? archiveBucket(this.env, this.opening.id) : null;
    return bucket === null || bucket.ok ? null : bucket.failure;
  }
}

const auditedOrganization = (view: OrganizationView): ActFields => ({
  name: view.name,
  agent_call_concurrency_limit: view.agent_call_concurrency_limit,
  reserved_concurrency: view.reserved_concurrency,
  agents_usage_limit: view.agents_usage_limit,
  calling_window: view.calling_window,
  min_gap_minutes: view.min_gap_minutes,
  max_attempts_per_number_per_day: view.max_attempts_per_number_per_day,
  calls_per_second: view.pace?.callsPerSecond ?? null,
  retention_days: view.retention_days,
  archive: view.archive ?? false,
});
