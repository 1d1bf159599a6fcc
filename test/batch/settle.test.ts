/** What each happening makes of an attempt, in each status in which one can be in flight. */

import { describe, expect, it } from "vitest";
import { canSettle, type Happening, type Intention, settle } from "../../src/batch/attempts/settle.ts";
import { LATE_WORD_MS, UNKNOWN_FIRST_LOOK_MS } from "../../src/batch/attempts/timing.ts";
import { isOver, RECIPIENT_STATUSES } from "../../src/calling/words/recipient.ts";
import { ANSWERED_BY, type AnsweredBy } from "../../src/calling/words/voicemail.ts";
import type { CallProgress } from "../../src/dialer/dialer.ts";
import { but, sampleAttempt, TIMING } from "./samples.ts";

const NOW = 1_000_000;
const CALL = "CA1";

const waiting = { kind: "waiting" } as const;
const ringing = { kind: "ringing" } as const;
const answered = { kind: "answered" } as const;
const completed = { kind: "ended", completed: true, endReason: "client_hangup", durationSeconds: 7 } as const;
const busy = { kind: "ended", completed: false, endReason: "dial_busy", durationSeconds: null } as const;
const GOES_ON: Intention = { isCancelled: false, hangsUpOnMachines: false, isLatest: true };
const HANGS_UP: Intention = { isCancelled: false, hangsUpOnMachines: true, isLatest: true };
const says = (progress: CallProgress, carrierCallId = CALL): Happening => ({
  kind: "progress",
  carrierCallId,
  progress,
});

const HAPPENINGS = {
  placed: { kind: "placed", carrierCallId: CALL },
  waiting: says(waiting),
  ringing: says(ringing),
  answered: says(answered),
  completed: says(completed),
  busy: says(busy),
  foreign: says(completed, "CA_foreign"),
  refused: { kind: "refused", code: "21211", message: "no such number" },
  deferred: { kind: "deferred", until: NOW + 5_000, message: "slow down" },
  unanswered: { kind: "unanswered", message: "reset" },
  unknowable: { kind: "unknowable", message: "who knows" },
  lost_sight_of: { kind: "lost_sight_of", message: "gone" },
} as const satisfies Record<string, Happening>;
type Name = keyof typeof HAPPENINGS;

const BEFORE = {
  /** The request was sent; nothing came back. */
  intent: sampleAttempt(),
  /** The carrier named its call. */
  placed: sampleAttempt({ carrier_call_id: CALL }),
  answered: sampleAttempt({ status: "started", carrier_call_id: CALL, answered_at: 5 }),
};
type Before = keyof typeof BEFORE;

/** The status afterwards; null: nothing changes. */
const AFTER: Record<Before, Record<Name, string | null>> = {
  intent: {
    placed: "dispatched",
    waiting: "dispatched",
    ringing: "dispatched",
    answered: "started",
    completed: "completed",
    busy: "failed",
    // Nothing was heard of another call yet, so this one is the attempt's.
    foreign: "completed",
    refused: "failed",
    deferred: "queued",
    unanswered: "dispatched",
    unknowable: "failed",
    lost_sight_of: "failed",
  },
  placed: {
    placed: null,
    waiting: null,
    ringing: null,
    answered: "started",
    completed: "completed",
    busy: "failed",
    foreign: null,
    refused: null,
    deferred: null,
    unanswered: null,
    unknowable: null,
    lost_sight_of: "failed",
  },
  answered: {
    placed: null,
    waiting: null,
    ringing: null,
    answered: null,
    completed: "completed",
    busy: "failed",
    foreign: null,
    refused: null,
    deferred: null,
    unanswered: null,
    unknowable: null,
    lost_sight_of: "failed",
  },
};

const everyPair = (Object.keys(BEFORE) as Before[]).flatMap((before) =>
  (Object.keys(HAPPENINGS) as Name[]).map((name) => ({ before, name })),
);

