/** How the carrier is told to misbehave. Chance comes from a seed, so that a run can be repeated. */

import { type Random, seededRandom } from "./random.ts";

/**
 * `before`: nothing is done, then the connection is reset or never answered. `after`: it is done, and the answer is lost;
 * `late-answer`: it comes after `delay_ms`.
 */
export const FAULT_MODES = [
  "ok",
  "401",
  "429",
  "429-retry-after",
  "500",
  "503",
  "500-after",
  "reset-before",
  "reset-after",
  "hang-before",
  "hang-after",
  "late-answer",
] as const;
export type FaultMode = (typeof FAULT_MODES)[number];
export type Operation = "place" | "fetch" | "list" | "events" | "end";

export type OperationFault = {
  readonly mode: FaultMode;
  /** Of the requests, from 0 to 1. */
  readonly share: number;
  readonly retry_after_seconds: number;
  readonly delay_ms: number;
};
export type CallbackFaults = {
  readonly drop: number;
  readonly duplicate: number;
  readonly delay_ms: readonly [number, number];
};
export type FaultPlan = Partial<Record<Operation, Partial<OperationFault>>> & {
  readonly callbacks?: Partial<CallbackFaults>;
  readonly down?: boolean;
  readonly seed?: number;
};

const NO_FAULT: OperationFault = { mode: "ok", share: 1, retry_after_seconds: 1, delay_ms: 200 };
const NO_CALLBACK_FAULTS: CallbackFaults = { drop: 0, duplicate: 0, delay_ms: [0, 0] };

export class Faults {
  readonly #plan: FaultPlan;
  readonly #random: Random;
  readonly down: boolean;

  constructor(plan: FaultPlan = {}) {
    for (const operation of ["place", "fetch", "list", "events", "end"] as const) {
      const mode = plan[operation]?.mode;
      if (mode !== undefined && !FAULT_MODES.includes(mode)) throw new Error(`unknown fault mode ${mode}`);
    }
    this.#plan = plan;
    this.#random = seededRandom(plan.seed ?? 1);
    this.down = plan.down ?? false;
  }

  of(operation: Operation): OperationFault {
    const fault = { ...NO_FAULT, ...this.#plan[operation] };
    return fault.mode === "ok" || this.#random() >= fault.share ? NO_FAULT : fault;
  }

  /** When each copy of a callback is sent, in ms from now; none where it is lost. */
  copies(): number[] {
    const { drop, duplicate, delay_ms } = { ...NO_CALLBACK_FAULTS, ...this.#plan.callbacks };
    if (this.#random() < drop) return [];
    const [least, most] = delay_ms;
    const delay = () => least + this.#random() * (most - least);
    return this.#random() < duplicate ? [delay(), delay()] : [delay()];
  }
}
