/** A phone for the example dialer that does what a test's destination says. */

import type { Order, Phone, State } from "../../../docs/carriers/http-phone.ts";

/** What becomes of a call, by its destination. `isMachine`: it is one that answers. */
type Life = Course & { readonly isMachine?: true };
type Course =
  | { readonly fails: string; readonly sip: number | null }
  | { readonly ends: string }
  | { readonly stays: "talking" | "ringing" };

const LIVES: Readonly<Record<string, Life>> = {
  "+15005550002": { fails: "dial_busy", sip: 486 },
  "+15005550003": { fails: "dial_no_answer", sip: null },
  "+15005550004": { fails: "dial_failed", sip: 503 },
  "+15005550010": { ends: "agent_hangup" },
  "+15005550011": { stays: "talking" },
  "+15005550012": { stays: "talking", isMachine: true },
  "+15005550015": { ends: "client_hangup", isMachine: true },
  "+15005550021": { stays: "ringing" },
};
const ANSWERED: Life = { ends: "client_hangup" };
const REFUSED = "+15005550001";

/** From the answer until it is known who answered. */
const DETECT_MS = 10;

export type Pace = { readonly ringMs: number; readonly talkMs: number };

export const scriptedPhone = (numbers: readonly string[], { ringMs, talkMs }: Pace): Phone => ({
  numbers,
  detectsMachines: true,
  refuses: ({ to }: Order) => (to === REFUSED ? { code: "invalid_number", message: `${to} cannot be called` } : null),
  dial(order: Order, tell: (state: State & { sip_code?: number }) => void) {
    const life = LIVES[order.to] ?? ANSWERED;
    let answeredAt: number | null = null;
    let timer: NodeJS.Timeout;
    let detection: NodeJS.Timeout | undefined;
    const after = (ms: number, step: () => void): void => {
      timer = setTimeout(step, ms);
    };
    const complete = (reason: string): void => {
      clearTimeout(detection);
      const duration_seconds = Math.round((Date.now() - (answeredAt ?? Date.now())) / 1_000);
      tell({ status: "completed", end_reason: reason, duration_seconds });
    };
    const fail = (reason: string, sip: number | null): void =>
      tell({ status: "failed", end_reason: reason, ...(sip === null ? {} : { sip_code: sip }) });
    const answer = (): void => {
      answeredAt = Date.now();
      tell({ status: "answered" });
      const answered_by = life.isMachine === true ? "machine" : "human";
      if (order.tell_who_answers === true)
        detection = setTimeout(() => tell({ status: "answered", answered_by }), DETECT_MS);
      if ("ends" in life) after(talkMs, () => complete(life.ends));
      else after(order.max_duration_seconds * 1_000, () => complete("max_duration"));
    };
    after(0, () => {
      tell({ status: "ringing" });
      if ("fails" in life) after(ringMs, () => fail(life.fails, life.sip));
      else if ("stays" in life && life.stays === "ringing")
        after(order.ringing_timeout_seconds * 1_000, () => fail("dial_no_answer", null));
      else after(ringMs, answer);
    });
    return (reason) => {
      clearTimeout(timer);
      if (answeredAt === null) fail(reason, 487);
      else complete(reason);
    };
  },
});