describe("settling an attempt", () => {
  it.each(everyPair)("$before, $name", ({ before, name }) => {
    const after = settle(BEFORE[before], HAPPENINGS[name], TIMING, GOES_ON, NOW);
    expect(after?.status ?? null).toBe(AFTER[before][name]);
    if (after !== null) expect(after.updated_at).toBe(NOW);
  });

  it.each(RECIPIENT_STATUSES.filter((status) => !canSettle(status)))("never changes what is %s", (status) => {
    const row = sampleAttempt({
      status,
      ...(isOver(status) && status !== "cancelled" ? { carrier_call_id: CALL } : {}),
    });
    for (const happening of Object.values(HAPPENINGS)) {
      expect(settle(row, happening, TIMING, GOES_ON, NOW)).toBeNull();
    }
  });

  it("keeps why it waits and until when, if the carrier says not now", () => {
    expect(settle(BEFORE.intent, HAPPENINGS.deferred, TIMING, GOES_ON, NOW)).toMatchObject({
      due_at: NOW + 5_000,
      error_message: "slow down",
      deferred_since: NOW,
    });
    const again = settle({ ...BEFORE.intent, deferred_since: 7 }, HAPPENINGS.deferred, TIMING, GOES_ON, NOW);
    expect(again?.deferred_since).toBe(7);
  });

  it("puts nobody back into the queue of a cancelled batch", () => {
    const after = settle(BEFORE.intent, HAPPENINGS.deferred, TIMING, { ...GOES_ON, isCancelled: true }, NOW);
    expect(after).toMatchObject({ status: "cancelled", due_at: null });
  });

  it("looks soon at a request whose outcome is unknown, and forgets the worry when the call shows up", () => {
    const unknown = settle(BEFORE.intent, HAPPENINGS.unanswered, TIMING, GOES_ON, NOW);
    expect(unknown).toMatchObject({ error_message: "reset", due_at: NOW + UNKNOWN_FIRST_LOOK_MS });
    if (unknown === null) return;
    expect(settle(unknown, HAPPENINGS.ringing, TIMING, GOES_ON, NOW)).toMatchObject({
      error_message: null,
      carrier_call_id: CALL,
    });
  });

  it("reckons the instant of the answer from the duration where no word of it came", () => {
    const late = sampleAttempt({ dispatched_at: NOW - 20_000 });
    expect(settle(late, HAPPENINGS.completed, TIMING, GOES_ON, NOW)?.answered_at).toBe(NOW - 7_000);
    const quick = sampleAttempt({ dispatched_at: NOW - 3_000 });
    expect(settle(quick, HAPPENINGS.completed, TIMING, GOES_ON, NOW)?.answered_at).toBe(NOW - 3_000);
    expect(settle(BEFORE.answered, HAPPENINGS.completed, TIMING, GOES_ON, NOW)?.answered_at).toBe(5);
    expect(settle(late, HAPPENINGS.busy, TIMING, GOES_ON, NOW)?.answered_at).toBeNull();
  });

  it.each([
    ["at once", 7_000, NOW],
    ["as late as rounding and a report's way can make it", 9_000, NOW],
    ["long after it, as by the watchdog", 600_000, NOW - 593_000],
  ])("reckons the instant of the end from the duration where it is reported %s", (_, agoMs, ended_at) => {
    const talking = but(BEFORE.answered, { dispatched_at: NOW - 700_000, answered_at: NOW - agoMs });
    const after = settle(talking, HAPPENINGS.completed, TIMING, GOES_ON, NOW);
    expect(after).toMatchObject({ answered_at: NOW - agoMs, ended_at, updated_at: NOW });
    const untold = says({ ...completed, durationSeconds: null });
    expect(settle(talking, untold, TIMING, GOES_ON, NOW)?.ended_at).toBe(NOW);
  });
});

it("is asked about soon where no callback tells how the call goes", () => {
  const asked = { ...TIMING, asking: { whileRingingMs: 3_000, whileAnsweredMs: 10_000 } };
  expect(settle(BEFORE.intent, HAPPENINGS.placed, asked, GOES_ON, 1_000)?.due_at).toBe(4_000);
  expect(settle(BEFORE.placed, HAPPENINGS.answered, asked, GOES_ON, 1_000)?.due_at).toBe(11_000);
  expect(settle(BEFORE.placed, HAPPENINGS.answered, TIMING, GOES_ON, 1_000)?.due_at).toBe(1_000 + TIMING.checkMs);
});

