/** The control routes under /__carrier/: what a demo and a test tell the carrier, and ask of it. JSON. */

import type { Call } from "./call.ts";
import { inFlight } from "./call.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Exchange } from "./exchange.ts";
import { type FaultPlan, Faults } from "./faults.ts";
import type { Outcome, OutcomeTable } from "./outcomes.ts";
import type { Recent } from "./recent.ts";

export type RequestRecord = {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
};

export type ControlParts = {
  readonly exchange: Exchange;
  readonly deliveries: Deliveries;
  readonly outcomes: OutcomeTable;
  readonly requests: Recent<RequestRecord>;
  /** By callback host; "" for all others. */
  readonly faults: Map<string, Faults>;
};

const shown = (call: Call) => ({
  sid: call.sid,
  to: call.to,
  from: call.from,
  account_sid: call.accountSid,
  twiml: call.twiml,
  status_callback: call.statusCallback,
  timeout: call.timeoutSeconds,
  time_limit: call.timeLimitSeconds,
  amd_callback: call.amdCallback,
  batch_id: call.batchId,
  recipient_id: call.recipientId,
  agent_call_id: call.agentCallId,
  created_at: call.createdAt,
  answered_at: call.answeredAt,
  ended_at: call.endedAt,
  status: call.status,
  in_flight: inFlight(call),
});

/** Undefined where there is no such route. */
export async function control(parts: ControlParts, method: string, url: URL, text: string): Promise<unknown> {
  const { exchange, deliveries, outcomes, requests, faults } = parts;
  const host = url.searchParams.get("callback_host");
  const route = `${method} ${url.pathname.slice("/__carrier/".length)}`;
  const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  const calls = () => [...exchange.calls.values()].filter((call) => host === null || call.host === host);
  switch (route) {
    case "GET calls":
      return calls().map(shown);
    case "GET summary":
      return summaryOf(parts, calls(), host);
    case "GET moments":
      return calls().map(({ moments }) => moments);
    case "GET progress":
      return progressOf(calls());
    case "GET requests":
      return requests.list();
    case "PUT outcomes":
      for (const [key, outcome] of Object.entries(body)) outcomes.set(key, outcome as Partial<Outcome> | null);
      return outcomes.list();
    case "PUT faults":
      faults.set(host ?? "", new Faults(body as FaultPlan));
      return body;
    case "PUT pace":
      if (typeof body.ring_ms === "number") exchange.pace.ringMs = body.ring_ms;
      if (typeof body.talk_ms === "number") exchange.pace.talkMs = body.talk_ms;
      return exchange.pace;
    case "PUT clock":
      exchange.clocks.set(host ?? "", Number(body.ahead_ms));
      return body;
    case "POST reset":
      exchange.forget(host);
      deliveries.forget(host);
      if (host === null) faults.clear();
      else faults.delete(host);
      return {};
    case "PUT relay":
      deliveries.relay(String(body.host), body.enabled === true);
      return {};
    case "GET relay": {
      const waitMs = Math.min(10_000, Number(url.searchParams.get("wait_ms") ?? 500));
      const max = Number(url.searchParams.get("max") ?? 50);
      return deliveries.take(url.searchParams.get("host") ?? "", max, waitMs);
    }
    default:
      return further(parts, route, body);
  }
}

function further({ exchange, deliveries }: ControlParts, route: string, body: Record<string, unknown>): unknown {
  const answered = /^POST relay\/(\d+)$/.exec(route);
  if (answered !== null) return { known: deliveries.answered(answered[1] ?? "", { status: Number(body.status) }) };
  const ended = /^POST calls\/(CA[0-9a-f]{32})\/end$/.exec(route);
  const call = exchange.calls.get(ended?.[1] ?? "");
  return call === undefined ? undefined : { ended: exchange.end(call, "completed") };
}

function summaryOf({ exchange, deliveries, requests }: ControlParts, calls: readonly Call[], host: string | null) {
  const byAttempt = new Map<string, number>();
  for (const call of calls) {
    if (call.agentCallId !== null) byAttempt.set(call.agentCallId, (byAttempt.get(call.agentCallId) ?? 0) + 1);
  }
  const delivered =
    host === null ? [...deliveries.counts.values()] : [deliveries.counts.get(host) ?? { sent: 0, failed: 0 }];
  const { inFlight: flying, peak } = exchange.peakOf(host);
  return {
    requests: requests.list().length,
    placed: calls.length,
    in_flight: flying,
    peak_in_flight: peak,
    callbacks_sent: delivered.reduce((sum, { sent }) => sum + sent, 0),
    callbacks_failed: delivered.reduce((sum, { failed }) => sum + failed, 0),
    calls_by_destination: countBy(calls, ({ to }) => to),
    calls_by_agent_call_id_more_than_one: [...byAttempt].filter(([, count]) => count > 1).map(([id]) => id),
  };
}

/** A few numbers, for a client that waits for the end of many calls. */
function progressOf(calls: readonly Call[]): { placed: number; ended: number; acknowledged: number } {
  const count = (isSo: (call: Call) => boolean) => calls.reduce((sum, call) => sum + Number(isSo(call)), 0);
  return {
    placed: calls.length,
    ended: count(({ moments }) => moments.ended !== null),
    acknowledged: count(({ moments }) => moments.acknowledged !== null),
  };
}

function countBy(calls: readonly Call[], key: (call: Call) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const call of calls) counts[key(call)] = (counts[key(call)] ?? 0) + 1;
  return counts;
}
