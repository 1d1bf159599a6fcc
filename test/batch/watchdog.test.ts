/** What the watchdog does about a call that is due, by what the carrier says of it. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settle } from "../../src/batch/attempts/settle.ts";
import {
  ABSENCE_BELIEVED_AFTER_MS,
  ASK_AT_MOST_MS,
  ASKED_AFTER_THE_END_MS,
  CARRIER_RETRY_MS,
  endsBy,
  QUEUED_AT_MOST_MS,
  RINGING_GRACE_MS,
} from "../../src/batch/attempts/timing.ts";
import { judgeFound, judgeReport, type Verdict } from "../../src/batch/attempts/watchdog.ts";
import type { CallProgress, CallReport } from "../../src/dialer/dialer.ts";
import { but, sampleAttempt, TIMING } from "./samples.ts";

const CALL = "CA1";
const RINGING_OVER = TIMING.ringingMs + RINGING_GRACE_MS;
const known = (progress: CallProgress): CallReport => ({ kind: "known", carrierCallId: CALL, progress });
const unavailable = { kind: "unavailable", message: "no answer" } as const;
const ended = { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: 1 } as const;
const dispatched = sampleAttempt({ carrier_call_id: CALL });
const started = sampleAttempt({ status: "started", carrier_call_id: CALL, answered_at: 10_000 });
const OVER = 10_000 + TIMING.maxDurationMs + ASKED_AFTER_THE_END_MS;

const GOES_ON = { isCancelled: false, hangsUpOnMachines: false, isLatest: true };

const again = (verdict: Verdict) => (verdict.kind === "ask_again" ? verdict : null);
const settled = (verdict: Verdict) => (verdict.kind === "settle" ? verdict.happening : null);

describe("a call of which no callback tells", () => {
  const asked = { ...TIMING, asking: { whileRingingMs: 3_000, whileAnsweredMs: 10_000 } };

  it("is asked about as often as its carrier's adapter says, however often it was asked", () => {
    for (const times of [0, 1, 5, 50]) {
      expect(again(judgeReport(dispatched, known({ kind: "ringing" }), asked, times, 1_000))?.at).toBe(4_000);
      expect(again(judgeReport(dispatched, known({ kind: "waiting" }), asked, times, 1_000))?.at).toBe(4_000);
      expect(again(judgeReport(started, known({ kind: "answered" }), asked, times, 20_000))?.at).toBe(30_000);
    }
  });

  it("is ended no later than any other", () => {
    expect(again(judgeReport(dispatched, known({ kind: "ringing" }), asked, 9, RINGING_OVER + 1))?.end).toBe("cancel");
    expect(again(judgeReport(started, known({ kind: "answered" }), asked, 9, OVER))?.end).toBe("hang_up");
  });
});

describe("a call that the carrier knows", () => {
  it("is settled when it is over", () => {
    const happening = { kind: "progress", carrierCallId: CALL, progress: ended };
    expect(settled(judgeReport(started, known(ended), TIMING, 0, 0))).toEqual(happening);
  });

  it("is taken as answered when no word of that came through", () => {
    expect(settled(judgeReport(dispatched, known({ kind: "answered" }), TIMING, 0, 0))).toMatchObject({
      progress: { kind: "answered" },
    });
  });

  it("is asked about less and less often while it talks", () => {
    const long = { ...TIMING, maxDurationMs: 8 * 3_600_000 };
    const waits = [0, 1, 2, 3, 9].map((asked) =>
      again(judgeReport(started, known({ kind: "answered" }), long, asked, 20_000)),
    );
    expect(waits.map((one) => (one?.at ?? 0) - 20_000)).toEqual([
      120_000,
      240_000,
      480_000,
      ASK_AT_MOST_MS,
      ASK_AT_MOST_MS,
    ]);
    expect(waits.every((one) => one?.end === null)).toBe(true);
  });

  it.each(["ringing", "waiting"] as const)(
    "talks on where its answer was reported, and the carrier says: %s",
    (kind) => {
      const verdict = (now: number) => again(judgeReport(started, known({ kind }), TIMING, 3, now, true));
      expect(verdict(RINGING_OVER + 1)?.end).toBeNull();
      expect(verdict(endsBy(10_000, TIMING))?.end).toBe("hang_up");
    },
  );

  it("is hung up when it talks longer than it may, and not before", () => {
    const endAt = endsBy(10_000, TIMING);
    expect(again(judgeReport(started, known({ kind: "answered" }), TIMING, 3, endAt - 1))?.end).toBeNull();
    expect(again(judgeReport(started, known({ kind: "answered" }), TIMING, 3, endAt))).toEqual({
      kind: "ask_again",
      at: endAt + CARRIER_RETRY_MS,
      end: "hang_up",
    });
  });

  it.each([1, 4, 10, 60, 480])(
    "of %i minutes at most is too long by at most 15 s, whatever was asked before and whatever the carrier's limit does",
    (minutes) => {
      const timing = { ...TIMING, maxDurationMs: minutes * 60_000 };
      const answered = settle(
        dispatched,
        { kind: "progress", carrierCallId: CALL, progress: { kind: "answered" } },
        timing,
        GOES_ON,
        5,
      );
      let [now, asked] = [answered?.due_at ?? 0, 0];
      for (;;) {
        const verdict = again(judgeReport(answered ?? started, known({ kind: "answered" }), timing, asked, now));
        if (verdict?.end === "hang_up") break;
        now = verdict?.at ?? Number.POSITIVE_INFINITY;
        asked += 1;
      }
      expect(now - 5 - timing.maxDurationMs).toBeGreaterThan(0);
      expect(now - 5 - timing.maxDurationMs).toBeLessThan(15_000);
    },
  );

  it("that a human cancelled is hung up on again while it talks", () => {
    const cancelled = but(started, { ended_because: "api_cancelled" });
    expect(again(judgeReport(cancelled, known({ kind: "answered" }), TIMING, 3, 20_000))?.end).toBe("hang_up");
  });

  it.each([
    ["its batch was cancelled", dispatched, true, "withdraw"],
    ["a human cancelled it", but(dispatched, { ended_because: "api_cancelled" }), false, "withdraw"],
    ["nobody cancelled it", dispatched, false, null],
  ] as const)("is taken out of the carrier's queue where %s", (_, row, isCancelled, end) => {
    const verdict = again(judgeReport(row, known({ kind: "waiting" }), TIMING, 0, 1_000, isCancelled));
    expect(verdict?.end).toBe(end);
    // A phone that rings is not hung up on.
    expect(again(judgeReport(row, known({ kind: "ringing" }), TIMING, 0, 1_000, isCancelled))?.end).toBeNull();
  });

  it("is hung up on again while it talks, where a machine answered it", () => {
    const machine = but(started, { answered_by: "machine", ended_because: "dial_no_answer" });
    const report = known({ kind: "answered", answeredBy: "machine" });
    expect(again(judgeReport(machine, report, TIMING, 3, 20_000))).toEqual({
      kind: "ask_again",
      at: 20_000 + CARRIER_RETRY_MS,
      end: "hang_up",
    });
  });

  it("is settled where it is told only now who answered", () => {
    const report = known({ kind: "answered", answeredBy: "machine" });
    expect(settled(judgeReport(started, report, TIMING, 0, 20_000))).toMatchObject({
      progress: { answeredBy: "machine" },
    });
    const doubted = but(started, { answered_by: "unknown" });
    expect(settled(judgeReport(doubted, report, TIMING, 0, 20_000))).toMatchObject({
      progress: { answeredBy: "machine" },
    });
    const stillDoubted = known({ kind: "answered", answeredBy: "unknown" });
    expect(settled(judgeReport(doubted, stillDoubted, TIMING, 0, 20_000))).toBeNull();
    expect(settled(judgeReport(but(started, { answered_by: "human" }), report, TIMING, 0, 20_000))).toBeNull();
  });

  it("is cancelled when it rings longer than it may, and not before", () => {
    const early = again(judgeReport(dispatched, known({ kind: "ringing" }), TIMING, 0, 1_000));
    expect(early).toEqual({ kind: "ask_again", at: RINGING_OVER, end: null });
    expect(again(judgeReport(dispatched, known({ kind: "ringing" }), TIMING, 0, RINGING_OVER + 1))?.end).toBe("cancel");
  });

  it("may wait in the carrier's queue for a day; then it is taken out", () => {
    const waiting = (now: number) => again(judgeReport(dispatched, known({ kind: "waiting" }), TIMING, 5, now));
    expect(waiting(10 * RINGING_OVER)).toMatchObject({ end: null });
    expect(waiting(QUEUED_AT_MOST_MS)).toMatchObject({ end: null });
    expect(waiting(QUEUED_AT_MOST_MS + 1)).toMatchObject({ end: "withdraw" });
  });

  it.each([
    ["the carrier says since when it rings", QUEUED_AT_MOST_MS - 5_000, 0],
    ["the carrier has said that it waits", undefined, QUEUED_AT_MOST_MS - 5_000],
  ])("that has waited in the carrier's queue rings for as long as any other, where %s", (_, since, waitedAt) => {
    const progress = { kind: "ringing", ...(since === undefined ? {} : { since }) } as const;
    const at = (now: number) =>
      again(judgeReport(dispatched, known(progress), TIMING, 9, now, false, { waitedAt, toldToEndAt: null }));
    const over = QUEUED_AT_MOST_MS - 5_000 + RINGING_OVER;
    expect(at(QUEUED_AT_MOST_MS)).toEqual({ kind: "ask_again", at: over, end: null });
    expect(at(over + 1)?.end).toBe("cancel");
  });

  it("and has waited in its queue is not given up because the carrier is silent for a moment", () => {
    const now = 2 * 3_600_000;
    expect(
      again(judgeReport(dispatched, unavailable, TIMING, 9, now, false, { waitedAt: now - 60_000, toldToEndAt: null })),
    ).not.toBeNull();
  });

  it.each([
    ["answered", started, OVER],
    ["ringing", dispatched, RINGING_OVER + TIMING.maxDurationMs + ASKED_AFTER_THE_END_MS],
    ["waiting", dispatched, QUEUED_AT_MOST_MS + ASKED_AFTER_THE_END_MS],
  ] as const)("is given up where the carrier says for ever that it is %s, and ends nothing", (kind, row, over) => {
    const at = (now: number, toldToEndAt: number | null) =>
      judgeReport(row, known({ kind }), TIMING, 9, now, false, { waitedAt: 0, toldToEndAt });
    expect(again(at(over, 0))?.end).not.toBeNull();
    // The batch's object did not run meanwhile, so nobody has ended the call.
    expect(again(at(over + 1, null))?.end).not.toBeNull();
    // It was told late: the carrier may refuse it for a while, or carry it out later.
    expect(again(at(over + ASKED_AFTER_THE_END_MS, over))?.end).not.toBeNull();
    expect(settled(at(over + 1, 0))).toMatchObject({
      kind: "lost_sight_of",
      message: expect.stringMatching(/goes on.*not known/),
    });
  });
});

describe("a carrier that does not say", () => {
  it("is asked again until the call cannot be up any more; then its outcome is not known", () => {
    expect(again(judgeReport(started, unavailable, TIMING, 0, OVER))?.at).toBe(OVER + CARRIER_RETRY_MS);
    expect(settled(judgeReport(started, unavailable, TIMING, 0, OVER + 1))).toMatchObject({ kind: "lost_sight_of" });
  });

  it("says that the call is over and not how is asked again, while the word of that is under way", () => {
    const undecided = { kind: "undecided" } as const;
    expect(again(judgeReport(started, undecided, TIMING, 0, 20_000))).toEqual({
      kind: "ask_again",
      at: 20_000 + CARRIER_RETRY_MS,
      end: null,
    });
    expect(settled(judgeReport(started, undecided, TIMING, 0, OVER + 1))).toMatchObject({ kind: "lost_sight_of" });
  });

  it("knows no such call: its outcome is not known", () => {
    const now = ABSENCE_BELIEVED_AFTER_MS;
    expect(settled(judgeReport(started, { kind: "absent" }, TIMING, 0, now))).toMatchObject({ kind: "lost_sight_of" });
  });

  it("does not believe so of a call that it has just accepted", () => {
    const absent = { kind: "absent" } as const;
    const believedAt = ABSENCE_BELIEVED_AFTER_MS;
    for (const row of [dispatched, started]) {
      expect(judgeReport(row, absent, TIMING, 0, believedAt - 1)).toEqual({
        kind: "ask_again",
        at: believedAt,
        end: null,
      });
    }
    expect(settled(judgeReport(dispatched, absent, TIMING, 0, believedAt))).toMatchObject({ kind: "lost_sight_of" });
  });

  it("leaves a request whose answer was lost open until no call of it can be up any more", () => {
    const intent = sampleAttempt();
    const overBy = RINGING_OVER + TIMING.maxDurationMs + ASKED_AFTER_THE_END_MS;
    expect(again(judgeFound(intent, unavailable, new Set(), TIMING, 0, overBy))).not.toBeNull();
    expect(settled(judgeFound(intent, unavailable, new Set(), TIMING, 0, overBy + 1))).toMatchObject({
      kind: "unknowable",
      message: expect.stringMatching(/not certain whether a call was placed.*could not be asked.*Retry dials it again/),
    });
  });
});

describe("a request whose answer was lost", () => {
  const intent = sampleAttempt({ error_message: "503" });
  const found = (...ids: string[]) => ({
    kind: "found" as const,
    calls: ids.map((carrierCallId) => ({ carrierCallId, progress: { kind: "ringing" } as const })),
  });

  it("belongs to the call that the carrier lists", () => {
    expect(settled(judgeFound(intent, found(CALL), new Set(), TIMING, 0, 0))).toEqual({
      kind: "progress",
      carrierCallId: CALL,
      progress: { kind: "ringing" },
    });
  });

  it("does not take another attempt's call for its own", () => {
    expect(settled(judgeFound(intent, found("CA_other", CALL), new Set(["CA_other"]), TIMING, 0, 0))).toMatchObject({
      carrierCallId: CALL,
    });
    expect(again(judgeFound(intent, found("CA_other"), new Set(["CA_other"]), TIMING, 0, 0))).not.toBeNull();
  });

  it("is only believed to have placed nothing when no request can be on its way any more", () => {
    expect(judgeFound(intent, found(), new Set(), TIMING, 0, ABSENCE_BELIEVED_AFTER_MS - 1)).toEqual({
      kind: "ask_again",
      at: ABSENCE_BELIEVED_AFTER_MS,
      end: null,
    });
    expect(settled(judgeFound(intent, found(), new Set(), TIMING, 0, ABSENCE_BELIEVED_AFTER_MS))).toMatchObject({
      kind: "unknowable",
      message: expect.stringMatching(/not certain.*503.*lists no call/),
    });
  });
});

describe("every verdict", () => {
  const progress: fc.Arbitrary<CallProgress> = fc.constantFrom<CallProgress>(
    { kind: "waiting" },
    { kind: "ringing" },
    { kind: "answered" },
    ended,
  );
  const report: fc.Arbitrary<CallReport> = fc.oneof(
    progress.map(known),
    fc.constantFrom<CallReport>({ kind: "absent" }, { kind: "undecided" }, unavailable),
  );

  it("settles, or asks again later than now and within an hour", () => {
    fc.assert(
      fc.property(report, fc.nat(40), fc.nat(5_000_000), fc.boolean(), (said, asked, now, isStarted) => {
        const verdict = judgeReport(isStarted ? started : dispatched, said, TIMING, asked, now);
        if (verdict.kind === "settle") return;
        expect(verdict.at).toBeGreaterThan(now);
        expect(verdict.at).toBeLessThanOrEqual(now + 3_600_000);
      }),
    );
  });
});