describe("who answered", () => {
  const told = (answeredBy: AnsweredBy) => says({ ...answered, answeredBy });
  const hungUpOn = but(BEFORE.answered, { answered_by: "machine", ended_because: "dial_no_answer" });

  it.each(ANSWERED_BY)("%s: is kept, and without the order to hang up nothing else follows", (by) => {
    const after = settle(BEFORE.answered, told(by), TIMING, GOES_ON, NOW);
    expect(after).toEqual({ ...BEFORE.answered, answered_by: by, updated_at: NOW });
  });

  it("a machine that is to be hung up on is due at once", () => {
    const after = settle(BEFORE.answered, told("machine"), TIMING, HANGS_UP, NOW);
    expect(after).toMatchObject({ status: "started", ended_because: "dial_no_answer", due_at: NOW });
    for (const by of ["human", "unknown"] as const) {
      expect(settle(BEFORE.answered, told(by), TIMING, HANGS_UP, NOW)).toMatchObject({ ended_because: null });
    }
  });

  it("also says that the call was answered, where that word was lost or is late", () => {
    expect(settle(BEFORE.placed, told("machine"), TIMING, HANGS_UP, NOW)).toMatchObject({
      status: "started",
      answered_at: NOW,
      answered_by: "machine",
      due_at: NOW,
    });
  });

  it("is said once: a second word, and a word about another call, change nothing", () => {
    expect(settle(hungUpOn, told("human"), TIMING, HANGS_UP, NOW)).toBeNull();
    expect(settle(hungUpOn, says(answered), TIMING, HANGS_UP, NOW)).toBeNull();
    const foreign = says({ ...answered, answeredBy: "machine" }, "CA_foreign");
    expect(settle(BEFORE.placed, foreign, TIMING, HANGS_UP, NOW)).toBeNull();
  });

  it.each([
    ["unknown", "machine", "machine"],
    ["unknown", "human", "human"],
    ["unknown", "unknown", "unknown"],
    ["machine", "unknown", "machine"],
    ["human", "unknown", "human"],
    ["human", "machine", "human"],
    ["machine", "human", "machine"],
  ] as const)("%s, then %s: it is %s, while the call goes on and with its end", (first, second, known) => {
    const before = but(BEFORE.answered, { answered_by: first });
    const after = settle(before, told(second), TIMING, HANGS_UP, NOW);
    expect(after?.answered_by ?? null).toBe(known === first ? null : known);
    if (after !== null && known === "machine")
      expect(after).toMatchObject({ ended_because: "dial_no_answer", due_at: NOW });
    const atItsEnd = says({ ...completed, answeredBy: second });
    const status = known === "machine" ? "failed" : "completed";
    expect(settle(before, atItsEnd, TIMING, HANGS_UP, NOW)).toMatchObject({ status, answered_by: known });
  });

  it("a call to a machine ends as one that nobody answered, whoever ended it", () => {
    const unreached = { status: "failed", end_reason: "dial_no_answer", answered_by: "machine" };
    expect(settle(hungUpOn, HAPPENINGS.completed, TIMING, HANGS_UP, NOW)).toMatchObject(unreached);
    const atItsEnd = says({ ...completed, answeredBy: "machine" });
    expect(settle(BEFORE.answered, atItsEnd, TIMING, HANGS_UP, NOW)).toMatchObject(unreached);
    expect(settle(BEFORE.answered, atItsEnd, TIMING, GOES_ON, NOW)).toMatchObject({
      status: "completed",
      end_reason: "client_hangup",
      answered_by: "machine",
    });
  });

  describe("after the end", () => {
    const over = but(BEFORE.answered, {
      status: "completed",
      answered_at: 5,
      ended_at: NOW - 1_000,
      end_reason: "client_hangup",
    });
    const unreached = { status: "failed", end_reason: "dial_no_answer", answered_by: "machine", updated_at: NOW };

    it.each([
      ["by a word of its own", told("machine")],
      ["with an end that is told again", says({ ...completed, answeredBy: "machine" })],
    ])("a machine makes of it what it would have made before: %s", (_, word) => {
      expect(settle(over, word, TIMING, HANGS_UP, NOW)).toEqual({ ...over, ...unreached });
    });

    it.each([
      ["where the agent goes on with machines", over, GOES_ON],
      ["where the recipient has been called again", over, { ...HANGS_UP, isLatest: false }],
      ["where a human had ended it", but(over, { ended_because: "api_cancelled" }), HANGS_UP],
      ["where it had failed", but(over, { status: "failed", ended_at: NOW - 1_000, end_reason: "error" }), HANGS_UP],
      ["an hour later", but(over, { ended_at: NOW - LATE_WORD_MS - 1 }), HANGS_UP],
    ] as const)("it is only marked %s", (_, row, intention) => {
      expect(settle(row, told("machine"), TIMING, intention, NOW)).toEqual({
        ...row,
        answered_by: "machine",
        updated_at: NOW,
      });
    });

    it("a person is marked, and whoever is known stays", () => {
      expect(settle(over, told("human"), TIMING, HANGS_UP, NOW)).toEqual({
        ...over,
        answered_by: "human",
        updated_at: NOW,
      });
      expect(settle(but(over, { answered_by: "human" }), told("machine"), TIMING, HANGS_UP, NOW)).toBeNull();
      const foreign = says({ ...answered, answeredBy: "machine" }, "CA_foreign");
      expect(settle(over, foreign, TIMING, HANGS_UP, NOW)).toBeNull();
    });
  });

  it("a human's cancelling comes before it", () => {
    const cancelled = but(BEFORE.answered, { ended_because: "api_cancelled" });
    const after = settle(cancelled, told("machine"), TIMING, HANGS_UP, NOW);
    expect(after).toMatchObject({ answered_by: "machine", ended_because: "api_cancelled" });
    const ends = says({ ...completed, endReason: "api_cancelled", answeredBy: "machine" });
    expect(settle(after ?? cancelled, ends, TIMING, HANGS_UP, NOW)).toMatchObject({
      status: "completed",
      end_reason: "api_cancelled",
    });
  });
});
