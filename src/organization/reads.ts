/** What is read of an organization, by the API and by its batches. Nothing changes. */

import type { BatchSummary } from "../calling/messages/batch-view.ts";
import type { Outlook } from "../calling/messages/outlook.ts";
import type { Turn } from "../calling/messages/turn.ts";
import { type Failure, notFound } from "../calling/requests/failure.ts";
import type { Page, PageRequest } from "../calling/requests/page.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import type { Dialing } from "../dialer/dialing.ts";
import type { Bindings } from "../env.ts";
import { withinJurisdiction } from "../jurisdiction.ts";
import { costOf, type StorageCost } from "../storage/cost.ts";
import { listActs } from "./acts/act-rows.ts";
import { outlookOf } from "./admission/outlook.ts";
import { AnsweringForRegisters } from "./answering.ts";
import { batchSources, placeOfBatch, summaryOfBatch } from "./batches/batch-index.ts";
import { BatchList } from "./batches/batch-list.ts";
import { listBatches } from "./batches/batch-search.ts";
import { directSources, poolsBefore } from "./batches/direct-pools.ts";
import { findAgent } from "./configuration/agents.ts";
import { unsealedAccount } from "./configuration/credentials.ts";
import { findPhoneNumber } from "./configuration/phone-numbers.ts";
import { findProvider, NO_ENCRYPTION_KEY } from "./configuration/providers.ts";
import { findRemoval } from "./erasing/removing.ts";
import { isWaiting } from "./ledger/ledger.ts";
import { concurrencyView, ledgerView } from "./ledger/ledger-view.ts";
import { turnsOf } from "./ledger/turns.ts";
import type {
  BatchFilter,
  BatchPage,
  BatchRequest,
  CallFilter,
  CallSources,
  ConcurrencyView,
  DirectPool,
  LedgerView,
  SourcesPage,
  SourcesPart,
} from "./messages/calling.ts";
import type { ActFilter, ActView, OrganizationView, RemovalView } from "./messages/organization.ts";
import type { Report, ReportRequest } from "./messages/reports.ts";
import { Opening } from "./opening.ts";
import { reportOf } from "./reports/report.ts";
import { readProfile } from "./store/profile.ts";

export class OrganizationReads extends AnsweringForRegisters {
  protected readonly opening: Opening;
  readonly #batchList = new BatchList();

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, withinJurisdiction(env));
    this.opening = new Opening(ctx, () => this.env);
  }

  async describe(): Promise<Result<OrganizationView, Failure>> {
    return this.opening.isCreated ? ok(this.opening.view()) : err(notFound("organization"));
  }

  async removal(): Promise<RemovalView | null> {
    const view = this.opening.isCreated ? findRemoval(this.opening.sql) : null;
    return view === null ? null : { ...view, ...this.opening.archiveProblem() };
  }

  async outlook(request: BatchRequest): Promise<Result<Outlook, Failure>> {
    return outlookOf(this.opening.sql, request, this.opening.organization.slots.holdings.values(), Date.now());
  }

  async listBatches(request: PageRequest, filter: BatchFilter): Promise<Result<BatchPage, Failure>> {
    const page = listBatches(this.opening.sql, request, filter);
    if (!page.ok) return page;
    return ok({ ...page.value, data: page.value.data.map(({ summary }) => JSON.parse(summary) as BatchSummary) });
  }

  async batchPage(request: PageRequest, filter: BatchFilter): Promise<Result<string, Failure>> {
    const page = listBatches(this.opening.sql, request, filter);
    return page.ok ? ok(this.#batchList.pageJson(page.value, this.#turnsOf(page.value.data))) : page;
  }

  async callSources(filter: CallFilter, part: SourcesPart): Promise<Result<CallSources, Failure>> {
    const { agentId } = filter;
    if (agentId !== null && findAgent(this.opening.sql, agentId) === null) return err(notFound("agent"));
    const { sources: batches, goesOn: batchesGoOn = null } = batchSources(this.opening.sql, filter, part);
    return ok({ batches, batchesGoOn, direct: directSources(this.opening.sql, filter, part) });
  }

  async batchSources(filter: CallFilter, part: SourcesPart): Promise<SourcesPage> {
    return batchSources(this.opening.sql, filter, part);
  }

  async directSources(filter: CallFilter, part: SourcesPart): Promise<SourcesPage> {
    return directSources(this.opening.sql, filter, part);
  }

  async directPools(before: number, atMost: number): Promise<DirectPool[]> {
    return poolsBefore(this.opening.sql, before, atMost);
  }

  async reportBy(request: ReportRequest): Promise<Report> {
    return reportOf(this.opening.sql, request);
  }

  async listActs(filter: ActFilter, request: PageRequest): Promise<Result<Page<ActView>, Failure>> {
    return listActs(this.opening.sql, filter, request);
  }

  async listBatchActs(batchId: string, request: PageRequest): Promise<Result<Page<ActView>, Failure>> {
    const filter = { resourceId: batchId, byId: null, kind: "batch", from: null, until: null } as const;
    const page = listActs(this.opening.sql, filter, request);
    const isFirst = request.startingAfter === null && request.endingBefore === null;
    const isUnknown =
      page.ok && page.value.data.length === 0 && isFirst && placeOfBatch(this.opening.sql, batchId) === null;
    return isUnknown ? err(notFound("batch")) : page;
  }

  async ledger(): Promise<Result<LedgerView, Failure>> {
    if (!this.opening.isCreated) return err(notFound("organization"));
    return ok(this.#ledgerView());
  }

  async concurrency(): Promise<ConcurrencyView> {
    return concurrencyView(this.#ledgerView(), (at) => summaryOfBatch(this.opening.sql, at), this.#turns());
  }

  async dialing(agentId: string, fromNumberId: string): Promise<Result<Dialing, Failure>> {
    const agent = findAgent(this.opening.sql, agentId);
    const number = findPhoneNumber(this.opening.sql, fromNumberId);
    if (agent === null) return err(notFound("agent"));
    if (number === null) return err(notFound("phone_number"));
    const provider = findProvider(this.opening.sql, number.provider.id);
    if (provider === null) return err(notFound("provider"));
    const account = await unsealedAccount(this.opening.settings.keyRing, provider);
    if (account === null) return err(NO_ENCRYPTION_KEY);
    return ok({
      agent: { id: agent.id, name: agent.name, connection: agent.connection },
      from_number: number.number,
      carrier_number_id: number.carrier_number_id,
      calling_window: readProfile(this.opening.sql).calling_window,
      account,
    });
  }

  /** Storage operations since the object woke, as the platform bills them. For measurements. */
  cost(): StorageCost {
    return costOf(this.opening.sql, this.opening.alarm);
  }

  /** Of batches that are shown; empty if none of them waits for slots. */
  #turnsOf(shown: readonly { readonly id: string }[]): ReadonlyMap<string, Turn> {
    const { holdings } = this.opening.organization.slots;
    const isAnyWaiting = shown.some(({ id }) => {
      const holding = holdings.get(id);
      return holding !== undefined && isWaiting(holding);
    });
    return isAnyWaiting ? this.#turns() : new Map();
  }

  #turns(): ReadonlyMap<string, Turn> {
    const { capacity, slots } = this.opening.organization;
    return turnsOf(
      capacity,
      slots.holdings.values(),
      (one) => summaryOfBatch(this.opening.sql, one.createdAt),
      Date.now(),
    );
  }

  #ledgerView(): LedgerView {
    const { capacity, slots } = this.opening.organization;
    return ledgerView(capacity, slots.holdings.values());
  }
}
