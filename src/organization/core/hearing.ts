/** What each event makes of the organization. In a transaction. */

import type { SlotStatement } from "../../calling/messages/slots.ts";
import { arrive, expire } from "../batches/announcements.ts";
import { cleanContacts } from "../people/contacts.ts";
import { uncountRecipients } from "../store/profile.ts";
import type { Effect, Message, OrganizationEvent } from "./effects.ts";
import type { Organization } from "./organization.ts";

export function heard(organization: Organization, event: OrganizationEvent, now: number): readonly Effect[] {
  switch (event.kind) {
    case "woken":
      uncountRecipients(organization.sql, expire(organization.sql, now));
      cleanContacts(organization.sql, now);
      // The object does what is due now, and may take longer than until the next alarm.
      if (organization.erasing.dueAt <= now) organization.erasing.look(now);
      if (organization.retention.dueAt <= now) organization.retention.begun(now);
      return [];
    case "heard":
      return answerCame(organization, event.message, { statement: event.statement }, now);
    case "unheard":
      return answerCame(organization, event.message, null, now);
  }
}

/** `answer` null: it was not heard. */
function answerCame(
  organization: Organization,
  message: Message,
  answer: { readonly statement: SlotStatement | null } | null,
  now: number,
): readonly Effect[] {
  const { sql, slots, notices, watches, audit, sweep, capacity } = organization;
  // A batch that makes a statement exists, even if its reports are lost.
  if (answer !== null && answer.statement !== null) arrive(sql, answer.statement.batchId);
  switch (message.kind) {
    case "grant":
      if (answer === null) slots.untold(message);
      else slots.told(message, answer.statement, capacity, now);
      break;
    case "audit":
      audit.over();
      if (answer !== null && slots.audited(message.holding, answer.statement, capacity))
        return [{ kind: "warn", event: "ledger_repaired", batch: message.batchId }];
      break;
    case "rules":
      if (answer === null) notices.untold(message);
      else notices.told(message);
      break;
    case "revoked":
      if (answer === null) watches.untold(message);
      else watches.told(message);
      break;
    case "wake":
      sweep.over();
      break;
    case "webhooks":
  }
  return [];
}
