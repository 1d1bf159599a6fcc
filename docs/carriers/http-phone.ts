/**
 * What the example dialer has dialed, and one that only pretends: it rings for a second, talks for three, and then the callee
 * hangs up.
 *   DIALER_TOKEN=… WEBHOOK_SECRET=whsec_… node docs/carriers/http-phone.ts        (Node 22.18 or newer)
 */

import { createDialer } from "./http-dialer.ts";

export type Order = {
  to: string;
  events_url: string;
  ringing_timeout_seconds: number;
  max_duration_seconds: number;
  tell_who_answers?: true;
};
export type State = { status: string; answered_by?: string; end_reason?: string; duration_seconds?: number };
export type Phone = {
  numbers: readonly string[];
  /** It tells `{ status: "answered", answered_by }` once it knows, where the order says so. */
  detectsMachines: boolean;
  refuses(order: Order): { code: string; message: string } | null;
  /** Rings, tells how it goes, and returns what hangs up. */
  dial(order: Order, tell: (state: State) => void): (reason: string) => void;
};

const { DIALER_TOKEN, WEBHOOK_SECRET, DIALER_PORT = "9000", DIALER_NUMBER = "+14155550100" } = process.env;
if (!DIALER_TOKEN || !WEBHOOK_SECRET) throw new Error("set DIALER_TOKEN and WEBHOOK_SECRET to those of the provider");

const phone: Phone = {
  numbers: [DIALER_NUMBER],
  detectsMachines: false,
  refuses: () => null,
  dial(order, tell) {
    let answeredAt = 0;
    tell({ status: "ringing" });
    const end = (reason: string): void => {
      clearTimeout(timer);
      const duration_seconds = Math.round((Date.now() - answeredAt) / 1_000);
      if (answeredAt === 0) tell({ status: "failed", end_reason: "dial_no_answer" });
      else tell({ status: "completed", end_reason: reason, duration_seconds });
    };
    let timer = setTimeout(() => {
      answeredAt = Date.now();
      tell({ status: "answered" });
      timer = setTimeout(() => end("client_hangup"), Math.min(3, order.max_duration_seconds) * 1_000);
    }, 1_000);
    return end;
  },
};

createDialer(DIALER_TOKEN, WEBHOOK_SECRET, phone).listen(Number(DIALER_PORT), "127.0.0.1");
console.log(`calls from ${DIALER_NUMBER} on http://127.0.0.1:${DIALER_PORT}`);
