/**
 * The Worker waits for no object for ever: whatever it asks is answered in time, or the client hears 503 with `Retry-After`
 * (`api/app.ts`). Between objects `peer.ts` does the same.
 */

import type { BatchRpc } from "./batch/rpc.ts";
import type { Bindings } from "./env.ts";
import type { OrganizationRpc } from "./organization/rpc.ts";
import { ANSWER_WITHIN_MS, answerOf } from "./peer.ts";

/**
 * Longer than whatever these wait for: batches that hear of a new rule (`FREE_MS`), a carrier (15 s a request), or another
 * object, which has `ANSWER_WITHIN_MS` itself, and then what the carrier is asked.
 */
export const FORWARDED_WITHIN_MS = 40_000;
type Message = keyof BatchRpc | keyof OrganizationRpc;
/** What waits for others before it answers, or goes through everything that an object has. */
const WAITS_FOR_OTHERS: ReadonlySet<PropertyKey> = new Set<Message>([
  "addDoNotCall",
  "announceBatch",
  "append",
  "callback",
  "cancel",
  "cancelCall",
  "change",
  "changePhoneNumber",
  "changeProvider",
  "create",
  "createProvider",
  "dialDirectly",
  "importPhoneNumber",
  "pause",
  "reseal",
  "resume",
  "retry",
  "revokeApiKey",
]);

type Namespace<Stub> = { getByName(name: string, options?: DurableObjectNamespaceGetDurableObjectOptions): Stub };
type Ask = (...args: unknown[]) => Promise<unknown>;

/** The same object, whose methods reject with `Unanswered` where no answer comes. */
export function stubWithDeadline<Stub extends object>(stub: Stub): Stub {
  return new Proxy(stub, {
    get: (target, name) => {
      const withinMs = WAITS_FOR_OTHERS.has(name) ? FORWARDED_WITHIN_MS : ANSWER_WITHIN_MS;
      // A method of a stub is a message: it is called on the stub itself.
      return (...args: unknown[]) =>
        answerOf((target as Record<PropertyKey, Ask>)[name]?.(...args) ?? absent(name), withinMs);
    },
  });
}

const absent = async (name: PropertyKey): Promise<never> => {
  throw new Error(`no object has ${String(name)}`);
};

const bounded = <Stub extends object>(namespace: Namespace<Stub>): Namespace<Stub> => ({
  getByName: (name, options) => stubWithDeadline(namespace.getByName(name, options)),
});

const known = new WeakMap<Bindings, Bindings>();

/** The bindings as the Worker uses them; made once for each environment, which lives as long as the isolate. */
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
