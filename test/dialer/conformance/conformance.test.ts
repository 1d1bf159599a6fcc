/**
 * What a batch relies on, held against every carrier of the registry and its stand-in, over real HTTP. A carrier brings a rig
 * (`rig.ts`); nothing here knows one.
 */

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Capabilities } from "../../../src/dialer/carrier.ts";
import { type CarrierAccount, dialerFor } from "../../../src/dialer/carriers.ts";
import type { CallProgress, Dialer } from "../../../src/dialer/dialer.ts";
import { type Answer, ScriptedServer } from "../scripted-server.ts";
import { Calls } from "./calls.ts";
import { ENDS, LIVES } from "./rig.ts";
import { RIGS } from "./rigs.ts";

/** More than any carrier's answer may have. */
const TOO_LONG = 9 * 1_024 * 1_024;

describe.each(RIGS)("$rig", ({ start }) => {
  let calls: Calls;
  let capabilities: Capabilities;
  let connect: (account: CarrierAccount, baseUrl: string) => Dialer;
  beforeAll(async () => {
    calls = await Calls.start(await start());
    capabilities = calls.carrier.capabilities;
    connect = (account, baseUrl) => dialerFor(account, { [account.carrier]: baseUrl }, null);
  });
  afterEach(() => calls.rig.fault("none"));
  afterAll(async () => {
    await calls.stop();
    await calls.rig.stop();
  });

  describe("a call", () => {
    it.each(LIVES)("that is %s ends as it should, and only once", async (life) => {
      const to = calls.rig.to[life];
      if (to === null) return;
      // Cut off by its limit, which is short for it.
      const maxDurationSeconds = life === "cut_off" ? 1 : 30;
      const order = calls.order(to, { maxDurationSeconds });
      await calls.placed(order);
      const ended = await calls.until(order.callId, "ended");
      expect(ended).toMatchObject(calls.rig.ends?.[life] ?? ENDS[life]);
      const kinds = calls.progressOf(order.callId).map(({ kind }) => kind);
      // Where it is only asked, a short call may be answered and over between two questions.
      const isTold = calls.dialer.asking.whileRingingMs === null;
      if (isTold || !ENDS[life].completed) expect(kinds.includes("answered")).toBe(ENDS[life].completed);
      expect(await calls.rig.placed(order.callId)).toBe(1);
    });

    it("tells the same when it is asked as by callback", async () => {
      const order = calls.order(calls.rig.talks);
      const carrierCallId = await calls.placed(order);
      await calls.until(order.callId, "answered");
      const report = await calls.dialer.fetch(carrierCallId, calls.contextOf(order.callId));
      expect(report).toEqual({ kind: "known", carrierCallId, progress: { kind: "answered" } });
      await calls.dialer.end(carrierCallId, true);
    });

    it("is told apart by who answers it, while it goes on, where the carrier can", async () => {
      const { machine, talks, forgetsWhoAnswered } = calls.rig;
      expect(machine !== undefined).toBe(capabilities.detectsMachines);
      if (machine === undefined) return;
      for (const [to, answeredBy] of [
        [machine, "machine"],
        [talks, "human"],
      ] as const) {
        const order = calls.order(to, { asksWhoAnswers: true });
        const carrierCallId = await calls.placed(order);
        const isTold = (progress: CallProgress) => progress.kind === "answered" && progress.answeredBy === answeredBy;
        await calls.until(order.callId, "answered", isTold);
        const report = await calls.dialer.fetch(carrierCallId, calls.contextOf(order.callId));
        const told = forgetsWhoAnswered === true ? {} : { answeredBy };
        expect(report).toEqual({ kind: "known", carrierCallId, progress: { kind: "answered", ...told } });
        await calls.dialer.end(carrierCallId, true);
      }
    });

    it("is ended while it talks, for the reason why we ended it", async () => {
      const order = calls.order(calls.rig.talks);
      const carrierCallId = await calls.placed(order);
      await calls.until(order.callId, "answered");
      calls.endedBecause(order.callId, "api_cancelled");
      const outcome = await calls.dialer.end(carrierCallId, true);
      expect(outcome.kind).toBe(capabilities.endsAnswered ? "ending" : "unavailable");
      if (!capabilities.endsAnswered) return;
      expect(await calls.until(order.callId, "ended")).toMatchObject({ completed: true, endReason: "api_cancelled" });
      expect(await calls.dialer.end(carrierCallId, true)).toEqual({ kind: "ending" });
    });

    it("is cancelled while it rings, where the carrier can", async () => {
      const order = calls.order(calls.rig.rings);
      const carrierCallId = await calls.placed(order);
      await calls.until(order.callId, "ringing");
      calls.endedBecause(order.callId, "dial_no_answer");
      const outcome = await calls.dialer.end(carrierCallId, false);
      expect(outcome.kind).toBe(capabilities.endsRinging ? "ending" : "unavailable");
      if (!capabilities.endsRinging) return;
      expect(await calls.until(order.callId, "ended")).toMatchObject({ completed: false, endReason: "dial_no_answer" });
    });

    it("that the carrier does not know is absent", async () => {
      const order = calls.order(calls.rig.to.answered ?? "");
      const carrierCallId = await calls.placed(order);
      const another = carrierCallId.replace(/[0-9a-f](?=[^0-9a-f]*$)/i, (digit) => (digit === "0" ? "1" : "0"));
      expect(await calls.dialer.fetch(another, calls.contextOf(order.callId))).toEqual({ kind: "absent" });
    });
  });

  describe("placing", () => {
    it("is refused with the carrier's words, and nothing is placed", async () => {
      const order = calls.order(calls.rig.refused);
      expect(await calls.place(order)).toMatchObject({ kind: "refused", message: expect.stringMatching(/\w/) });
      expect(await calls.rig.placed(order.callId)).toBe(0);
    });

    it("is put off where the carrier has no room, and nothing is placed", async () => {
      await calls.rig.fault("later");
      const order = calls.order(calls.rig.to.answered ?? "");
      expect(await calls.place(order)).toMatchObject({ kind: "try_later" });
      expect(await calls.rig.placed(order.callId)).toBe(0);
    });

    it("is put off where the credentials are refused: no recipient's fault", async () => {
      const { rig } = calls;
      const dialer = connect(rig.wrongAccount, rig.baseUrl);
      const outcome = await dialer.place(calls.order(rig.to.answered ?? ""));
      expect(outcome).toMatchObject({ kind: "try_later", retryAfterMs: expect.any(Number) });
      expectNoSecret(outcome, rig.secrets);
    });

    it("of unknown outcome is found again, and it is exactly this call", async () => {
      const { rig } = calls;
      const others = [calls.order(rig.talks), calls.order(rig.talks)];
      await calls.placed(others[0] ?? calls.order(rig.talks));
      await rig.fault("answer_lost");
      const placedAfter = Date.now();
      const order = calls.order(rig.talks);
      expect(await calls.place(order)).toMatchObject({ kind: "unknown" });
      await rig.fault("none");
      await calls.placed(others[1] ?? calls.order(rig.talks));
      const { callId, to, from, agent } = order;
      const found = await calls.dialer.find({ callId, to, from, agent, placedAfter }, calls.contextOf(callId));
      if (found.kind !== "found") expect.fail(found.message);
      expect(found.calls).toHaveLength(1);
      expect(await rig.placed(callId)).toBe(1);
      // The call that was found is the one that tells of itself.
      const carrierCallId = found.calls[0]?.carrierCallId ?? "";
      expect(await calls.dialer.fetch(carrierCallId, calls.contextOf(callId))).toMatchObject({ kind: "known" });
      for (const { callId: other } of others) expect(calls.carrierCallOf(other)).not.toBe(carrierCallId);
    });

    it("again places nothing more, where the carrier knows a repeat", async () => {
      if (capabilities.repeatableForMs === null) return;
      const { rig } = calls;
      const order = calls.order(rig.talks);
      await rig.fault("answer_lost");
      expect(await calls.place(order)).toMatchObject({ kind: "unknown" });
      await rig.fault("none");
      const repeated = await calls.placeAgain(order);
      expect(await rig.placed(order.callId)).toBe(1);
      const { callId, to, from, agent } = order;
      const found = await calls.dialer.find({ callId, to, from, agent, placedAfter: 0 }, calls.contextOf(callId));
      if (found.kind !== "found" || found.calls[0] === undefined) expect.fail("the call is not found");
      // Whatever a repeat is answered, it never leads to another call.
      if (repeated.kind === "placed") expect(repeated.carrierCallId).toBe(found.calls[0].carrierCallId);
      await calls.dialer.end(found.calls[0].carrierCallId, true);
    });

    it("of unknown outcome that placed nothing is not taken for another's call", async () => {
      const { rig } = calls;
      await calls.placed(calls.order(rig.talks));
      await rig.fault("error_before");
      const order = calls.order(rig.talks);
      const placedAfter = Date.now() - 60_000;
      expect(await calls.place(order)).toMatchObject({ kind: "unknown" });
      await rig.fault("none");
      const { callId, to, from, agent } = order;
      const found = await calls.dialer.find({ callId, to, from, agent, placedAfter }, calls.contextOf(callId));
      expect(found).toEqual({ kind: "found", calls: [] });
    });
  });

  describe("a callback", () => {
    it("that is forged is told from a genuine one, and a repeated one says the same again", async () => {
      const order = calls.order(calls.rig.to.answered ?? "");
      await calls.placed(order);
      await calls.until(order.callId, "ended");
      const genuine = calls.heard.filter(({ callId }) => callId === order.callId);
      const { whileRingingMs, whileAnsweredMs } = calls.dialer.asking;
      if (whileRingingMs === null && whileAnsweredMs === null) expect(genuine.length).toBeGreaterThan(0);
      for (const { request } of genuine) {
        const context = calls.contextOf(order.callId);
        const outcome = await calls.dialer.receive(request, calls.url, context);
        expect(outcome.kind).not.toBe("forged");
        expect(await calls.dialer.receive(request, calls.url, context)).toEqual(outcome);
        for (const forgery of await calls.rig.forgeries(request)) {
          expect(await calls.dialer.receive(forgery, calls.url, context)).toEqual({ kind: "forged" });
        }
      }
    });

    it.each(["", "null", "[]", "{", '{"call":null}', "x=1&y=%", "\u0000"])(
      "of no meaning changes nothing: %j",
      async (body) => {
        const path = `/callbacks/${calls.carrier.name}/ac_1/token`;
        for (const contentType of ["application/json", "application/x-www-form-urlencoded", "text/plain", ""]) {
          const request = { method: "POST", pathAndQuery: path, headers: { "content-type": contentType }, body };
          const outcome = await calls.dialer.receive(request, calls.url, calls.contextOf("ac_1"));
          expect(["forged", "ignored"]).toContain(outcome.kind);
        }
      },
    );
  });

  describe("before anything is stored", () => {
    it("the carrier is asked whether it takes the credentials", async () => {
      const { rig } = calls;
      expect(await calls.dialer.checkAccount()).toEqual({ kind: "fine" });
      const wrong = await connect(rig.wrongAccount, rig.baseUrl).checkAccount();
      expect(wrong).toMatchObject({ kind: "refused", path: expect.any(String) });
      expectNoSecret(wrong, rig.secrets);
    });

    it("the carrier is asked whether the number is the account's", async () => {
      const { from, foreign } = calls.rig;
      expect(await calls.dialer.checkNumber(from)).toEqual({ kind: "fine" });
      if (foreign === null) return;
      expect(await calls.dialer.checkNumber(foreign)).toMatchObject({ kind: "refused" });
    });
  });

  describe("an answer of the carrier's that is of no use", () => {
    let server: ScriptedServer;
    let dialer: Dialer;
    beforeAll(async () => {
      server = await ScriptedServer.start();
      dialer = connect(calls.rig.account, server.url);
    });
    afterAll(() => server.stop());
    afterEach(() => {
      vi.useRealTimers();
    });

    const USELESS: readonly (readonly [string, Answer])[] = [
      ["an error of its own", { status: 500, body: '{"message":"oops"}' }],
      ["no service", { status: 503, body: "<html>" }],
      ["a bad gateway", { status: 502 }],
      ["words that are no JSON", { status: 200, body: "<html>OK</html>" }],
      ["nothing", { status: 200, body: "" }],
      ["null", { status: 200, body: "null" }],
      ["another object", { status: 200, body: '{"hello":"world"}' }],
      ["a list", { status: 200, body: "[]" }],
      ["far too much", { status: 200, body: `{"x":"${"x".repeat(TOO_LONG)}"}` }],
      ["a reset", "reset"],
      ["a reset within the answer", "reset midway"],
    ];
    const silences = [["silence"], ["silence midway"]] as const;

    it.each(USELESS)("leaves the outcome of placing unknown: %s", async (_, answer) => {
      server.answers(answer);
      const outcome = await dialer.place(calls.order("+14155550123"));
      const kind = calls.rig.preparesFirst ? "try_later" : "unknown";
      expect(outcome).toMatchObject({ kind, message: expect.stringMatching(/\w/) });
      expectNoSecret(outcome, calls.rig.secrets);
    });

    it.each(USELESS)("tells nothing of a call: %s", async (_, answer) => {
      server.answers(answer);
      const context = calls.contextOf("ac_1");
      const query = { callId: "ac_1", to: "+14155550123", from: calls.rig.from.number, placedAfter: 0 };
      const outcomes = [
        await dialer.fetch("some-call", context),
        await dialer.find({ ...query, agent: calls.rig.agent }, context),
      ];
      const isEmptyList = typeof answer === "object" && (answer.body ?? "") === calls.rig.emptyList;
      const found = isEmptyList ? "found" : "unavailable";
      expect(outcomes.map(({ kind }) => kind)).toEqual(["unavailable", found]);
      if (isEmptyList) expect(outcomes[1]).toEqual({ kind: "found", calls: [] });
      expectNoSecret(outcomes, calls.rig.secrets);
    });

    it.each(USELESS.filter(([, answer]) => typeof answer === "string" || answer.status >= 500))(
      "leaves a call going on, and stores nothing: %s",
      async (_, answer) => {
        server.answers(answer);
        const outcomes = [await dialer.end("some-call", true), await dialer.checkAccount()];
        expect(outcomes.map(({ kind }) => kind)).toEqual(["unavailable", "unavailable"]);
        expectNoSecret(outcomes, calls.rig.secrets);
      },
    );

    it("does not lead elsewhere with the credentials", async () => {
      const elsewhere = await ScriptedServer.start();
      elsewhere.answers({ status: 200, body: "{}" });
      for (const status of [301, 302, 307, 308]) {
        server.answers({ status, headers: { location: `${elsewhere.url}/stolen` } });
        const outcome = await dialer.place(calls.order("+14155550123"));
        expect(["refused", calls.rig.preparesFirst ? "try_later" : "unknown"]).toContain(outcome.kind);
        expect((await dialer.fetch("some-call", calls.contextOf("ac_1"))).kind).toBe("unavailable");
      }
      expect(elsewhere.received).toEqual([]);
      await elsewhere.stop();
    });

    it.each(silences)("is not waited for longer than a batch does: %s", async (answer) => {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      const asked = server.answersNext(answer);
      const outcome = dialer.place(calls.order("+14155550123"));
      await asked;
      await vi.advanceTimersByTimeAsync(15_000);
      expect(await outcome).toMatchObject({ kind: calls.rig.preparesFirst ? "try_later" : "unknown" });
    });
  });
});

function expectNoSecret(outcome: unknown, secrets: readonly string[]): void {
  const text = JSON.stringify(outcome);
  for (const secret of secrets) expect(text).not.toContain(secret);
}
