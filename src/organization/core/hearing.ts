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
      return [];
    case "heard":
      return answered(organization, event.message, event.statement, now);
    case "unheard":
      unanswered(organization, event.message);
      return [];
  }
}

function answered(
  organization: Organization,
  message: Message,
  statement: SlotStatement | null,
  now: number,
): readonly Effect[] {
  const { sql, slots, notices, watches, audit, sweep, capacity } = organization;
  // A batch that makes a statement exists, even if its reports are lost.
  if (statement !== null) arrive(sql, statement.batchId);
  switch (message.kind) {
    case "grant":
      slots.told(message, statement, capacity, now);
      return [];
    case "audit":
      audit.over();
      return slots.audited(message.holding, statement, capacity)
        ? [{ kind: "warn", event: "ledger_repaired", batch: message.batchId }]
        : [];
    case "rules":
      notices.told(message);
      return [];
    case "revoked":
      watches.told(message);
      return [];
    case "wake":
      sweep.over();
      return [];
    case "webhooks":
      return [];
  }
}

function unanswered({ slots, notices, watches, audit, sweep }: Organization, message: Message): void {
  switch (message.kind) {
    case "grant":
      slots.untold(message);
      break;
    case "audit":
      audit.over();
      break;
    case "rules":
      notices.untold(message);
      break;
    case "revoked":
      watches.untold(message);
      break;
    case "wake":
      sweep.over();
      break;
    case "webhooks":
      break;
  }
}
