/** Invents what a history's clients do. Every history has another mix: few kinds of actions, each often. */

import type { Chance } from "../platform/chance.ts";
import type {
  BatchOfPlan,
  BatchSettings,
  Command,
  OnDuplicate,
  OrganizationOfPlan,
  OrganizationRules,
  Person,
  Plan,
  PolicyBody,
  Via,
  WindowBody,
} from "./commands.ts";

const MINUTE = 60_000;

/** The end of the number is added to each. The last has several zones. */
const PLACES: readonly { readonly prefix: string; readonly timezone: string | null }[] = [
  { prefix: "+1212736", timezone: null },
  { prefix: "+1310736", timezone: null },
  { prefix: "+493090", timezone: null },
  { prefix: "+442079", timezone: null },
  { prefix: "+6129374", timezone: null },
  { prefix: "+919811", timezone: "Asia/Kolkata" },
  { prefix: "+1907736", timezone: "America/Anchorage" },
];
const DIGITS: Readonly<Record<string, number>> = { "+1": 12, "+49": 11, "+44": 13, "+61": 12, "+91": 13 };

function personOf(index: number): Person {
  const place = PLACES[index % PLACES.length] ?? { prefix: "+1212736", timezone: null };
  const length = Object.entries(DIGITS).find(([prefix]) => place.prefix.startsWith(prefix))?.[1] ?? 12;
  const rest = String(2_000 + Math.floor(index / PLACES.length)).padStart(length - place.prefix.length, "4");
  return { number: place.prefix + rest, timezone: place.timezone };
}

/** Days with a clock change somewhere, the week before, and some others. */
const STARTS = [
  "2026-03-07T14:00Z",
  "2026-03-28T20:00Z",
  "2026-10-24T21:00Z",
  "2026-10-31T16:00Z",
  "2026-06-10T09:00Z",
];

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

function windowOf(chance: Chance, name: string): WindowBody {
  const start = chance.between(`${name} start`, 0, 14);
  const hours = chance.between(`${name} hours`, 4, 9);
  const days = chance.happens(`${name} days`, 0.7) ? DAYS : DAYS.filter((_, day) => chance.happens(name, day / 6));
  const hour = (of: number): string => `${String(of).padStart(2, "0")}:00`;
  const windows = [{ days: days.length === 0 ? DAYS : days, start: hour(start), end: hour(start + hours) }];
  return chance.happens(`${name} fixed`, 0.3)
    ? { timezone_mode: "fixed", timezone: chance.one(`${name} zone`, ["Europe/Berlin", "America/New_York"]), windows }
    : { timezone_mode: "recipient", unknown_timezone: "block", windows };
}

function policyOf(chance: Chance, name: string, hangsUp: boolean): PolicyBody {
  const rule = chance.between(`${name} rule`, 0, 3);
  return {
    max_attempts: chance.between(`${name} attempts`, 2, 4),
    retry_on: [
      "dial_no_answer",
      ...["dial_busy", "dial_failed"].filter((reason) => chance.happens(`${name} on ${reason}`, 0.7)),
      ...(hangsUp ? ["voicemail"] : []),
    ],
    intervals_minutes: [chance.between(`${name} interval`, 1, 4), chance.between(`${name} interval`, 1, 20)],
    ...(rule === 1 ? { min_gap_minutes: chance.between(`${name} gap`, 1, 12) } : {}),
    ...(rule === 2 ? { max_attempts_per_number_per_day: chance.between(`${name} cap`, 1, 2) } : {}),
  };
}

