/** The calls of the stand-in: each step is told by the status hook, from the moment of the INVITE. */

import { randomUUID } from "node:crypto";
import type { Order } from "./request.ts";

export type CallStatus = "trying" | "ringing" | "in-progress" | "completed" | "failed" | "busy" | "no-answer";

export type Call = Order & {
  readonly sid: string;
  readonly sipCallId: string;
  status: CallStatus;
  sip: readonly [status: number, reason: string];
  answeredAt: number | null;
  duration: number | null;
  endedBy: "caller" | "jambonz" | null;
};

/**
 * What becomes of a call, by its destination. `stays`: it talks, or rings, until somebody ends it. `isMachine`: it is one that
 * answers.
 */
type Life = Course & { readonly isMachine?: true };
type Course =
  | { readonly hangsUp: "caller" | "jambonz" }
  | { readonly status: "failed" | "busy" | "no-answer"; readonly sip: Call["sip"] }
  | { readonly stays: "talking" | "ringing" };

const LIVES: Readonly<Record<string, Life>> = {
  "+15005550002": { status: "busy", sip: [486, "Busy Here"] },
  // jambonz calls whatever is not 486, 603 or 487 `failed`.
  "+15005550003": { status: "failed", sip: [480, "Temporarily Unavailable"] },
  "+15005550004": { status: "failed", sip: [404, "Not Found"] },
  "+15005550010": { hangsUp: "jambonz" },
  "+15005550011": { stays: "talking" },
  "+15005550012": { stays: "talking", isMachine: true },
  "+15005550015": { hangsUp: "caller", isMachine: true },
  "+15005550021": { stays: "ringing" },
};
const ANSWERED: Life = { hangsUp: "caller" };

export type Pace = { readonly ringMs: number; readonly talkMs: number };
export type AmdType = "amd_human_detected" | "amd_machine_detected" | "amd_tone_detected" | "amd_stopped";
export type Told = "status" | "listen_ended" | AmdType;

/** From the answer until it is known who answered. */
const DETECT_MS = 10;

export class Calls {
  /** Newest last. */
  readonly all = new Map<string, Call>();
  readonly #pace: Pace;
  readonly #tell: (what: Told, call: Call) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(pace: Pace, tell: (what: Told, call: Call) => void) {
    this.#pace = pace;
    this.#tell = tell;
  }

  place(order: Order): Call {
    const call: Call = {
      ...order,
      sid: randomUUID(),
      sipCallId: randomUUID(),
      status: "trying",
      sip: [100, "Trying"],
      answeredAt: null,
      duration: null,
      endedBy: null,
    };
    this.all.set(call.sid, call);
    this.#tell("status", call);
    this.#after(call, 1, () => this.#ring(call));
    return call;
  }

  /** What the API may do to a call; null where it may, otherwise jambonz's words for why not. */
  end(call: Call, status: "completed" | "no-answer"): string | null {
    if (!this.#timers.has(call.sid)) return `call session is gone for call_sid ${call.sid}`;
    const isAllowed = status === "completed" ? call.status === "in-progress" : call.status !== "in-progress";
    if (!isAllowed) return `current call state is incompatible with requested action for call_sid ${call.sid}`;
    if (status === "completed") this.#hangUp(call, "jambonz");
    else this.#fail(call, "no-answer", [487, "Request Terminated"]);
    return null;
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #ring(call: Call): void {
    const life = LIVES[call.number] ?? ANSWERED;
    this.#become(call, "ringing", [180, "Ringing"]);
    if ("stays" in life && life.stays === "ringing") {
      this.#after(call, call.ringingMs, () => this.#fail(call, "no-answer", [487, "Request Terminated"]));
    } else if ("status" in life) {
      this.#after(call, this.#pace.ringMs, () => this.#fail(call, life.status, life.sip));
    } else {
      this.#after(call, this.#pace.ringMs, () => this.#answer(call, life));
    }
  }

  #answer(call: Call, life: Life): void {
    const hangsUp = "hangsUp" in life ? life.hangsUp : null;
    call.answeredAt = Date.now();
    this.#become(call, "in-progress", [200, "OK"]);
    if (call.amdHook !== null) setTimeout(() => this.#detect(call, life.isMachine === true), DETECT_MS);
    if (hangsUp === null) this.#after(call, call.limitSeconds * 1_000, () => this.#hangUp(call, "jambonz"));
    else this.#after(call, this.#pace.talkMs, () => this.#close(call, hangsUp));
  }

  /** Beside the call; of a machine it goes on to hear the beep, of a person it stops ("Events"). */
  #detect(call: Call, isMachine: boolean): void {
    if (!this.#timers.has(call.sid)) return;
    this.#tell(isMachine ? "amd_machine_detected" : "amd_human_detected", call);
    this.#tell(isMachine ? "amd_tone_detected" : "amd_stopped", call);
  }

  /** The agent's side closed the audio: jambonz asks what follows, and hangs up when that is nothing. */
  #close(call: Call, by: "caller" | "jambonz"): void {
    if (by === "jambonz") this.#tell("listen_ended", call);
    this.#hangUp(call, by);
  }

  #hangUp(call: Call, by: "caller" | "jambonz"): void {
    call.endedBy = by;
    call.duration = Math.floor((Date.now() - (call.answeredAt ?? Date.now())) / 1_000);
    this.#over(call, "completed", [200, "OK"]);
    if (by === "caller") this.#tell("listen_ended", call);
  }

  #fail(call: Call, status: CallStatus, sip: Call["sip"]): void {
    this.#over(call, status, sip);
  }

  #over(call: Call, status: CallStatus, sip: Call["sip"]): void {
    clearTimeout(this.#timers.get(call.sid));
    this.#timers.delete(call.sid);
    this.#become(call, status, sip);
  }

  #become(call: Call, status: CallStatus, sip: Call["sip"]): void {
    call.status = status;
    call.sip = sip;
    this.#tell("status", call);
  }

  #after(call: Call, ms: number, step: () => void): void {
    this.#timers.set(call.sid, setTimeout(step, ms));
  }
}
