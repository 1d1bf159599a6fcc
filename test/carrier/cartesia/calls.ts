/** The calls of the stand-in: placed, ringing, answered, over, each step that Cartesia tells of with its webhook. */

import { randomBytes } from "node:crypto";
import type { Order } from "./request.ts";

export type CallStatus = "created" | "started" | "completed" | "failed";
type EndReason = "agent_hangup" | "client_hangup" | "api_cancelled" | "max_duration" | `dial_${string}`;

export type Call = Order & {
  readonly id: string;
  readonly createdAt: number;
  status: CallStatus;
  startedAt: number | null;
  endedAt: number | null;
  endReason: EndReason | null;
};

/** What becomes of a call, by its destination. `stays`: it talks, or rings, until somebody ends it. */
type Life =
  | { readonly ends: "completed"; readonly reason: EndReason }
  | { readonly ends: "failed"; readonly reason: EndReason }
  | { readonly stays: "talking" | "ringing" };

const LIVES: Readonly<Record<string, Life>> = {
  "+15005550002": { ends: "failed", reason: "dial_busy" },
  "+15005550003": { ends: "failed", reason: "dial_no_answer" },
  "+15005550004": { ends: "failed", reason: "dial_failed" },
  "+15005550010": { ends: "completed", reason: "agent_hangup" },
  "+15005550011": { stays: "talking" },
  "+15005550012": { ends: "completed", reason: "max_duration" },
  "+15005550021": { stays: "ringing" },
};
const ANSWERED: Life = { ends: "completed", reason: "client_hangup" };

/** Refused in the answer, with this code. */
export const REFUSED_NUMBERS: Readonly<Record<string, string>> = { "+15005550001": "invalid_number" };

export type Pace = { readonly ringMs: number; readonly talkMs: number };
export type EventType = "call_started" | "call_turn" | "call_completed" | "call_failed" | "post_call_analysis";

export class Calls {
  /** Newest last. */
  readonly all = new Map<string, Call>();
  readonly #pace: Pace;
  readonly #tell: (type: EventType, call: Call) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(pace: Pace, tell: (type: EventType, call: Call) => void) {
    this.#pace = pace;
    this.#tell = tell;
  }

  place(order: Order): Call {
    const id = `ac_${randomBytes(16).toString("hex")}`;
    const times = { createdAt: Date.now(), startedAt: null, endedAt: null };
    const call: Call = { ...order, id, ...times, status: "created", endReason: null };
    this.all.set(id, call);
    const life = LIVES[order.toNumber] ?? ANSWERED;
    if ("stays" in life && life.stays === "ringing") {
      this.#after(call, order.ringingMs, () => this.#end(call, "failed", "dial_no_answer"));
    } else if ("ends" in life && life.ends === "failed") {
      this.#after(call, this.#pace.ringMs, () => this.#end(call, "failed", life.reason));
    } else {
      this.#after(call, this.#pace.ringMs, () => this.#answer(call, life));
    }
    return call;
  }

  /** False where it is not in progress: Cartesia cancels no call that rings. */
  cancel(call: Call): boolean {
    if (call.status !== "started") return false;
    this.#end(call, "completed", "api_cancelled");
    return true;
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #answer(call: Call, life: Life): void {
    call.status = "started";
    call.startedAt = Date.now();
    this.#tell("call_started", call);
    this.#tell("call_turn", call);
    const [talkMs, reason] =
      "ends" in life ? [this.#pace.talkMs, life.reason] : [call.maxDurationMs, "max_duration" as const];
    this.#after(call, talkMs, () => this.#end(call, "completed", reason));
  }

  #end(call: Call, status: "completed" | "failed", reason: EndReason): void {
    clearTimeout(this.#timers.get(call.id));
    call.status = status;
    call.endedAt = Date.now();
    call.endReason = reason;
    this.#tell(status === "completed" ? "call_completed" : "call_failed", call);
    this.#tell("post_call_analysis", call);
  }

  #after(call: Call, ms: number, step: () => void): void {
    this.#timers.set(call.id, setTimeout(step, ms));
  }
}