/** `traits`: what can occur in this history. */
type Traits = Readonly<Record<Trait, boolean>>;
const TRAITS = {
  rules: 0.4,
  windows: 0.35,
  policies: 0.5,
  paces: 0.3,
  breakers: 0.2,
  schedules: 0.2,
  voicemail: 0.3,
  lists: 0.4,
  steering: 0.6,
  direct: 0.35,
  webhooks: 0.3,
  releases: 0.2,
  changes: 0.4,
  crowds: 0.15,
  duplicates: 0.25,
  rush: 0.2,
  priorities: 0.4,
  turns: 0.1,
  outages: 0.1,
} as const;
type Trait = keyof typeof TRAITS;
/** Batches of a few slots wait for each other, and nothing else holds them up. */
const TURNS_ONLY = {
  priorities: true,
  rush: true,
  steering: false,
  policies: false,
  rules: false,
  windows: false,
  paces: false,
  breakers: false,
  schedules: false,
  lists: false,
  crowds: false,
} as const;
/** Only circuit breakers stop these batches. */
const OUTAGES_ONLY = { breakers: true, outages: true, steering: false, changes: false, turns: false } as const;

function settingsOf(chance: Chance, traits: Traits, limit: number, name: string, hangsUp: boolean): BatchSettings {
  const has = (trait: Trait, probability: number): boolean =>
    traits[trait] && chance.happens(`${name} ${trait}`, probability);
  return {
    ...(chance.happens(`${name} target`, 0.7)
      ? { target_concurrency_limit: chance.between(`${name} target`, 1, Math.max(1, limit)) }
      : {}),
    ...(has("priorities", 0.7) ? { priority: chance.between(`${name} priority`, 1, 5) } : {}),
    ...(has("policies", 0.7) ? { retry_policy: policyOf(chance, `${name} policy`, hangsUp) } : {}),
    ...(has("windows", 0.6) ? { calling_window: windowOf(chance, `${name} window`) } : {}),
    ...(has("paces", 0.5) ? { calls_per_second: chance.one(`${name} pace`, [0.2, 1, 4]) } : {}),
    ...(traits.outages || has("breakers", 0.6)
      ? { circuit_breaker: { min_calls: 4, failure_share: 0.5, window_minutes: 5, cool_down_minutes: 2 } }
      : {}),
    ...(has("schedules", 0.5) ? { startsInMinutes: chance.between(`${name} starts`, 2, 20) } : {}),
  };
}

function rulesOf(chance: Chance, traits: Traits, name: string): OrganizationRules {
  const rule = chance.between(`${name} rule`, 0, 3);
  return {
    ...(traits.rules && rule === 1 ? { min_gap_minutes: chance.between(`${name} gap`, 1, 15) } : {}),
    ...(traits.rules && rule === 2 ? { max_attempts_per_number_per_day: chance.between(`${name} cap`, 1, 3) } : {}),
    ...(traits.windows && chance.happens(`${name} window`, 0.5)
      ? { calling_window: windowOf(chance, `${name} window`) }
      : {}),
    ...(traits.paces && chance.happens(`${name} pace`, 0.5)
      ? { calls_per_second: chance.one(`${name} pace`, [0.5, 2, 8]) }
      : {}),
  };
}

const viaOf = (chance: Chance, name: string): Via => chance.one(`${name} via`, ["twilio", "twilio", "http"] as const);

