/**
 * The platform on which one history runs: its objects, their messages, and the product's environment. All of its faults
 * are drawn from the history's chance.
 */

import type { Chance } from "./chance.ts";
import type { Faults } from "./faults.ts";
import { HostedObject, type ObjectClass } from "./hosted-object.ts";
import { namespaceOf } from "./network.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Server } from "./web.ts";

/** The Worker's entry points, as `src/index.ts` exports them. */
export type Worker = {
  fetch(request: Request, env: object, ctx: object): Response | Promise<Response>;
  queue(batch: object, env: object, ctx: object): void | Promise<void>;
};

export type Product = {
  readonly worker: Worker;
  readonly classes: Readonly<Record<string, ObjectClass>>;
  /** The zones in which a person with this number may be. */
  readonly zonesOf: (number: string, timezone: string | null) => readonly string[];
};

/** Bindings by the names of classes, as in `wrangler.toml`. */
const BINDINGS = {
  BATCHES: { className: "BatchObject", label: "batch" },
  ORGANIZATIONS: { className: "OrganizationObject", label: "organization" },
  DIRECTORY: { className: "DirectoryObject", label: "directory" },
  WEBHOOKS: { className: "WebhookObject", label: "webhook" },
  LANES: { className: "LaneObject", label: "lane" },
} as const;

export const ADMIN_TOKEN = "operators-of-the-simulation";

export class Platform {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  faults: Faults;
  readonly product: Product;
  readonly env: object;
  readonly objects = new Map<string, HostedObject>();
  /** By the host of a URL. */
  readonly servers = new Map<string, Server>();
  setupFailed: string | null = null;
  /** The largest difference of any clock so far. */
  mostSkewMs = 0;
  releases = 0;
  /** When an object's memory was lost, by crash, eviction or release. */
  readonly deaths: { readonly label: string; readonly at: number }[] = [];
  /** What the product must not do, as text. */
  readonly problems: string[] = [];
  /** Lines that the product logged, counted by their event. */
  readonly logged = new Map<string, number>();

  constructor(product: Product, scheduler: Scheduler, chance: Chance, faults: Faults) {
    this.product = product;
    this.scheduler = scheduler;
    this.chance = chance;
    this.faults = faults;
    const namespaces = Object.entries(BINDINGS).map(([binding, { className, label }]) => [
      binding,
      namespaceOf(this, (name) => this.#objectOf(className, label, name)),
    ]);
    this.env = {
      ...Object.fromEntries(namespaces),
      WEBHOOK_QUEUE: { sendBatch: async (messages: Iterable<{ body: unknown }>) => this.#enqueue([...messages]) },
      ADMIN_TOKEN,
      ENCRYPTION_KEY: "an encryption key of the simulation",
      PUBLIC_BASE_URL: "https://calls.example.com",
    };
  }

  /** Set by `web.ts`: gives the queue's consumer a message. */
  consume: (body: unknown) => void = () => {};

  problem(text: string): void {
    if (this.problems.length < 20) this.problems.push(text);
  }

  /** An object's method has failed; the caller gets the error. */
  threw(label: string, error: Error): void {
    if (!isOfTheNetwork(error)) this.unexpected(label, error);
  }

  /** Work that no code awaits. */
  waitsFor(label: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => this.threw(label, error instanceof Error ? error : new Error(String(error))));
  }

  /** An error that no fault of the platform explains. */
  unexpected(label: string, error: Error): void {
    this.problem(`${label} failed: ${error.stack ?? error.message}`);
  }

  /** A release: every object is restarted, and messages in flight are lost. */
  release(): void {
    this.releases += 1;
    for (const object of this.objects.values()) object.restart();
  }

  end(): void {
    for (const object of this.objects.values()) object.storage.end();
  }

  #objectOf(className: string, label: string, name: string): HostedObject {
    const key = `${label} ${name}`;
    let object = this.objects.get(key);
    if (object === undefined) {
      const objectClass = this.product.classes[className];
      if (objectClass === undefined) throw new Error(`the product has no class ${className}`);
      object = new HostedObject(this, objectClass, `${label} ${shortOf(name)}`);
      this.objects.set(key, object);
    }
    return object;
  }

  /** At least once, in any order; a lost message stands for a queue that is hours behind. */
  #enqueue(messages: readonly { body: unknown }[]): void {
    const { scheduler, chance, faults } = this;
    const from = scheduler.actor;
    from.send(() => {
      for (const { body } of messages) {
        const name = `${from.label}/${scheduler.cause} queue`;
        if (chance.fault(`${name} lost`, faults.queueLost)) continue;
        const copies = chance.fault(`${name} twice`, faults.queueTwice) ? 2 : 1;
        for (let copy = 0; copy < copies; copy += 1) this.consume(body);
      }
    });
  }
}

/** The platform's error, or the caller's time-out. What follows from a fault is not a failure of the product. */
const isOfTheNetwork = ({ message }: Error): boolean =>
  /Network connection lost|^no answer within \d+ s$/.test(message);

const shortOf = (name: string): string => name.replace(/^([0-9a-f]{4})[0-9a-f]{18}/, "$1").slice(0, 24);
