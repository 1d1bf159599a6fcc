/**
 * Confines every object of a deployment to one jurisdiction (Durable Objects, "Data location"), where it runs and
 * stores its rows. The same name is another object in each jurisdiction. So this is decided before the first request
 * and never changed.
 */

import type { Bindings } from "./env.ts";

/** The platform's names. */
const JURISDICTIONS: readonly DurableObjectJurisdiction[] = ["eu", "us", "fedramp", "fedramp-high"];

type Namespace<Stub> = { getByName(name: string, options?: DurableObjectNamespaceGetDurableObjectOptions): Stub };
type Confinable<Stub> = Namespace<Stub> & { jurisdiction(jurisdiction: DurableObjectJurisdiction): Namespace<Stub> };

/** Without location hints: they may name a place outside. */
function confined<Stub>(namespace: Namespace<Stub>, jurisdiction: DurableObjectJurisdiction): Namespace<Stub> {
  const inside = (namespace as Confinable<Stub>).jurisdiction(jurisdiction);
  return { getByName: (name) => inside.getByName(name) };
}

const known = new WeakMap<Bindings, Bindings>();

/**
 * The bindings through which all objects are reached; made once for each environment, which lives as long as the
 * isolate. Throws for an unknown jurisdiction, so that nothing is stored.
 */
export function withinJurisdiction(env: Bindings): Bindings {
  const before = known.get(env);
  if (before !== undefined) return before;
  const within = confinedTo(env.JURISDICTION, env);
  known.set(env, within);
  return within;
}

function confinedTo(named: string | undefined, env: Bindings): Bindings {
  if (named === undefined || named === "") return env;
  const jurisdiction = JURISDICTIONS.find((one) => one === named);
  if (jurisdiction === undefined) throw new Error(`JURISDICTION must be one of ${JURISDICTIONS.join(", ")}`);
  return {
    ...env,
    BATCHES: confined(env.BATCHES, jurisdiction),
    ORGANIZATIONS: confined(env.ORGANIZATIONS, jurisdiction),
    DIRECTORY: confined(env.DIRECTORY, jurisdiction),
    WEBHOOKS: confined(env.WEBHOOKS, jurisdiction),
    LANES: confined(env.LANES, jurisdiction),
  };
}
