/** All that is known of an organization: its rows, and what is remembered beside them, which may be lost at any moment. */

import type { Capacity } from "../../calling/messages/slots.ts";
import { onePerRoute } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";
import { runningWithAgents } from "../batches/batch-index.ts";
import { Watches } from "../configuration/watches.ts";
import { webhookTargets } from "../configuration/webhooks.ts";
import { Erasing } from "../erasing/erasure-rows.ts";
import { Retention } from "../erasing/retention.ts";
import { Audit } from "../ledger/audit.ts";
import { Slots } from "../ledger/slots.ts";
import { Sweep } from "../ledger/sweep.ts";
import { RuleNotices, type Spread } from "../people/rule-notices.ts";
import { capacityOf, readProfile } from "../store/profile.ts";
import type { Message } from "./effects.ts";

export class Organization {
  readonly sql: Sql;
  readonly notices: RuleNotices;
  readonly watches: Watches;
  readonly sweep: Sweep;
  readonly audit: Audit;
  readonly erasing: Erasing;
  readonly retention: Retention;
  /** Created on first use: an object without an organization has no tables to read. */
  #slots: Slots | null = null;

  constructor(sql: Sql, now: number) {
    this.sql = sql;
    this.notices = new RuleNotices(sql);
    this.watches = new Watches(sql);
    this.sweep = new Sweep(sql);
    this.audit = new Audit(now);
    this.erasing = new Erasing(sql);
    this.retention = new Retention(sql);
  }

  get slots(): Slots {
    this.#slots ??= new Slots(this.sql);
    return this.#slots;
  }

  get capacity(): Capacity {
    return capacityOf(readProfile(this.sql));
  }

  /** Has batches told of a stored rule; see `RuleNotices`. */
  spread(isChange = false): Spread {
    // Requests for direct calls share objects, which are told once.
    return this.notices.spread(new Set(onePerRoute([...this.slots.holdings.keys()])), isChange);
  }
}

/** Each running batch: where its events go from now on. */
export const eventTargets = (sql: Sql): Message[] =>
  runningWithAgents(sql).map(({ id, agent_id }) => ({
    kind: "webhooks",
    batchId: id,
    targets: webhookTargets(sql, agent_id),
  }));
