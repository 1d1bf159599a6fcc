/**
 * How often faults happen in one history. Each history has its own mix (swarm testing), because a rare fault would hide
 * among many others.
 */

import type { Chance } from "./chance.ts";

export type Faults = {
  /** Of an object, after one of its turns. */
  readonly crash: number;
  /** Of an idle object, in the turn of another's message to it. */
  readonly eviction: number;
  /** A write becomes durable some turns later. */
  readonly lateCommit: number;
  /** A message between objects is lost: the request, or the answer. */
  readonly messageLost: number;
  readonly answerLost: number;
  readonly messageLate: number;
  /** It is never answered, and no error comes. */
  readonly neverAnswered: number;
  /** A stub that threw stays broken. */
  readonly brokenStub: number;
  /** Clocks differ from the true time by at most this many ms: from each other by 5 s, which the product allows for. */
  readonly skewMs: number;
  readonly alarmLate: number;
  readonly alarmTwice: number;
  /** For a batch: as if its handler had failed six times, after which the platform drops the alarm. */
  readonly alarmDropped: number;
  /** A client's request or its answer is lost, or a Worker dies during it. */
  readonly clientLost: number;
  /** How the carrier handles requests to place a call. */
  readonly placeUnknown: number;
  readonly placeLater: number;
  readonly placeRefused: number;
  readonly questionFails: number;
  readonly callbackLost: number;
  readonly callbackTwice: number;
  readonly callbackLate: number;
  readonly queueLost: number;
  readonly queueTwice: number;
  readonly receiverFails: number;
};

export const NO_FAULTS: Faults = {
  crash: 0,
  eviction: 0,
  lateCommit: 0,
  messageLost: 0,
  answerLost: 0,
  messageLate: 0,
  neverAnswered: 0,
  brokenStub: 0,
  skewMs: 0,
  alarmLate: 0,
  alarmTwice: 0,
  alarmDropped: 0,
  clientLost: 0,
  placeUnknown: 0,
  placeLater: 0,
  placeRefused: 0,
  questionFails: 0,
  callbackLost: 0,
  callbackTwice: 0,
  callbackLate: 0,
  queueLost: 0,
  queueTwice: 0,
  receiverFails: 0,
};

/** From rare to often. */
const LEVELS: Readonly<Record<keyof Faults, readonly number[]>> = {
  crash: [0.0005, 0.003, 0.01],
  eviction: [0.02, 0.2],
  lateCommit: [0.05, 0.4],
  messageLost: [0.005, 0.05],
  answerLost: [0.005, 0.05],
  messageLate: [0.02, 0.2],
  neverAnswered: [0.002],
  brokenStub: [0.5, 1],
  skewMs: [500, 2_500],
  alarmLate: [0.05, 0.3],
  alarmTwice: [0.02, 0.2],
  alarmDropped: [0.01, 0.1],
  clientLost: [0.05, 0.3],
  placeUnknown: [0.02, 0.15],
  placeLater: [0.02, 0.2],
  placeRefused: [0.02, 0.1],
  questionFails: [0.05, 0.3],
  callbackLost: [0.03, 0.3],
  callbackTwice: [0.03, 0.3],
  callbackLate: [0.05, 0.4],
  queueLost: [0.02, 0.2],
  queueTwice: [0.02, 0.2],
  receiverFails: [0.05, 0.4],
};

/** A tenth of all histories has no faults; each kind is in every third of the others. */
export function faultsOf(chance: Chance, offered: ReadonlySet<keyof Faults>): Faults {
  const drawn: Record<keyof Faults, number> = { ...NO_FAULTS };
  if (chance.happens("faults none", 0.1)) return drawn;
  for (const [name, levels] of Object.entries(LEVELS) as [keyof Faults, readonly number[]][]) {
    const isOn = chance.happens(`faults ${name}`, 1 / 3);
    const level = chance.one(`faults level ${name}`, levels);
    if (isOn && offered.has(name)) drawn[name] = level;
  }
  return drawn;
}

/** What the platform and the carriers may do to the product. */
export const OFFERED: ReadonlySet<keyof Faults> = new Set(Object.keys(NO_FAULTS) as (keyof Faults)[]);
