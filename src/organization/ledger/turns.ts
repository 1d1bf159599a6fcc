/**
 * When each waiting batch will get its slots: the ledger's grants played forward. Each batch before it is taken to keep
 * its slots until its recipients are through, at the pace of its last report. Pure.
 */

import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import { type Capacity, mostForBatches } from "../../calling/messages/slots.ts";
import { TURN_BASES, type Turn, type TurnBasis } from "../../calling/messages/turn.ts";
import { EXPECTED_CALL_SECONDS } from "../../calling/requests/limits.ts";
import { type Holding, slotsInDirectUse, slotsInUse, waitingInOrder } from "./ledger.ts";

/** Fewer finished recipients tell nothing about the pace; as for the end of a batch (`batch/reading/estimate.ts`). */
const LEAST_FINISHED = 5;
/** Longer for a call and its slot, and the batch has not been dialing all the time: it waited for hours, or was paused. */
const LONGEST_MEASURED_MS = 15 * 60_000;
const ASSUMED_MS = EXPECTED_CALL_SECONDS.usual * 1_000;

export type SummaryOf = (holding: Holding) => BatchSummary | null;

type Pace = { readonly callMs: number; readonly basis: TurnBasis };
type Release = { readonly at: number; readonly slots: number; readonly isDirect: boolean; readonly basis: TurnBasis };

const worse = (a: TurnBasis, b: TurnBasis): TurnBasis => (TURN_BASES.indexOf(a) > TURN_BASES.indexOf(b) ? a : b);

/** How long one call keeps a slot busy, as a batch has shown; null if it has not. */
function measuredMs(holding: Holding, summary: BatchSummary | null): number | null {
  if (summary === null || summary.admittedAt === null || holding.grantedSlots === 0) return null;
  const { total_calls_finished: finished, lastUpdatedAt, admittedAt } = summary;
  if (finished < LEAST_FINISHED) return null;
  const callMs = (Math.max(1, lastUpdatedAt - admittedAt) * holding.grantedSlots) / finished;
  return callMs > LONGEST_MEASURED_MS ? null : callMs;
}

function usualPace(measured: readonly number[]): Pace {
  if (measured.length === 0) return { callMs: ASSUMED_MS, basis: "assumed" };
  return { callMs: measured.reduce((sum, one) => sum + one, 0) / measured.length, basis: "typical" };
}

/** Recipients that are not through; without a summary, one for each slot. */
const leftOf = (summary: BatchSummary | null, slots: number): number =>
  summary === null ? slots : Math.max(1, summary.total_calls_scheduled - summary.total_calls_finished);

/** By the id of the batch, in the order of their turns. Reads each summary once. */
export function turnsOf(
  capacity: Capacity,
  holdings: Iterable<Holding>,
  summaryOf: SummaryOf,
  now: number,
): ReadonlyMap<string, Turn> {
  const all = [...holdings];
  const waiting = waitingInOrder(all);
  if (waiting.length === 0) return new Map();
  const summaries = new Map(all.filter(({ direct }) => !direct).map((one) => [one, summaryOf(one)]));
  const measured = new Map(all.map((one) => [one, measuredMs(one, summaries.get(one) ?? null)]));
  const usual = usualPace([...measured.values()].filter((ms) => ms !== null));
  const paceOf = (holding: Holding): Pace => {
    const callMs = measured.get(holding) ?? null;
    return callMs === null ? usual : { callMs, basis: "measured" };
  };
  const releaseOf = (holding: Holding, from: number, slots: number): Release => {
    const { callMs, basis } = paceOf(holding);
    // Calls in flight end within a call; an open batch goes on until its recipients are through.
    const rounds =
      holding.open && !holding.direct ? Math.ceil(leftOf(summaries.get(holding) ?? null, slots) / slots) : 1;
    return { at: from + rounds * callMs, slots, isDirect: holding.direct, basis };
  };

  const most = mostForBatches(capacity);
  let inUse = slotsInUse(all);
  let byBatches = inUse - slotsInDirectUse(all);
  const free = Math.max(0, Math.min(capacity.limit - inUse, most - byBatches));
  const isWaiting = new Set(waiting);
  const releases = all
    .filter((one) => one.grantedSlots > 0 && !isWaiting.has(one))
    .map((one) => releaseOf(one, now, one.grantedSlots));
  const turns = new Map<string, Turn>();
  let at: number | null = now;
  let basis: TurnBasis = "measured";
  for (const [index, holding] of waiting.entries()) {
    const wanted = Math.min(holding.requestedSlots, most);
    const added = Math.max(0, wanted - holding.grantedSlots);
    const fits = (): boolean => inUse + added <= capacity.limit && byBatches + added <= most;
    while (at !== null && !fits()) {
      const next = firstOf(releases);
      if (next === null) at = null;
      else {
        inUse -= next.slots;
        if (!next.isDirect) byBatches -= next.slots;
        at = Math.max(at, next.at);
        basis = worse(basis, next.basis);
      }
    }
    const turn = { position: index + 1, slots: added, free, basis, callMs: Math.round(usual.callMs) };
    turns.set(holding.batchId, { ...turn, at: at === null ? null : Math.round(at) });
    if (at === null) continue;
    inUse += added;
    byBatches += added;
    releases.push(releaseOf(holding, at, Math.max(1, wanted)));
  }
  return turns;
}

/** Takes the earliest out; null without one. */
function firstOf(releases: Release[]): Release | null {
  let first = 0;
  for (let index = 1; index < releases.length; index += 1) {
    if ((releases[index]?.at ?? 0) < (releases[first]?.at ?? 0)) first = index;
  }
  return releases.splice(first, 1)[0] ?? null;
}
