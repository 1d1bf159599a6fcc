/**
 * The calls themselves: placed, ringing, answered, over, each step with its status callback. Keeps what a judge asks
 * about afterwards: every call, and the most that were in flight at once.
 */

import { randomBytes } from "node:crypto";
import { appendFileSync } from "node:fs";
import { type Call, type CallEvent, type CallOrder, type FinalStatus, hostOf, inFlight } from "./call.ts";
import { API_VERSION, rfc2822 } from "./call-resource.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Faults } from "./faults.ts";
import { ANSWERED, type Outcome, type OutcomeTable } from "./outcomes.ts";
import type { Random } from "./random.ts";
import type { Fields } from "./signature.ts";

export type Pace = { ringMs: number; talkMs: number; jitter: number };
type Scope = { inFlight: number; peak: number };

/** A call queue's delay before the phone rings. */
const DIAL_MS = 1;
/** From the answer until the detection of machines has come to something. */
const DETECT_MS = 3;
const SIP_CODES: Readonly<Record<FinalStatus, string>> = {
  completed: "200",
  busy: "486",
  "no-answer": "487",
  failed: "404",
  canceled: "487",
};

export class Exchange {
  readonly calls = new Map<string, Call>();
  readonly pace: Pace;
  /** How far the clock of a service is ahead of ours, by callback host: its calls carry its time. */
  readonly clocks = new Map<string, number>();
  readonly #outcomes: OutcomeTable;
  readonly #deliveries: Deliveries;
  readonly #faultsOf: (host: string | null) => Faults;
  readonly #random: Random;
  readonly #recordFile: string | null;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #held = new Map<string, (() => void)[]>();
  readonly #sequences = new Map<string, number>();
  readonly #scopes = new Map<string, Scope>();
  readonly #delayed = new Set<NodeJS.Timeout>();
  /** Newest last, by account and destination, so that a list reads no other calls. */
  readonly #byDestination = new Map<string, Call[]>();
  #serial = 0;

  constructor(parts: {
    outcomes: OutcomeTable;
    deliveries: Deliveries;
    faultsOf: (host: string | null) => Faults;
    random: Random;
    pace: Pace;
    recordFile: string | null;
  }) {
    this.#outcomes = parts.outcomes;
    this.#deliveries = parts.deliveries;
    this.#faultsOf = parts.faultsOf;
    this.#random = parts.random;
    this.#recordFile = parts.recordFile;
    this.pace = parts.pace;
  }

  outcomeOf(to: string): Outcome {
    return this.#outcomes.find(to) ?? ANSWERED;
  }

  place(accountSid: string, order: CallOrder): Call {
    const now = Date.now() + (this.clocks.get(hostOf(order.statusCallback) ?? "") ?? 0);
    this.#serial += 1;
    const call: Call = {
      ...order,
      sid: `CA${randomBytes(16).toString("hex")}`,
      accountSid,
      serial: this.#serial,
      host: hostOf(order.statusCallback),
      createdAt: now,
      updatedAt: now,
      status: "queued",
      startedAt: null,
      answeredAt: null,
      endedAt: null,
      durationSeconds: null,
      answeredBy: null,
      moments: { arrived: performance.now(), ended: null, acknowledged: null },
    };
    this.calls.set(call.sid, call);
    const key = `${accountSid} ${call.to}`;
    this.#byDestination.set(key, [...(this.#byDestination.get(key) ?? []), call]);
    this.#count(call, 1);
    this.#record("placed", call);
    this.#emit(call, "initiated", "initiated");
    this.#after(call, this.outcomeOf(call.to).queue_ms ?? DIAL_MS, () => this.#ring(call));
    return call;
  }

  /** Of an account, to one number where one is given; newest first. */
  list(accountSid: string, to: string | null): Call[] {
    const calls =
      to === null
        ? [...this.calls.values()].filter((call) => call.accountSid === accountSid)
        : [...(this.#byDestination.get(`${accountSid} ${to}`) ?? [])];
    return calls.reverse();
  }

  /** The API ends a call. False where its state does not allow it. */
  end(call: Call, status: "completed" | "canceled"): boolean {
    if (!inFlight(call)) return false;
    if (status === "canceled" && call.status === "in-progress") return false;
    this.#end(call, call.status === "in-progress" ? "completed" : "canceled");
    return true;
  }

  peakOf(host: string | null): Scope {
    return this.#scopes.get(host ?? "") ?? { inFlight: 0, peak: 0 };
  }

  forget(host: string | null): void {
    for (const [sid, call] of this.calls) {
      if (host !== null && call.host !== host) continue;
      clearTimeout(this.#timers.get(sid));
      this.calls.delete(sid);
      this.#byDestination.delete(`${call.accountSid} ${call.to}`);
    }
    if (host === null) this.#scopes.clear();
    else this.#scopes.delete(host);
  }

  close(): void {
    for (const timer of [...this.#timers.values(), ...this.#delayed]) clearTimeout(timer);
  }

  #ring(call: Call): void {
    const outcome = this.outcomeOf(call.to);
    call.status = "ringing";
    call.startedAt = call.updatedAt = Date.now();
    this.#emit(call, "ringing", "ringing");
    const ringMs = this.#jittered(outcome.ring_ms ?? this.pace.ringMs);
    // A phone that nobody picks up rings as long as any other here, not for the whole Timeout: tests are in a hurry.
    this.#after(call, Math.min(ringMs, call.timeoutSeconds * 1_000), () =>
      outcome.ends === "completed" ? this.#answer(call, outcome) : this.#end(call, outcome.ends),
    );
  }

  #answer(call: Call, outcome: Outcome): void {
    call.status = "in-progress";
    call.answeredAt = call.updatedAt = Date.now();
    this.#emit(call, "answered", "in-progress");
    this.#detect(call, outcome);
    const limitMs = call.timeLimitSeconds * 1_000;
    const talkMs = this.#jittered(outcome.talk_ms ?? this.pace.talkMs);
    const isCutOff = outcome.hangs_up === "nobody" || talkMs >= limitMs;
    this.#after(call, isCutOff ? limitMs : talkMs, () => {
      if (outcome.hangs_up === "agent" && call.connectAction !== null) {
        // The carrier asks what to do next, and hangs up when it is told "nothing" ("TwiML: <Connect>", action).
        const hangUp = () => {
          if (inFlight(call)) this.#end(call, "completed");
        };
        this.#deliveries.send(call.connectAction, this.#fields(call, "in-progress"), hangUp);
        return;
      }
      this.#end(call, "completed");
    });
  }

