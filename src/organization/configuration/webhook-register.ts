/**
 * The organization's webhooks as the API asks for them, and the endpoint data that each webhook's object asks for.
 * Called by the organization's object.
 *
 * Batches are told of a change once. A batch that misses it gets it with the answer to its next report. A webhook's
 * object asks again within a minute.
 */

import { type Act, type ActFields, SERVICE } from "../../calling/messages/act.ts";
import { WEBHOOKS_AT_MOST } from "../../calling/messages/webhook.ts";
import { type Destination, secretsToEnterAgain } from "../../calling/numbers/destinations.ts";
import { conflict, type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { toBase64 } from "../../calling/secrets/base64.ts";
import { newWebhookId } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";
import { record } from "../acts/act-rows.ts";
import type { Endpoint, MadeWebhook, NewWebhook, WebhookChange, WebhookView } from "../messages/telephony.ts";
import { readProfile } from "../store/profile.ts";
import { type KeyRing, seal, unseal } from "../store/seal.ts";
import { leaveWebhook } from "./agents.ts";
import { rememberGone } from "./gone-webhooks.ts";
import { NO_ENCRYPTION_KEY } from "./providers.ts";
import {
  countWebhooks,
  deleteWebhook,
  disableWebhook,
  findWebhook,
  getWebhook,
  insertWebhook,
  listWebhooks,
  type Secrets,
  type StoredWebhook,
  updateWebhook,
} from "./webhooks.ts";

/** How long the previous secret still signs after a rotation. */
const PREVIOUS_SECRET_MS = 24 * 60 * 60 * 1_000;
/** Standard Webhooks, "Signature scheme": 24 to 64 random bytes. */
const SECRET_BYTES = 32;
const SENDS: readonly Destination[] = [{ to: ["url"], secrets: ["secret"] }];

export type WebhookRegisterPort = {
  readonly sql: Sql;
  readonly keyRing: KeyRing;
  /** Events go elsewhere from now on. */
  readonly redirected: () => void;
  /** Tells the webhook's object that what it has in memory is out of date. */
  readonly tellWebhook: (id: string) => void;
  /** Empties the objects of deleted webhooks. */
  readonly forgetWebhooks: () => void;
};

export class WebhookRegister {
  readonly #port: WebhookRegisterPort;

  constructor(port: WebhookRegisterPort) {
    this.#port = port;
  }

  /** A create shows the secret; a change only if it generated one. */
  async createWebhook(webhook: NewWebhook, act?: Act): Promise<Result<MadeWebhook, Failure>> {
    const now = Date.now();
    const id = newWebhookId(readProfile(this.#port.sql).id);
    const made = webhook.secret === null ? newSecret() : null;
    const sealedSecrets = await this.#seal(id, { current: made ?? webhook.secret ?? "", previous: null });
    if (sealedSecrets === null) return err(NO_ENCRYPTION_KEY);
    if (countWebhooks(this.#port.sql) >= WEBHOOKS_AT_MOST) {
      return err(
        conflict("too_many_webhooks", `an organization has at most ${WEBHOOKS_AT_MOST} webhooks; delete one first`),
      );
    }
    const { display_name, url, events } = webhook;
    const view: WebhookView = { id, display_name, url, events, disabledReason: null, createdAt: now, updatedAt: now };
    const { sql } = this.#port;
    sql.transaction(() => {
      insertWebhook(sql, { view, sealedSecrets });
      record(sql, act, { kind: "webhook", resourceId: id, before: null, after: auditedWebhook(view) }, now);
    });
    this.#port.redirected();
    return ok({ ...view, secret: made ?? webhook.secret });
  }

  async listWebhooks(request: PageRequest): Promise<Result<Page<WebhookView>, Failure>> {
    return listWebhooks(this.#port.sql, request);
  }

  async getWebhook(id: string): Promise<Result<WebhookView, Failure>> {
    return getWebhook(this.#port.sql, id);
  }

  async changeWebhook(id: string, change: WebhookChange, act?: Act): Promise<Result<MadeWebhook, Failure>> {
    for (;;) {
      const stored = findWebhook(this.#port.sql, id);
      if (stored === null) return err(notFound("webhook"));
      const { url } = stored.view;
      // The check needs only to know that a secret exists.
      const issues = secretsToEnterAgain(SENDS, { url }, { url, secret: "sealed", ...change }, change);
      if (issues.length > 0) return err({ kind: "invalid", issues });
      const made = change.secret === null ? newSecret() : null;
      const after = await this.#changed(stored, change, made ?? change.secret ?? null, Date.now());
      if (after === null) return err(NO_ENCRYPTION_KEY);
      // While the secrets were sealed, the webhook may have been changed or deleted.
      const present = findWebhook(this.#port.sql, id);
      if (JSON.stringify(present) !== JSON.stringify(stored)) continue;
      const { sql } = this.#port;
      sql.transaction(() => {
        updateWebhook(sql, after);
        const replaced = after.sealedSecrets === stored.sealedSecrets ? {} : { replaced_secrets: ["secret"] };
        const fields = { before: auditedWebhook(stored.view), after: { ...auditedWebhook(after.view), ...replaced } };
        record(sql, act, { kind: "webhook", resourceId: id, ...fields }, after.view.updatedAt);
      });
      this.#port.redirected();
      this.#port.tellWebhook(id);
      return ok({ ...after.view, secret: made });
    }
  }

  async deleteWebhook(id: string, act?: Act): Promise<Result<null, Failure>> {
    const { sql } = this.#port;
    const before = findWebhook(sql, id);
    const deleted = sql.transaction(() => {
      leaveWebhook(sql, id);
      if (before !== null)
        record(
          sql,
          act,
          { kind: "webhook", resourceId: id, before: auditedWebhook(before.view), after: null },
          Date.now(),
        );
      const answer = deleteWebhook(sql, id);
      if (answer.ok) rememberGone(sql, id);
      return answer;
    });
    if (deleted.ok) {
      this.#port.redirected();
      this.#port.forgetWebhooks();
    }
    return deleted;
  }

  /** Called by the webhook's object. Null if the webhook is deleted; throws if its secrets do not open. */
  async webhookEndpoint(id: string): Promise<Endpoint | null> {
    const stored = findWebhook(this.#port.sql, id);
    if (stored === null) return null;
    const secrets = await this.#unseal(stored);
    if (secrets === null)
      throw new Error("the webhook's secrets cannot be opened: neither ENCRYPTION_KEY nor an older one sealed them");
    const { current, previous } = secrets;
    const isPreviousGood = previous !== null && previous.until > Date.now();
    return {
      url: stored.view.url,
      secrets: isPreviousGood ? [current, previous.secret] : [current],
      isDisabled: stored.view.disabledReason !== null,
    };
  }

  /** Called by the webhook's object, which repeats it if it is lost. */
  async disableWebhook(id: string, reason: string): Promise<void> {
    const { sql } = this.#port;
    const now = Date.now();
    const isDisabled = sql.transaction(() => {
      if (!disableWebhook(sql, id, reason, now)) return false;
      const act = { id: crypto.randomUUID(), operation: "disableWebhook", by: SERVICE };
      const fields = { before: { enabled: true }, after: { enabled: false, disabled_reason: reason } };
      record(sql, act, { kind: "webhook", resourceId: id, ...fields }, now);
      return true;
    });
    if (!isDisabled) return;
    this.#port.redirected();
    this.#port.tellWebhook(id);
  }

  /** Null if the operator has set no key to seal with. */
  async #changed(
    stored: StoredWebhook,
    change: WebhookChange,
    secret: string | null,
    now: number,
  ): Promise<StoredWebhook | null> {
    const { view } = stored;
    const after: WebhookView = {
      ...view,
      display_name: change.display_name ?? view.display_name,
      url: change.url ?? view.url,
      events: change.events ?? view.events,
      disabledReason: change.enabled === undefined ? view.disabledReason : change.enabled ? null : "switched off",
      updatedAt: now,
    };
    if (secret === null) return { view: after, sealedSecrets: stored.sealedSecrets };
    // A secret that the previous server knows must not sign for the new one.
    const before = after.url === view.url ? await this.#unseal(stored) : null;
    const previous = before === null ? null : { secret: before.current, until: now + PREVIOUS_SECRET_MS };
    const sealedSecrets = await this.#seal(view.id, { current: secret, previous });
    return sealedSecrets === null ? null : { view: after, sealedSecrets };
  }

  #seal(id: string, secrets: Secrets): Promise<string | null> {
    return seal(this.#port.keyRing, id, JSON.stringify(secrets));
  }

  async #unseal({ view, sealedSecrets }: StoredWebhook): Promise<Secrets | null> {
    const text = await unseal(this.#port.keyRing, view.id, sealedSecrets);
    return text === null ? null : (JSON.parse(text) as Secrets);
  }
}

const auditedWebhook = ({ display_name, url, events, disabledReason }: WebhookView): ActFields => ({
  display_name,
  url,
  events,
  enabled: disabledReason === null,
  ...(disabledReason === null ? {} : { disabled_reason: disabledReason }),
});

function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return `whsec_${toBase64(bytes)}`;
}
