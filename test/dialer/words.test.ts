import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { END_REASONS } from "../../src/calling/words/call.ts";
import { MAX_TIME_LIMIT_SECONDS, progressOf, timeLimitOf } from "../../src/dialer/twilio/words.ts";
import { sampleContext } from "./samples.ts";

/** Every status of Twilio's call resource, and `initiated`, which only callbacks say. */
const GOING_ON = [
  ["queued", "waiting"],
  ["initiated", "ringing"],
  ["ringing", "ringing"],
  ["in-progress", "answered"],
] as const;
const NOT_CONNECTED = [
  ["busy", "dial_busy"],
  ["no-answer", "dial_no_answer"],
  ["failed", "dial_failed"],
  ["canceled", "dial_failed"],
] as const;
const WORDS: readonly string[] = ["completed", ...[...GOING_ON, ...NOT_CONNECTED].map(([word]) => word)];

const endReason = fc.constantFrom(...END_REASONS);
const seconds = fc.option(fc.nat({ max: 20_000 }));
const context = fc.record({
  maxDurationSeconds: fc.integer({ min: 60, max: 28_800 }),
  answered: fc.boolean(),
  endedBecause: fc.option(endReason),
  agentClosed: fc.boolean(),
});

describe("a call that goes on", () => {
  it.each(GOING_ON)("%s is %s", (word, kind) => {
    expect(progressOf(word, null, sampleContext())).toEqual({ kind });
  });

  it.each(GOING_ON)("%s says nothing of an end, whatever else is known", (word, kind) => {
    const known = sampleContext({ endedBecause: "api_cancelled", agentClosed: true });
    expect(progressOf(word, 12, known)).toEqual({ kind });
  });
});

describe("a call that never connected", () => {
  it.each(NOT_CONNECTED)("%s ends with %s", (word, endReason) => {
    const ended = { kind: "ended", completed: false, endReason, durationSeconds: null };
    expect(progressOf(word, null, sampleContext())).toEqual(ended);
    expect(progressOf(word, 0, sampleContext({ agentClosed: true }))).toEqual(ended);
  });

  it.each(END_REASONS)("canceled by us ends with our reason: %s", (endedBecause) => {
    expect(progressOf("canceled", null, sampleContext({ endedBecause }))).toEqual({
      kind: "ended",
      completed: false,
      endReason: endedBecause,
      durationSeconds: null,
    });
  });

  it.each(["busy", "no-answer", "failed"])("%s stays what it is though we wanted to end the call", (word) => {
    const ours = progressOf(word, null, sampleContext({ endedBecause: "api_cancelled" }));
    expect(ours).toEqual(progressOf(word, null, sampleContext()));
  });
});

describe("a completed call", () => {
  it.each([
    ["the callee hung up", 42, {}, "client_hangup"],
    ["the callee hung up at once", 0, {}, "client_hangup"],
    ["the callee hung up, its duration unknown", null, {}, "client_hangup"],
    ["the agent closed the audio", 42, { agentClosed: true }, "agent_hangup"],
    ["the agent closed it, its duration unknown", null, { agentClosed: true }, "agent_hangup"],
    ["it lasted a little less than the limit", 598, {}, "client_hangup"],
    ["it reached the limit but for a second", 599, {}, "max_duration"],
    ["it reached the limit", 600, {}, "max_duration"],
    ["it went beyond the limit", 601, {}, "max_duration"],
    ["it reached the limit and the agent closed", 600, { agentClosed: true }, "max_duration"],
    ["it reached Twilio's limit below ours", 14_399, { maxDurationSeconds: 28_800 }, "max_duration"],
    ["it came near Twilio's limit below ours", 14_398, { maxDurationSeconds: 28_800 }, "client_hangup"],
    ["we ended it", 42, { endedBecause: "api_cancelled" }, "api_cancelled"],
    ["we ended it for its silence", 42, { endedBecause: "inactivity", agentClosed: true }, "inactivity"],
    ["we ended it at its limit", 600, { endedBecause: "api_cancelled" }, "api_cancelled"],
  ] as const)("%s", (_, durationSeconds, fields, endReason) => {
    expect(progressOf("completed", durationSeconds, sampleContext(fields))).toEqual({
      kind: "ended",
      completed: true,
      endReason,
      durationSeconds,
    });
  });
});

describe("a word that Twilio's documentation does not have", () => {
  it.each(["", "answered", "Completed", "COMPLETED", "completed ", "no_answer", "noanswer", "cancelled", "unknown"])(
    "%j means nothing",
    (word) => {
      expect(progressOf(word, 42, sampleContext())).toBeNull();
    },
  );

  test("means nothing, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...WORDS)), seconds, context, (word, duration, known) => {
        expect(progressOf(word, duration, known) === null).toBe(!WORDS.includes(word));
      }),
    );
  });
});

describe("any word", () => {
  test("completes a call only where Twilio says completed", () => {
    fc.assert(
      fc.property(fc.constantFrom(...WORDS), seconds, context, (word, duration, known) => {
        const progress = progressOf(word, duration, known);
        expect(progress?.kind === "ended" && progress.completed).toBe(word === "completed");
      }),
    );
  });
});

describe("the time limit asked for", () => {
  it.each([
    [60, 60],
    [14_399, 14_399],
    [14_400, 14_400],
    [14_401, 14_400],
    [28_800, 14_400],
  ])("of %i seconds is %i", (wanted, asked) => {
    expect(timeLimitOf(wanted)).toBe(asked);
  });

  it("is at most the four hours of an account without an agreement", () => {
    expect(MAX_TIME_LIMIT_SECONDS).toBe(4 * 60 * 60);
  });
});
