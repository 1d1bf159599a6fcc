/**
 * Keeps objects in jurisdictions (Durable Objects, "Data location"), where they run and store their rows. The names of
 * an organization's objects say which (`calling/words/jurisdiction.ts`); `JURISDICTION` is for all others. The same
 * name is another object in each jurisdiction. So neither is ever changed.
 */

import { JURISDICTIONS, type Jurisdiction, jurisdictionOf } from "./calling/words/jurisdiction.ts";
import type { Bindings } from "./env.ts";

type Namespace<Stub> = { getByName(name: string, options?: DurableObjectNamespaceGetDurableObjectOptions): Stub };
type Confinable<Stub> = Namespace<Stub> & { jurisdiction(jurisdiction: DurableObjectJurisdiction): Namespace<Stub> };

/** Without location hints in a jurisdiction: they may name a place outside. */
const confined = <Stub>(namespace: Namespace<Stub>, otherwise: Jurisdiction | null): Namespace<Stub> => ({
  getByName(name, options) {
    const jurisdiction = jurisdictionOf(name) ?? otherwise;
    if (jurisdiction === null) return namespace.getByName(name, options);
    return (namespace as Confinable<Stub>).jurisdiction(jurisdiction).getByName(name);
  },
});

const known = new WeakMap<Bindings, Bindings>();

/**
 * The bindings through which all objects are reached; made once for each environment, which lives as long as the
 * isolate. Throws for an unknown `JURISDICTION`, so that nothing is stored.
 */
export function withinJurisdiction(env: Bindings): Bindings {
  const before = known.get(env);
  if (before !== undefined) return before;
  const otherwise = defaultJurisdiction(env);
  const within = {
    ...env,
    BATCHES: confined(env.BATCHES, otherwise),
    ORGANIZATIONS: confined(env.ORGANIZATIONS, otherwise),
    DIRECTORY: confined(env.DIRECTORY, otherwise),
    WEBHOOKS: confined(env.WEBHOOKS, otherwise),
    LANES: confined(env.LANES, otherwise),
  };
  known.set(env, within);
  return within;
}

/** Of objects whose name has none; null: the platform keeps them anywhere. */
export function defaultJurisdiction({ JURISDICTION: named = "" }: Bindings): Jurisdiction | null {
  const jurisdiction = JURISDICTIONS.find((one) => one === named);
  if (jurisdiction === undefined && named !== "") {
    throw new Error(`JURISDICTION must be one of ${JURISDICTIONS.join(", ")}`);
  }
  return jurisdiction ?? null;
}
