/**
 * Counts what the platform bills during a test: requests to objects by method, alarms, and requests to carriers. The
 * objects count reads, rows and set alarms themselves (`cost`).
 */

import { BatchObject } from "../../src/batch/object.ts";
import { OrganizationObject } from "../../src/organization/object.ts";

/** By the name of the method; `alarm` among them. */
export type Requests = Readonly<Record<string, number>>;

export class Counts {
  readonly batch: Record<string, number> = {};
  readonly organization: Record<string, number> = {};
  /** Requests to carriers. */
  outbound = 0;
  readonly #restore: (() => void)[] = [];

  /** Counts the calls of these methods; every one of them comes from outside of the object. */
  static install(): Counts {
    const counts = new Counts();
    counts.#countMethods(BatchObject.prototype, counts.batch, FROM_OUTSIDE.batch);
    counts.#countMethods(OrganizationObject.prototype, counts.organization, FROM_OUTSIDE.organization);
    counts.#countFetches();
    return counts;
  }

  restore(): void {
    for (const undo of this.#restore) undo();
  }

  #countMethods(object: object, into: Record<string, number>, names: readonly string[]): void {
    for (const name of names) {
      const original: unknown = Reflect.get(object, name);
      if (typeof original !== "function") throw new Error(`there is no method ${name}`);
      const counted = function (this: unknown, ...args: unknown[]): unknown {
        into[name] = (into[name] ?? 0) + 1;
        return Reflect.apply(original, this, args);
      };
      Reflect.set(object, name, counted);
      this.#restore.push(() => Reflect.set(object, name, original));
    }
  }

  #countFetches(): void {
    const original = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (url.includes("/2010-04-01/")) this.outbound += 1;
      return original(input, init);
    };
    this.#restore.push(() => {
      globalThis.fetch = original;
    });
  }
}

/** What a batch's life consists of; what a test itself asks (Get, lists, `cost`) is not. */
const FROM_OUTSIDE = {
  batch: ["create", "callback", "granted", "rulesChanged", "alarm"],
  organization: ["announceBatch", "report", "clear", "dialing", "alarm"],
} as const;

export const sumOf = (requests: Requests): number => Object.values(requests).reduce((sum, count) => sum + count, 0);
