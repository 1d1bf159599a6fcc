/** The state diagrams of `docs/concepts.md`, made from the tables that govern the states. Mermaid, as GitHub draws it. */

import { BREAKER_STEPS } from "../../src/batch/attempts/breaker.ts";
import {
  BATCH_STATUSES,
  type BatchStatus,
  batchStatusOf,
  NO_RECIPIENTS,
  type RecipientCounts,
} from "../../src/calling/words/batch-status.ts";
import { LATE, RECIPIENT_EVENTS, RECIPIENT_STEPS, type RecipientStatus } from "../../src/calling/words/recipient.ts";

type Edge = { readonly from: string; readonly to: string; readonly label: string };

function diagram(first: string, edges: readonly Edge[]): string {
  const labels = new Map<string, string[]>();
  for (const { from, to, label } of edges) {
    const arrow = `${from} --> ${to}`;
    const known = labels.get(arrow) ?? [];
    if (!known.includes(label)) labels.set(arrow, [...known, label]);
  }
  const arrows = [...labels].map(([arrow, all]) => `  ${arrow}: ${all.join(", ")}`);
  return ["stateDiagram-v2", `  [*] --> ${first}`, ...arrows].join("\n");
}

/** What happens to one recipient, and to the attempt that reaches it. */
export function recipientDiagram(): string {
  const edges = Object.entries(RECIPIENT_STEPS).flatMap(([from, steps]) =>
    Object.entries(steps).flatMap(([label, to]) => (to === LATE ? [] : [{ from, to, label }])),
  );
  return diagram("queued", edges);
}

export function breakerDiagram(): string {
  const edges = Object.entries(BREAKER_STEPS).flatMap(([from, steps]) =>
    Object.entries(steps).flatMap(([label, to]) => (to === from ? [] : [{ from, to, label }])),
  );
  return diagram("closed", edges);
}

/** A recipient's state as far as the batch's status depends on it. */
type State = RecipientStatus | "unplaced";
const RECIPIENTS = 3;

function countsOf(states: readonly State[]): RecipientCounts {
  const counts = { ...NO_RECIPIENTS };
  for (const state of states) {
    if (state === "unplaced") counts.unplaced += 1;
    counts[state === "unplaced" ? "failed" : state] += 1;
  }
  return counts;
}

type Move = { readonly label: string; readonly states: readonly State[] };

/** Cancel and retry concern all recipients of a batch, anything else one. A cancelled batch takes no retry. */
function movesFrom(states: readonly State[]): Move[] {
  const moves: Move[] = [];
  const stepOf = (state: State, event: (typeof RECIPIENT_EVENTS)[number]): State => {
    const next = RECIPIENT_STEPS[state === "unplaced" ? "failed" : state][event];
    if (next === LATE) return state;
    return event === "abandon" ? "unplaced" : next;
  };
  const isCancelled = states.includes("cancelled");
  for (const event of RECIPIENT_EVENTS) {
    if (event === "cancel" || event === "requeue") {
      if (event === "requeue" && isCancelled) continue;
      const label = event === "requeue" ? "retry" : event;
      moves.push({ label, states: states.map((state) => stepOf(state, event)) });
    } else {
      for (const [index, state] of states.entries()) {
        moves.push({ label: event, states: states.with(index, stepOf(state, event)) });
      }
    }
  }
  return moves;
}

/** Every history of a small batch, by the recipients' table and the rule that derives the batch's status. */
export function batchDiagram(): string {
  const edges: Edge[] = [];
  const seen = new Set<string>();
  const next: (readonly State[])[] = [Array<State>(RECIPIENTS).fill("queued")];
  for (let states = next.pop(); states !== undefined; states = next.pop()) {
    const key = [...states].sort().join();
    if (seen.has(key)) continue;
    seen.add(key);
    const from = batchStatusOf(countsOf(states));
    for (const move of movesFrom(states)) {
      const to = batchStatusOf(countsOf(move.states));
      if (to !== from) edges.push({ from, to, label: move.label });
      next.push(move.states);
    }
  }
  const order = (status: string): number => BATCH_STATUSES.indexOf(status as BatchStatus);
  edges.sort((a, b) => order(a.from) - order(b.from) || order(a.to) - order(b.to) || (a.label < b.label ? -1 : 1));
  return diagram("pending", edges);
}
