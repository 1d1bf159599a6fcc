/** What any carrier says, to any question, is bounded where it enters. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAX_SAID_CHARACTERS, saidAtMost } from "../../src/calling/requests/said.ts";
import { bounded } from "../../src/dialer/bounded.ts";
import { dialerFor } from "../../src/dialer/carriers.ts";
import { CALLBACKS_TELL, type Dialer, type FindQuery } from "../../src/dialer/dialer.ts";
import type { Rig } from "./conformance/rig.ts";
import { RIGS } from "./conformance/rigs.ts";
import { SAMPLE_AGENT, sampleContext, sampleOrder } from "./samples.ts";
import { ScriptedServer } from "./scripted-server.ts";

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const LONG = "x".repeat(20_000);
/** Longer than any of the carriers' words, in whichever field it has them. */
const REFUSAL = JSON.stringify({
  code: LONG,
  message: LONG,
  msg: LONG,
  title: LONG,
  errors: [{ code: LONG, title: LONG, detail: LONG }],
});
const stringsIn = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : [];

/** Of the rigs nothing is needed but an account and an agent that it connects. */
async function lines(): Promise<Pick<Rig, "account" | "agent">[]> {
  const found: Pick<Rig, "account" | "agent">[] = [];
  for (const { start } of RIGS) {
    const { account, agent, stop } = await start();
    found.push({ account, agent });
    await stop();
  }
  return found;
}

describe("what a carrier says", () => {
  it.each([400, 401, 403, 404, 422, 429, 500])(
    "with status %i and 20 KB of words is cut to 500 characters",
    async (status) => {
      server.answers({ status, body: REFUSAL });
      for (const { account, agent } of await lines()) {
        const dialer = dialerFor(account, { [account.carrier]: server.url }, null);
        const query: FindQuery = {
          callId: "ac_1",
          to: "+14155550100",
          from: "+14155550199",
          agent,
          placedAfter: 0,
        };
        const outcomes = [
          await dialer.checkAccount(),
          await dialer.checkNumber({ number: "+14155550199", carrierNumberId: "id" }),
          await dialer.place(sampleOrder({ agent, fromNumberId: "id" })),
          await dialer.fetch("id", sampleContext()),
          await dialer.find(query, sampleContext()),
          await dialer.end("id", true),
        ];
        for (const text of stringsIn(outcomes)) expect(text.length).toBeLessThanOrEqual(MAX_SAID_CHARACTERS);
      }
    },
  );

  it("is what it was where it is short, and ends in an ellipsis where it is not", () => {
    expect(saidAtMost("x".repeat(500))).toBe("x".repeat(500));
    expect(saidAtMost("x".repeat(501))).toBe(`${"x".repeat(499)}…`);
    expect(saidAtMost(`${"x".repeat(498)}😀😀`).isWellFormed()).toBe(true);
  });

  it("is cut wherever a dialer hands it on, and nothing else is", async () => {
    const said = { kind: "refused", code: LONG, message: LONG } as const;
    const progress = {
      kind: "ended",
      completed: false,
      endReason: "dial_failed",
      durationSeconds: null,
      carrierCode: LONG,
    } as const;
    const reply = { contentType: "text/xml", body: LONG };
    const dialer: Dialer = {
      asking: CALLBACKS_TELL,
      checkAccount: async () => ({ ...said, path: "api_key" }),
      checkNumber: async () => ({ kind: "unavailable", message: LONG }),
      place: async () => said,
      fetch: async () => ({ kind: "known", carrierCallId: "id", progress }),
      find: async () => ({ kind: "found", calls: [{ carrierCallId: "id", progress }] }),
      end: async () => ({ kind: "unavailable", message: LONG }),
      receive: async () => ({ kind: "event", event: { kind: "progress", carrierCallId: "id", progress }, reply }),
    };
    const short = bounded(dialer);
    const cut = saidAtMost(LONG);
    const context = sampleContext();
    const request = { method: "POST", pathAndQuery: "/", headers: {}, body: "" };
    const query: FindQuery = { callId: "ac_1", to: "+1", from: "+1", agent: SAMPLE_AGENT, placedAfter: 0 };
    expect(await short.checkAccount()).toEqual({ kind: "refused", code: cut, message: cut, path: "api_key" });
    expect(await short.checkNumber({ number: "+1", carrierNumberId: null })).toEqual({
      kind: "unavailable",
      message: cut,
    });
    expect(await short.place(sampleOrder())).toEqual({ kind: "refused", code: cut, message: cut });
    const ended = { ...progress, carrierCode: cut };
    expect(await short.fetch("id", context)).toEqual({ kind: "known", carrierCallId: "id", progress: ended });
    expect(await short.find(query, context)).toEqual({
      kind: "found",
      calls: [{ carrierCallId: "id", progress: ended }],
    });
    expect(await short.end("id", true)).toEqual({ kind: "unavailable", message: cut });
    expect(await short.receive(request, "", context)).toEqual({
      kind: "event",
      event: { kind: "progress", carrierCallId: "id", progress: ended },
      reply,
    });
    const odd = bounded({ ...dialer, place: async () => ({ kind: "placed", carrierCallId: LONG }) });
    expect(await odd.place(sampleOrder())).toMatchObject({ kind: "unknown" });
  });
});
