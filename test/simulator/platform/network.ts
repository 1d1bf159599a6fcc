/**
 * Messages between objects (Durable Objects, "Stub", "Error handling"). Each takes time, and it or its answer may be
 * lost, or it is never answered. A stub that threw may be broken for good.
 */

import { cloned } from "./cloned.ts";
import type { Faults } from "./faults.ts";
import { ConnectionLost, type HostedObject, Life, type Outcome } from "./hosted-object.ts";
import type { Platform } from "./platform.ts";

type Stub = { broken: Error | null };

/** Within one location. */
const TRAVELS_MS = { least: 0, most: 3 } as const;
const LATE_MS = { least: 50, most: 8_000 } as const;

export function namespaceOf(platform: Platform, objectOf: (name: string) => HostedObject): object {
  return {
    getByName(name: string): object {
      const target = objectOf(name);
      const stub: Stub = { broken: null };
      const methods = new Map<string, (...args: unknown[]) => Promise<unknown>>();
      return new Proxy(
        {},
        {
          get(_, method) {
            if (typeof method !== "string" || method === "then") return undefined;
            let call = methods.get(method);
            if (call === undefined) {
              call = (...args) => send(platform, stub, target, method, args);
              methods.set(method, call);
            }
            return call;
          },
        },
      );
    },
  };
}

function send(platform: Platform, stub: Stub, target: HostedObject, method: string, args: unknown[]): Promise<unknown> {
  const { scheduler, chance } = platform;
  // Like on the platform, every further call fails at once with the first error.
  if (stub.broken !== null) return Promise.reject(stub.broken);
  const from = scheduler.actor;
  const { cause } = scheduler;
  const name = `${from.label}>${target.label}.${method}/${cause}`;
  const sent = args.map(cloned);
  const faults: Faults = platform.faults;
  if (from instanceof Life) from.waits += 1;
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const settle = (outcome: Outcome, delayMs: number): void => {
      if (isSettled) return;
      isSettled = true;
      scheduler.schedule(
        delayMs,
        from,
        "answer",
        () => {
          if (from instanceof Life) from.waits -= 1;
          if (outcome.ok) resolve(outcome.value);
          else {
            // "Many exceptions leave the stub in a broken state."
            if (chance.fault(`${name} breaks the stub`, platform.faults.brokenStub)) stub.broken = outcome.error;
            reject(outcome.error);
          }
        },
        cause,
      );
    };
    const travelMs = (): number =>
      faults.messageLate > 0 && chance.fault(`${name} late`, faults.messageLate)
        ? chance.between(`${name} late ms`, LATE_MS.least, LATE_MS.most)
        : chance.between(`travel ${cause}`, TRAVELS_MS.least, TRAVELS_MS.most);
    from.send(() => {
      if (chance.fault(`${name} lost`, faults.messageLost)) {
        settle({ ok: false, error: new ConnectionLost() }, chance.between(`${name} lost ms`, 1, 5_000));
        return;
      }
      if (chance.fault(`${name} unanswered`, faults.neverAnswered)) return;
      const isAnswerLost = chance.fault(`${name} answer lost`, faults.answerLost);
      scheduler.schedule(
        travelMs(),
        () => target.wake(),
        method,
        () =>
          target.receive(method, sent, (outcome) => {
            if (isAnswerLost) settle({ ok: false, error: new ConnectionLost() }, 50);
            else if (outcome.ok) settle({ ok: true, value: cloned(outcome.value) }, travelMs());
            else settle(outcome, travelMs());
          }),
        cause,
      );
    });
  });
}