  /** Told by a request of its own, which says nothing else ("Answering Machine Detection", AsyncAmdStatusCallback). */
  #detect(call: Call, { answered_by, callbacks }: Outcome): void {
    const { amdCallback, sid, accountSid } = call;
    if (amdCallback === null) return;
    this.#delay(DETECT_MS, () => {
      if (call.status !== "in-progress") return;
      call.answeredBy = answered_by;
      const fields: Fields = [
        ["CallSid", sid],
        ["AccountSid", accountSid],
        ["AnsweredBy", answered_by],
        ["MachineDetectionDuration", String(DETECT_MS)],
      ];
      if (callbacks !== "none") this.#deliver(call, () => this.#deliveries.send(amdCallback, fields, () => {}));
    });
  }

  #end(call: Call, status: FinalStatus): void {
    clearTimeout(this.#timers.get(call.sid));
    this.#timers.delete(call.sid);
    call.status = status;
    call.endedAt = call.updatedAt = Date.now();
    call.moments.ended = performance.now();
    if (call.answeredAt !== null) call.durationSeconds = Math.round((call.endedAt - call.answeredAt) / 1_000);
    this.#count(call, -1);
    this.#record("ended", call);
    this.#emit(call, "completed", status);
    for (const send of this.#held.get(call.sid)?.reverse() ?? []) send();
    this.#held.delete(call.sid);
    this.#sequences.delete(call.sid);
  }

  #emit(call: Call, event: CallEvent, status: string): void {
    const { statusCallback } = call;
    const { callbacks } = this.outcomeOf(call.to);
    if (statusCallback === null || !call.events.has(event) || callbacks === "none") return;
    if (callbacks === "without_completed" && event === "completed") return;
    const fields = this.#fields(call, status);
    const acknowledged = () => {
      if (event === "completed") call.moments.acknowledged ??= performance.now();
    };
    const send = () => this.#deliveries.send(statusCallback, fields, acknowledged);
    if (callbacks === "reversed_twice") {
      this.#held.set(call.sid, [...(this.#held.get(call.sid) ?? []), send, send]);
      return;
    }
    this.#deliver(call, send);
  }

  /** As often and as late as the faults have it. */
  #deliver(call: Call, send: () => void): void {
    for (const delay of this.#faultsOf(call.host).copies()) {
      if (delay === 0) send();
      else this.#delay(delay, send);
    }
  }

  #fields(call: Call, status: string): Fields {
    const sequence = this.#sequences.get(call.sid) ?? 0;
    this.#sequences.set(call.sid, sequence + 1);
    const fields: [string, string][] = [
      ["CallSid", call.sid],
      ["AccountSid", call.accountSid],
      ["From", call.from],
      ["To", call.to],
      ["Caller", call.from],
      ["Called", call.to],
      ["CallStatus", status],
      ["ApiVersion", API_VERSION],
      ["Direction", "outbound-api"],
      ["Timestamp", rfc2822(Date.now())],
      ["CallbackSource", "call-progress-events"],
      ["SequenceNumber", String(sequence)],
    ];
    if (!inFlight(call)) {
      fields.push(["SipResponseCode", SIP_CODES[call.status as FinalStatus]]);
      if (call.status === "completed") {
        const seconds = call.durationSeconds ?? 0;
        fields.push(["CallDuration", String(seconds)], ["Duration", String(Math.ceil(seconds / 60))]);
      }
    }
    return fields;
  }

  #count(call: Call, by: 1 | -1): void {
    for (const name of ["", call.host ?? "-"]) {
      const scope = this.#scopes.get(name) ?? { inFlight: 0, peak: 0 };
      scope.inFlight = Math.max(0, scope.inFlight + by);
      scope.peak = Math.max(scope.peak, scope.inFlight);
      this.#scopes.set(name, scope);
    }
  }

  #record(what: "placed" | "ended", call: Call): void {
    if (this.#recordFile === null) return;
    const { sid, to, status, agentCallId, recipientId, batchId } = call;
    const entry = {
      what,
      at: Date.now(),
      sid,
      to,
      status,
      agent_call_id: agentCallId,
      recipient_id: recipientId,
      batch_id: batchId,
    };
    appendFileSync(this.#recordFile, `${JSON.stringify(entry)}\n`);
  }

  #jittered(ms: number): number {
    return ms * (1 + this.pace.jitter * (this.#random() * 2 - 1));
  }

  #after(call: Call, ms: number, step: () => void): void {
    // Node's timers hold 2^31 - 1 ms at the most.
    this.#timers.set(call.sid, setTimeout(step, Math.min(ms, 2 ** 31 - 1)));
  }

  #delay(ms: number, what: () => void): void {
    const timer = setTimeout(() => {
      this.#delayed.delete(timer);
      what();
    }, ms);
    this.#delayed.add(timer);
  }
}
