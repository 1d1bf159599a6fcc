/** Webhooks: where the organization receives events of its calls and batches. Their secrets are sealed (`seal.ts`). */

import type { WebhookEventType, WebhookTarget } from "../../calling/messages/webhook.ts";
import { type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { type Listing, listPage } from "../../storage/listing.ts";
import type { Sql } from "../../storage/sql.ts";
import type { WebhookView } from "../messages/telephony.ts";

/** The content that is sealed, as JSON. During a rotation both secrets sign, so that the receiver can change over. */
export type Secrets = {
  readonly current: string;
  readonly previous: { readonly secret: string; readonly until: number } | null;
};

export type StoredWebhook = { readonly view: WebhookView; readonly sealedSecrets: string };

type WebhookRow = {
  id: string;
  display_name: string;
  url: string;
  events: string;
  sealed_secrets: string;
  disabled_reason: string | null;
  created_at: number;
  updated_at: number;
};

const COLUMNS = "id, display_name, url, events, sealed_secrets, disabled_reason, created_at, updated_at";
const INSERT = /*sql*/ `INSERT INTO webhooks (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const BY_ID = /*sql*/ `SELECT ${COLUMNS} FROM webhooks WHERE id = ?`;
const UPDATE = /*sql*/ `
  UPDATE webhooks SET display_name = ?, url = ?, events = ?, sealed_secrets = ?, disabled_reason = ?, updated_at = ?
  WHERE id = ?`;
const DISABLE = /*sql*/ `
  UPDATE webhooks SET disabled_reason = ?, updated_at = ? WHERE id = ? AND disabled_reason IS NULL`;
const DELETE = /*sql*/ `DELETE FROM webhooks WHERE id = ?`;
const IDS = /*sql*/ `SELECT id FROM webhooks`;
const COUNT = /*sql*/ `SELECT COUNT(*) AS count FROM webhooks`;
/** One that agents name is for their events alone. */
const TARGETS = /*sql*/ `
  SELECT id, events FROM webhooks
  WHERE disabled_reason IS NULL AND (
    NOT EXISTS (SELECT 1 FROM agents WHERE webhook_id = webhooks.id)
    OR EXISTS (SELECT 1 FROM agents WHERE agents.id = ? AND webhook_id = webhooks.id)
  )
  ORDER BY ordinal`;
const LISTING: Listing = {
  ordinalOfId: /*sql*/ `SELECT ordinal FROM webhooks WHERE id = ?`,
  older: /*sql*/ `SELECT ${COLUMNS} FROM webhooks WHERE ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `SELECT ${COLUMNS} FROM webhooks WHERE ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
};

const eventsOf = (text: string): WebhookEventType[] => JSON.parse(text) as WebhookEventType[];

const toView = (row: WebhookRow): WebhookView => ({
  id: row.id,
  display_name: row.display_name,
  url: row.url,
  events: eventsOf(row.events),
  disabledReason: row.disabled_reason,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export function findWebhook(sql: Sql, id: string): StoredWebhook | null {
  const row = sql.first<WebhookRow>(BY_ID, id);
  return row === null ? null : { view: toView(row), sealedSecrets: row.sealed_secrets };
}

export function getWebhook(sql: Sql, id: string): Result<WebhookView, Failure> {
  const webhook = findWebhook(sql, id);
  return webhook === null ? err(notFound("webhook")) : ok(webhook.view);
}

export const listWebhooks = (sql: Sql, request: PageRequest): Result<Page<WebhookView>, Failure> =>
  listPage(sql, LISTING, [], request, toView);

/** There are at most `WEBHOOKS_AT_MOST`. */
export const webhookIds = (sql: Sql): string[] => sql.all<{ id: string }>(IDS).map(({ id }) => id);
export const countWebhooks = (sql: Sql): number => sql.one<{ count: number }>(COUNT).count;

/** The enabled webhooks that hear of this agent's calls. */
export const webhookTargets = (sql: Sql, agentId: string): WebhookTarget[] =>
  sql
    .keptAll<{ id: string; events: string }>(["webhooks", "agents"], TARGETS, agentId)
    .map(({ id, events }) => ({ id, events: eventsOf(events) }));

export function insertWebhook(sql: Sql, { view, sealedSecrets }: StoredWebhook): void {
  sql.run(
    INSERT,
    view.id,
    view.display_name,
    view.url,
    JSON.stringify(view.events),
    sealedSecrets,
    view.disabledReason,
    view.createdAt,
    view.updatedAt,
  );
}

export function updateWebhook(sql: Sql, { view, sealedSecrets }: StoredWebhook): void {
  sql.run(
    UPDATE,
    view.display_name,
    view.url,
    JSON.stringify(view.events),
    sealedSecrets,
    view.disabledReason,
    view.updatedAt,
    view.id,
  );
}

/** False if the webhook is deleted or already disabled. */
export const disableWebhook = (sql: Sql, id: string, reason: string, now: number): boolean =>
  sql.run(DISABLE, reason, now, id) > 0;

export const deleteWebhook = (sql: Sql, id: string): Result<null, Failure> =>
  sql.run(DELETE, id) === 0 ? err(notFound("webhook")) : ok(null);