export function planOf(chance: Chance): Plan {
  const drawn = Object.fromEntries(
    Object.entries(TRAITS).map(([trait, share]) => [trait, chance.happens(`trait ${trait}`, share)]),
  ) as Traits;
  const traits = drawn.turns
    ? { ...drawn, ...TURNS_ONLY, outages: false }
    : drawn.outages
      ? { ...drawn, ...OUTAGES_ONLY }
      : drawn;
  const startsAt = Date.parse(chance.one("start", STARTS)) + chance.between("start minutes", 0, 12 * 60) * MINUTE;
  const organizations: OrganizationOfPlan[] = Array.from({ length: chance.happens("two", 0.2) ? 2 : 1 }, (_, index) => {
    const limit = chance.between("limit", 1, traits.crowds ? 60 : traits.turns ? 3 : 9);
    return {
      id: `org_${"ab".charAt(index)}`,
      limit,
      reserved: limit > 1 && traits.direct ? chance.between("reserved", 0, Math.min(2, limit - 1)) : 0,
      rules: rulesOf(chance, traits, `organization ${index}`),
      signsCallbacks: chance.happens("signs", 0.3),
      hasWebhook: traits.webhooks,
    };
  });
  const people = Array.from({ length: chance.between("people", 6, 120) }, (_, index) => personOf(index));
  const commands: Command[] = [];
  const some = (name: string, most: number): Person[] => {
    const from = chance.between(`${name} from`, 0, people.length - 1);
    const count = chance.between(`${name} count`, 1, most);
    return Array.from(
      { length: Math.min(count, people.length) },
      (_, index) => people[(from + index) % people.length],
    ).filter((person) => person !== undefined);
  };
  const batches = chance.between("batches", traits.turns ? 3 : 1, 4);
  for (let index = 0; index < batches; index += 1) {
    const name = `batch ${index}`;
    const organization = chance.between(`${name} organization`, 0, organizations.length - 1);
    const limit = organizations[organization]?.limit ?? 1;
    const listens = traits.voicemail && chance.happens(`${name} listens`, 0.6);
    const hangsUp = listens && chance.happens(`${name} hangs up`, 0.6);
    const batch: BatchOfPlan = {
      ...settingsOf(chance, traits, limit - (organizations[organization]?.reserved ?? 0), name, hangsUp),
      ringing_timeout_seconds: chance.between(`${name} rings`, 13, 40),
      max_call_duration_minutes: chance.between(`${name} lasts`, 1, 2),
      ...(listens ? { on_voicemail: hangsUp ? "hang_up" : "continue" } : {}),
    };
    // In a rush, all come while the first still waits.
    const at = index === 0 ? 0 : chance.between(`${name} at`, 0, traits.rush ? MINUTE : 20 * MINUTE);
    const created = {
      kind: "create",
      people: twice(chance, traits, name, some(name, 90)),
      batch: { ...batch, ...duplicatesOf(chance, traits, name) },
      via: viaOf(chance, name),
    } as const;
    commands.push({ id: `c${index}`, at, organization, ...created });
    steer(chance, traits, { id: `c${index}`, at, organization, limit, hangsUp }, some, commands);
  }
  others(chance, traits, organizations, people, some, commands);
  const outageAt = chance.between("outage at", 0, 10 * MINUTE);
  const outage = traits.outages
    ? { from: outageAt, until: outageAt + chance.between("outage lasts", 1, 20) * MINUTE }
    : null;
  return { startsAt, organizations, commands, areCarriersSlow: chance.happens("slow", 0.15), outage };
}

/** Some of them occur in the list twice. */
const twice = (chance: Chance, traits: Traits, name: string, people: readonly Person[]): Person[] => [
  ...people,
  ...(traits.duplicates ? people.filter(() => chance.happens(`${name} twice`, 0.1)) : []),
];

const duplicatesOf = (chance: Chance, traits: Traits, name: string): { on_duplicate?: OnDuplicate } =>
  traits.duplicates && chance.happens(`${name} on duplicate`, 0.8)
    ? { on_duplicate: chance.one(`${name} on duplicate is`, ["allow", "skip", "skip", "reject"] as const) }
    : {};

type Some = (name: string, most: number) => Person[];
type Steered = {
  readonly id: string;
  readonly at: number;
  readonly organization: number;
  readonly limit: number;
  readonly hangsUp: boolean;
};

