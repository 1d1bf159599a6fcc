/** An organization's own server for events: it fails at times, and remembers what it has accepted. */

import { Webhook } from "standardwebhooks";
import type { Platform } from "../platform/platform.ts";
import { bystander } from "../platform/scheduler.ts";
import type { HttpRequest, Respond, Server } from "../platform/web.ts";

type EventBody = {
  readonly type: string;
  readonly request_id: string;
  readonly timestamp: string;
  readonly call?: { readonly id: string; readonly status: string };
  readonly batch?: { readonly id: string; readonly status: string };
};

const ANSWERS_MS = { least: 5, most: 400 } as const;
/** Both secrets sign for a day after a change; the product's objects learn of it within a minute. */
const BOTH_SIGN_MS = 25 * 60 * 60_000;

export const receiverHost = (organizationId: string): string =>
  `${organizationId.replace("_", "-")}.receiver.example.com`;
export const receiverSecret = (index: number): string =>
  `whsec_${Buffer.from(`secret ${index} of the simulated receiver`).toString("base64")}`;

export class Receiver implements Server {
  readonly actor = bystander("receiver");
  readonly #platform: Platform;
  readonly #name: string;
  /** Events answered with 2xx: by id, and by type and subject. */
  readonly #taken = new Set<string>();
  readonly #told = new Set<string>();
  readonly #bodies = new Map<string, string>();
  /** Secrets that may sign now, each with the time when its replacement was ordered; null: not replaced. */
  readonly #secrets: { readonly secret: string; orderedOutAt: number | null }[];
  webhookId: string | null = null;
  /** A new secret is ordered, and not confirmed yet. */
  isRotating = false;
  tests = 0;

  constructor(platform: Platform, organizationId: string) {
    this.#platform = platform;
    this.#name = `receiver of ${organizationId}`;
    this.#secrets = [{ secret: receiverSecret(0), orderedOutAt: null }];
  }

  was(type: string, about: string): boolean {
    return this.#told.has(`${type} ${about}`);
  }

  /** A new secret will be ordered; the present one goes. */
  nextSecret(): string {
    this.isRotating = true;
    const secret = receiverSecret(this.#secrets.length);
    for (const one of this.#secrets) one.orderedOutAt ??= this.#platform.scheduler.now;
    this.#secrets.push({ secret, orderedOutAt: null });
    return secret;
  }

  handle({ method, headers, body }: HttpRequest, respond: Respond): void {
    const { chance, faults, scheduler } = this.#platform;
    const event = JSON.parse(body) as EventBody;
    const id = headers["webhook-id"] ?? "";
    this.#judge(method, headers, body, event);
    const name = `${this.#name} ${event.type} ${event.call?.id ?? event.batch?.id ?? ""}`;
    const answersMs = chance.between(name, ANSWERS_MS.least, ANSWERS_MS.most);
    const fails = chance.fault(`${name} fails`, faults.receiverFails);
    const how = fails
      ? chance.one(`${name} how`, ["error", "reset", "never", "accepted, and not heard"] as const)
      : "accepted";
    if (how === "accepted" || how === "accepted, and not heard") this.#take(id, event, scheduler.now);
    switch (how) {
      case "accepted":
        respond({ status: 200 }, answersMs);
        return;
      case "error":
        respond({ status: 500 }, answersMs);
        return;
      case "reset":
      case "accepted, and not heard":
        respond({ status: null }, answersMs);
        return;
      case "never":
        return;
    }
  }

  #take(id: string, { type, call, batch, timestamp }: EventBody, now: number): void {
    if (type === "test") this.tests += 1;
    if (this.#taken.has(id)) return;
    const about = call?.id ?? batch?.id ?? "";
    const told = `${type} ${about}`;
    if (call !== undefined && this.#told.has(told)) this.#problem(`was told ${type} of ${about} under two ids`);
    const at = Date.parse(timestamp);
    if (at > now + 2 * this.#platform.mostSkewMs + 1) this.#problem(`was told ${type} of ${about} before it happened`);
    this.#taken.add(id);
    this.#told.add(told);
  }

  #judge(method: string, headers: Readonly<Record<string, string>>, body: string, event: EventBody): void {
    const { scheduler } = this.#platform;
    const id = headers["webhook-id"] ?? "";
    const before = this.#bodies.get(id);
    this.#bodies.set(id, body);
    if (method !== "POST" || id !== event.request_id) this.#problem(`was sent ${method} of ${id} with ${body}`);
    if (before !== undefined && before !== body)
      this.#problem(`was told two things under ${id}: ${before} and ${body}`);
    const signed = this.#secrets.filter(({ secret }) => isSigned(secret, body, headers));
    if (signed.length === 0) this.#problem(`was sent ${id} without a good signature`);
    const isLate = (orderedOutAt: number | null): boolean =>
      orderedOutAt !== null && scheduler.now > orderedOutAt + BOTH_SIGN_MS;
    if (signed.some(({ orderedOutAt }) => isLate(orderedOutAt))) {
      this.#problem(`was sent ${id} with a secret that was replaced more than a day ago`);
    }
  }

  #problem(what: string): void {
    this.#platform.problem(`the ${this.#name} ${what}`);
  }
}

function isSigned(secret: string, body: string, headers: Readonly<Record<string, string>>): boolean {
  try {
    new Webhook(secret).verify(body, { ...headers });
    return true;
  } catch {
    return false;
  }
}
