/**
 * The organization at work: takes a request or an event and its time, changes the rows in one transaction, and returns
 * effects. After every one the same steps run: who is due is told. They follow from the rows, so running them twice
 * changes nothing more. Synchronous: no clock, no network, no promise (`effects.ts`).
 */

import { type Due, sooner } from "../../storage/alarm-clock.ts";
import type { Sql } from "../../storage/sql.ts";
import { nextExpiry } from "../batches/announcements.ts";
import { cleaningDueAt } from "../people/contacts.ts";
import type { Effect, Message, OrganizationEvent } from "./effects.ts";
import { heard } from "./hearing.ts";
import { Organization } from "./organization.ts";

export type Decision<Answer> = (organization: Organization, now: number) => Answer;
export type Decided<Answer> = { readonly answer: Answer; readonly effects: readonly Effect[] };

export class Engine {
  organization: Organization;

  constructor(sql: Sql, now: number) {
    this.organization = new Organization(sql, now);
  }

  handle(event: OrganizationEvent, now: number): readonly Effect[] {
    const { answer, effects } = this.decide((organization) => heard(organization, event, now), now);
    return [...answer, ...effects];
  }

  /** What a request makes of the organization, and the answer to it. */
  decide<Answer>(decision: Decision<Answer>, now: number): Decided<Answer> {
    const { organization } = this;
    try {
      return organization.sql.transaction(() => {
        const answer = decision(organization, now);
        return { answer, effects: due(organization, now) };
      });
    } catch (error) {
      // The rows are the truth: what is in memory is read again.
      this.organization = new Organization(organization.sql, now);
      throw error;
    }
  }
}

function due(organization: Organization, now: number): readonly Effect[] {
  const { slots, notices, watches, audit, sweep } = organization;
  const messages: Message[] = [
    ...slots.tell(now),
    ...notices.tell(now),
    ...watches.tell(now),
    ...audit.ask(slots.holdings, now),
    ...sweep.wake(now),
  ];
  const sent = messages.map((message): Effect => ({ kind: "send", message }));
  return [...sent, { kind: "set_alarm", due: nextDue(organization, now) }];
}

/** When the object has to act again: the one function behind its one alarm. */
function nextDue(
  { sql, slots, notices, watches, audit, sweep, erasing, retention }: Organization,
  now: number,
): Due | null {
  const never = Number.POSITIVE_INFINITY;
  const dueAt = Math.min(
    cleaningDueAt(sql) ?? never,
    nextExpiry(sql) ?? never,
    audit.dueAt(slots.holdings),
    sweep.dueAt,
    erasing.dueAt,
    retention.dueAt,
  );
  const messages = [slots.nextDue(now), notices.nextDue(now), watches.nextDue(now)];
  return messages.reduce<Due | null>(sooner, dueAt === never ? null : { at: dueAt, isRecovery: false });
}