/** Actions on one batch. */
function steer(chance: Chance, traits: Traits, batch: Steered, some: Some, commands: Command[]): void {
  const kinds = [
    "look",
    ...(traits.steering ? (["pause", "resume", "cancel", "retry", "append", "cancel_call", "append"] as const) : []),
    ...(traits.lists ? (["opt_out"] as const) : []),
    ...(traits.changes ? (["change", "change"] as const) : []),
    "forge",
  ] as const;
  if (traits.turns) {
    const change = { priority: chance.between(`${batch.id} later priority`, 1, 5) };
    const at = batch.at + chance.between(`${batch.id} later priority at`, 1_000, 2 * MINUTE);
    commands.push({
      id: `${batch.id}.p`,
      at,
      organization: batch.organization,
      batch: batch.id,
      kind: "change",
      change,
    });
  }
  const many = chance.between(`${batch.id} commands`, 0, traits.steering ? 9 : 4);
  for (let index = 0; index < many; index += 1) {
    const id = `${batch.id}.${index}`;
    const kind = chance.one(`${id} kind`, kinds);
    const at = batch.at + chance.between(`${id} at`, 500, 25 * MINUTE);
    const common = { id, at, organization: batch.organization, batch: batch.id };
    if (kind === "append") {
      const { on_duplicate: onDuplicate } = duplicatesOf(chance, traits, id);
      const people = twice(chance, traits, id, some(id, 30));
      commands.push({ ...common, kind, people, ...(onDuplicate === undefined ? {} : { onDuplicate }) });
    } else if (kind === "change") {
      const change = settingsOf(chance, traits, batch.limit, id, batch.hangsUp);
      commands.push({ ...common, kind, change });
    } else commands.push({ ...common, kind });
    // A paused batch is usually resumed.
    if (kind === "pause") {
      commands.push({
        ...common,
        id: `${id}r`,
        kind: "resume",
        at: at + chance.between(`${id} rests`, 1, 10 * MINUTE),
      });
    }
  }
}

/** Actions on an organization. */
function others(
  chance: Chance,
  traits: Traits,
  organizations: readonly OrganizationOfPlan[],
  people: readonly Person[],
  some: Some,
  commands: Command[],
): void {
  const kinds = [
    ...(traits.direct ? (["call", "call", "call"] as const) : []),
    ...(traits.lists ? (["list", "list", "unlist"] as const) : []),
    ...(traits.changes ? (["rules"] as const) : []),
    ...(traits.paces ? (["pace"] as const) : []),
    ...(traits.releases ? (["release"] as const) : []),
    ...(traits.webhooks ? (["rotate"] as const) : []),
  ] as const;
  if (kinds.length === 0) return;
  const many = chance.between("other commands", 0, 10);
  for (let index = 0; index < many; index += 1) {
    const id = `o${index}`;
    const kind = chance.one(`${id} kind`, kinds);
    const organization = chance.between(`${id} organization`, 0, organizations.length - 1);
    const common = { id, at: chance.between(`${id} at`, 500, 35 * MINUTE), organization };
    switch (kind) {
      case "call":
        commands.push({ ...common, kind, people: some(id, 6), via: viaOf(chance, id) });
        break;
      case "list":
      case "unlist":
        commands.push({ ...common, kind, number: chance.one(`${id} number`, people).number });
        break;
      case "rules":
        commands.push({ ...common, kind, rules: changeOf(chance, traits, id) });
        break;
      case "pace": {
        const of = chance.one(`${id} of`, ["provider", "number"] as const);
        const perSecond = chance.one(`${id} pace`, [null, 0.5, 2]);
        commands.push({ ...common, kind, of, via: viaOf(chance, id), perSecond });
        break;
      }
      case "release":
      case "rotate":
        commands.push({ ...common, kind });
        break;
    }
  }
}

function changeOf(chance: Chance, traits: Traits, id: string): OrganizationRules {
  const rules = rulesOf(chance, { ...traits, rules: true }, id);
  const limits = chance.happens(`${id} limit`, 0.4)
    ? { agent_call_concurrency_limit: chance.between(`${id} limit`, 3, 12) }
    : {};
  const lifted = chance.happens(`${id} lifted`, 0.2) ? { min_gap_minutes: null, calling_window: null } : {};
  return { ...rules, ...limits, ...lifted };
}
