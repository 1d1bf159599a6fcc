/**
 * The Worker waits for each object only for a bounded time; then the client gets a 503 with `Retry-After`
 * (`api/app.ts`). `peer.ts` does the same between objects.
 */

import type { BatchRpc } from "./batch/rpc.ts";
import type { Bindings } from "./env.ts";
import type { OrganizationRpc } from "./organization/rpc.ts";
import { ANSWER_WITHIN_MS, answerOf } from "./peer.ts";

/**
 * Longer than these methods wait for others: batches that hear of a new rule (`FREE_MS`), a carrier (15 s a request),
 * or another object. That object has `ANSWER_WITHIN_MS`, and may then ask the carrier.
 */
export const FORWARDED_WITHIN_MS = 40_000;
type Message = keyof BatchRpc | keyof OrganizationRpc;
/** Methods that wait for others before they answer, or go through all data of an object. */
const WAITS_FOR_OTHERS: ReadonlySet<PropertyKey> = new Set<Message>([
  "addDoNotCall",
  "announceBatch",
  "append",
  "callNow",
  "callback",
  "cancel",
  "cancelCall",
  "change",
  "changePhoneNumber",
  "changeProvider",
  "create",
  "createProvider",
  "deleteBatch",
  "dialDirectly",
  "eraseCall",
  "erasePerson",
  "importPhoneNumber",
  "reseal",
  "retry",
  "revokeApiKey",
  "steer",
]);

type Namespace<Stub> = { getByName(name: string, options?: DurableObjectNamespaceGetDurableObjectOptions): Stub };
type Ask = (...args: unknown[]) => Promise<unknown>;

/** The same object, whose methods reject with `Unanswered` if no answer comes. */
export function stubWithDeadline<Stub extends object>(stub: Stub): Stub {
  return new Proxy(stub, {
    get:
      (target, name) =>
      // A stub's method is a message: it must be called on the stub itself.
      (...args: unknown[]) =>
        answerOf((target as Record<PropertyKey, Ask>)[name]?.(...args) ?? absent(name), withinMsOf(name, args)),
  });
}

/** With a key, the second argument names the message that goes along with it. */
function withinMsOf(name: PropertyKey, [, along]: readonly unknown[]): number {
  const message = name === WITH_KEY ? along : name;
  return WAITS_FOR_OTHERS.has(message as PropertyKey) ? FORWARDED_WITHIN_MS : ANSWER_WITHIN_MS;
}
const WITH_KEY: Message = "withKey";

const absent = async (name: PropertyKey): Promise<never> => {
  throw new Error(`no object has ${String(name)}`);
};

const bounded = <Stub extends object>(namespace: Namespace<Stub>): Namespace<Stub> => ({
  getByName: (name, options) => stubWithDeadline(namespace.getByName(name, options)),
});

const known = new WeakMap<Bindings, Bindings>();

/** The bindings for the Worker; made once for each environment, which lives as long as the isolate. */
export function withDeadlines(env: Bindings): Bindings {
  const before = known.get(env);
  if (before !== undefined) return before;
  const within = {
    ...env,
    BATCHES: bounded(env.BATCHES),
    ORGANIZATIONS: bounded(env.ORGANIZATIONS),
    DIRECTORY: bounded(env.DIRECTORY),
    WEBHOOKS: bounded(env.WEBHOOKS),
  };
  known.set(env, within);
  return within;
}
