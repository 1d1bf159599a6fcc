/**
 * The environment of the product's code: the clock, timers, randomness, cryptography, the network and the console. All
 * belong to the running history. Installed once, in a process that does nothing else.
 */

import { Life } from "./hosted-object.ts";
import type { Platform } from "./platform.ts";
import type { Event } from "./scheduler.ts";
import { subtle } from "./subtle.ts";
import { simulatedFetch } from "./web.ts";

let running: Platform | null = null;
const ofNode = { now: Date.now, error: console.error };

/** The platform of the running code. */
function current(): Platform {
  if (running === null) throw new Error("no history runs");
  return running;
}

type Timer = { readonly event: Event; readonly life: Life | null };

function setTimer(callback: () => void, delayMs = 0): Timer {
  const { scheduler } = current();
  const { actor } = scheduler;
  const life = actor instanceof Life ? actor : null;
  if (life !== null) life.waits += 1;
  const event = scheduler.schedule(delayMs, actor, "timer", () => {
    timer.event.isCancelled = true;
    if (life !== null) life.waits -= 1;
    callback();
  });
  const timer: Timer = { event, life };
  return timer;
}

function clearTimer(timer: Timer | undefined): void {
  if (timer === undefined || timer.event.isCancelled) return;
  timer.event.isCancelled = true;
  if (timer.life !== null) timer.life.waits -= 1;
}

function randomBytes<T extends Uint8Array>(array: T): T {
  const { chance, scheduler } = current();
  const name = `random ${scheduler.actor.label}/${scheduler.cause}`;
  for (let index = 0; index < array.length; index += 1) array[index] = chance.bits(name) >>> 24;
  return array;
}

function randomUuid(): string {
  const hex = Buffer.from(randomBytes(new Uint8Array(16))).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The product logs JSON with an `event` (docs/operations/logs.md); unexpected events are problems. */
function logged(line: unknown): void {
  const platform = running;
  if (platform === null) return;
  const text = String(line);
  const event = /"event":"([a-z_]+)"/.exec(text)?.[1] ?? "other";
  platform.logged.set(event, (platform.logged.get(event) ?? 0) + 1);
  if (text.includes("broken invariant") || event === "unexpected" || event === "internal_error") {
    if (!text.includes("Network connection lost")) platform.problem(`${platform.scheduler.actor.label} logged ${text}`);
  }
}

class PairOfResponses {}

let areInstalled = false;

/** Replaces the globals of this process, once. */
export function installGlobals(): void {
  if (areInstalled) return;
  areInstalled = true;
  Date.now = () =>
    running === null ? ofNode.now() : Math.floor(running.scheduler.now + running.scheduler.actor.skewMs);
  Math.random = () => {
    const { chance, scheduler } = current();
    return chance.share(`random ${scheduler.actor.label}/${scheduler.cause}`);
  };
  AbortSignal.timeout = (delayMs: number) => {
    const giveUp = new AbortController();
    setTimer(() => giveUp.abort(new DOMException("The operation timed out.", "TimeoutError")), delayMs);
    return giveUp.signal;
  };
  const replaced = {
    setTimeout: setTimer,
    clearTimeout: clearTimer,
    fetch: (url: string, init: RequestInit) => simulatedFetch(current(), url, init),
    crypto: { subtle, getRandomValues: randomBytes, randomUUID: randomUuid },
    WebSocketRequestResponsePair: PairOfResponses,
  };
  for (const [name, value] of Object.entries(replaced)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  console.warn = logged;
  console.error = logged;
  process.on("unhandledRejection", (error) => {
    if (running === null) {
      ofNode.error(error);
      process.exit(1);
    }
    running.unexpected("nobody waited for it, and it", error instanceof Error ? error : new Error(String(error)));
  });
}

/** Selects the running history; null: none. */
export function runOn(platform: Platform | null): void {
  running = platform;
}
