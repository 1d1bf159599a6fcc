/** The calls of the stand-in for Telnyx: dialed, answered, over, each step with its webhook and its line in the log of events. */

import { randomBytes, randomUUID } from "node:crypto";
import type { DialOrder } from "./request.ts";

export type Hangup = { readonly cause: string; readonly source: "caller" | "callee" | "unknown"; readonly sip: string };
export type Event = { readonly name: string; readonly at: number; readonly data: Record<string, unknown> };
export type Call = {
  readonly order: DialOrder;
  readonly controlId: string;
  readonly legId: string;
  readonly sessionId: string;
  readonly startedAt: number;
  clientState: string;
  isAnswered: boolean;
  endedAt: number | null;
  readonly events: Event[];
};

/** What becomes of a call, by its destination. `isMachine`: it is one that answers. */
type Life = Course & { readonly isMachine?: true };
type Course =
  | { readonly unanswered: Hangup }
  | { readonly answered: Hangup }
  /** The agent closes the audio, or cannot be reached; Telnyx lets the call go on. */
  | { readonly stream: "streaming.stopped" | "streaming.failed" }
  | { readonly stays: "talking" | "ringing" };

const hangup = (cause: string, source: Hangup["source"], sip: string): Hangup => ({ cause, source, sip });
const LIVES: Readonly<Record<string, Life>> = {
  "+15005550002": { unanswered: hangup("user_busy", "callee", "486") },
  "+15005550003": { unanswered: hangup("no_answer", "unknown", "unspecified") },
  "+15005550004": { unanswered: hangup("call_rejected", "callee", "503") },
  "+15005550010": { stream: "streaming.stopped" },
  "+15005550011": { stays: "talking" },
  "+15005550012": { stays: "talking", isMachine: true },
  "+15005550013": { stream: "streaming.failed" },
  "+15005550014": { unanswered: hangup("call_rejected", "callee", "603") },
  "+15005550015": { answered: hangup("normal_clearing", "callee", "200"), isMachine: true },
  "+15005550016": { answered: hangup("time_limit", "unknown", "200") },
  "+15005550021": { stays: "ringing" },
};
const ANSWERED: Life = { answered: hangup("normal_clearing", "callee", "200") };

/** From the answer until it is known who answered, and then until a machine's beep. */
const DETECT_MS = 10;

export type Pace = { readonly ringMs: number; readonly talkMs: number };

export class Calls {
  readonly all: Call[] = [];
  readonly #pace: Pace;
  readonly #connectionId: string;
  readonly #tell: (call: Call, data: Record<string, unknown>) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(pace: Pace, connectionId: string, tell: (call: Call, data: Record<string, unknown>) => void) {
    this.#pace = pace;
    this.#connectionId = connectionId;
    this.#tell = tell;
  }

  dial(order: DialOrder): Call {
    const call: Call = {
      order,
      controlId: `v3:${randomBytes(32).toString("base64url")}`,
      legId: randomUUID(),
      sessionId: randomUUID(),
      startedAt: Date.now(),
      clientState: order.clientState,
      isAnswered: false,
      endedAt: null,
      events: [],
    };
    this.all.push(call);
    const life = LIVES[order.to] ?? ANSWERED;
    this.#after(call, 0, () => {
      this.#event(call, "call.initiated", { direction: "outgoing", state: "bridging" });
      if ("unanswered" in life) this.#after(call, this.#pace.ringMs, () => this.#end(call, life.unanswered));
      else if ("stays" in life && life.stays === "ringing") {
        this.#after(call, order.timeoutMs, () => this.#end(call, hangup("no_answer", "unknown", "unspecified")));
      } else this.#after(call, this.#pace.ringMs, () => this.#answer(call, life));
    });
    return call;
  }

  /** False where it is over. */
  hangUp(call: Call, clientState: string | null): boolean {
    if (call.endedAt !== null) return false;
    call.clientState = clientState ?? call.clientState;
    const end = call.isAnswered
      ? hangup("normal_clearing", "caller", "200")
      : hangup("originator_cancel", "caller", "487");
    this.#end(call, end);
    return true;
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #answer(call: Call, life: Life): void {
    call.isAnswered = true;
    this.#event(call, "call.answered", { state: "answered" });
    if (call.order.detectsMachines) setTimeout(() => this.#detect(call, life.isMachine === true), DETECT_MS);
    if ("answered" in life) {
      this.#after(call, this.#pace.talkMs, () => this.#end(call, life.answered));
      return;
    }
    if ("stream" in life) {
      const failure = life.stream === "streaming.failed" ? { failure_reason: "connection_failed" } : {};
      setTimeout(() => this.#event(call, life.stream, { stream_id: randomUUID(), ...failure }), this.#pace.talkMs);
    }
    this.#after(call, call.order.timeLimitMs, () => this.#end(call, hangup("time_limit", "unknown", "200")));
  }

  /** Beside the call, by events of its own ("Answering Machine Detection"). */
  #detect(call: Call, isMachine: boolean): void {
    if (call.endedAt !== null) return;
    this.#event(call, "call.machine.premium.detection.ended", { result: isMachine ? "machine" : "human_residence" });
    if (!isMachine) return;
    setTimeout(() => {
      if (call.endedAt === null) this.#event(call, "call.machine.premium.greeting.ended", { result: "beep_detected" });
    }, DETECT_MS);
  }

  #end(call: Call, { cause, source, sip }: Hangup): void {
    clearTimeout(this.#timers.get(call.legId));
    call.endedAt = Date.now();
    const words = { state: "hangup", hangup_cause: cause, hangup_source: source, sip_hangup_cause: sip };
    this.#event(call, "call.hangup", { ...words, start_time: new Date(call.startedAt).toISOString() });
  }

  #event(call: Call, name: string, fields: Record<string, unknown>): void {
    const at = Date.now();
    const { order, controlId, legId, sessionId, clientState } = call;
    const payload = {
      call_control_id: controlId,
      call_leg_id: legId,
      call_session_id: sessionId,
      connection_id: this.#connectionId,
      client_state: clientState,
      from: order.from,
      to: order.to,
      ...fields,
    };
    const data = {
      record_type: "event",
      event_type: name,
      id: randomUUID(),
      occurred_at: new Date(at).toISOString(),
      payload,
    };
    call.events.push({ name, at, data });
    this.#tell(call, data);
  }

  #after(call: Call, ms: number, step: () => void): void {
    this.#timers.set(call.legId, setTimeout(step, ms));
  }
}
