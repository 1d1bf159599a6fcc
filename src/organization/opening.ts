/** The organization in its object: what runs on its rows. What few messages need is made on first use. */

import type { BatchRpc } from "../batch/rpc.ts";
import { present } from "../calling/requests/assert.ts";
import { routeOfBatch } from "../calling/secrets/ids.ts";
import { jurisdictionOf } from "../calling/words/jurisdiction.ts";
import { type Bindings, type Settings, settingsOf } from "../env.ts";
import { defaultJurisdiction } from "../jurisdiction.ts";
import { AlarmClock } from "../storage/alarm-clock.ts";
import { isCreated, migrate } from "../storage/migrations.ts";
import { Sql } from "../storage/sql.ts";
import { type Registers, registersOf } from "./answering.ts";
import type { Organization } from "./core/organization.ts";
import { Executor } from "./executor.ts";
import { Leaving } from "./leaving.ts";
import type { OrganizationView } from "./messages/organization.ts";
import { openErasedKey } from "./people/erased-key.ts";
import { hasErasedKey } from "./people/erased-numbers.ts";
import { readRules } from "./rules/rules.ts";
import { ORGANIZATION_STEPS } from "./store/migrations.ts";
import { readProfile } from "./store/profile.ts";

export class Opening {
  readonly sql: Sql;
  readonly settings: Settings;
  readonly alarm: AlarmClock;
  readonly executor: Executor;
  isCreated: boolean;
  readonly #env: () => Bindings;
  readonly #leave: () => Leaving;
  #leaving: Leaving | null = null;
  #registers: Registers | null = null;
  /** It never changes. */
  #id: string | null = null;

  /** `env`: asked for at each use. */
  constructor(ctx: DurableObjectState, env: () => Bindings) {
    this.#env = env;
    this.sql = new Sql(ctx.storage);
    this.settings = settingsOf(env());
    this.alarm = new AlarmClock(ctx.storage);
    const { sql, alarm, settings } = this;
    const batch = (id: string): BatchRpc =>
      env().BATCHES.getByName(present(routeOfBatch(id, this.id), "the index holds batches' ids"));
    const waitUntil = (work: Promise<void>): void => ctx.waitUntil(work);
    const executor = new Executor({ sql, alarm, batch, webhook: (id) => env().WEBHOOKS.getByName(id), waitUntil });
    this.executor = executor;
    const { keyRing } = settings;
    this.#leave = () =>
      new Leaving({ id: () => this.id, sql, env, keyRing, executor, batch, waitUntil, empty: () => this.#empty() });
    this.isCreated = isCreated(sql);
    if (this.isCreated) migrate(sql, ORGANIZATION_STEPS);
    if (this.isCreated && hasErasedKey(sql)) void ctx.blockConcurrencyWhile(() => openErasedKey(sql, keyRing));
  }

  get organization(): Organization {
    return this.executor.organization;
  }

  get id(): string {
    this.#id ??= readProfile(this.sql).id;
    return this.#id;
  }

  get leaving(): Leaving {
    this.#leaving ??= this.#leave();
    return this.#leaving;
  }

  get registers(): Registers {
    this.#registers ??= registersOf(this.sql, this.settings, this.executor, this.leaving);
    return this.#registers;
  }

  view(): OrganizationView {
    const jurisdiction = jurisdictionOf(this.id) ?? defaultJurisdiction(this.#env());
    return { ...readProfile(this.sql), ...readRules(this.sql), jurisdiction, ...this.archiveProblem() };
  }

  archiveProblem(): Pick<OrganizationView, "archiveProblem"> {
    const { problem } = this.leaving.archives;
    return problem === null ? {} : { archiveProblem: problem };
  }

  /** In one turn. Nothing is left that a late message could find. */
  #empty(): void {
    this.isCreated = false;
    this.alarm.rest();
    void this.sql.deleteAll();
  }
}
