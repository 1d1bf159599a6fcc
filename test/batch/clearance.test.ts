/** What a batch makes of its organization's answers: nobody is dialed on one that is too old, or that a rule has overtaken. */

import { describe, expect, it } from "vitest";
import type { NextUp as Next } from "../../src/batch/people/queue.ts";
import { Clearance, type Question } from "../../src/batch/slots/clearance.ts";
import { byClockOf, type Candidate, type ClearanceAnswer, type Verdict } from "../../src/calling/messages/clearance.ts";
import { present } from "../../src/calling/requests/assert.ts";

const NOW = 1_000_000;
const LINE: readonly Next[] = [0, 1, 2, 3].map((position) => ({ kind: "first", position, attempt: 1 }));
const candidate = (position: number): Candidate => ({
  position,
  attempt: 1,
  number: `+1415555000${position}`,
  timezone: null,
});
const answerOf = (verdicts: readonly Verdict[], isFree = false): ClearanceAnswer => ({
  verdicts,
  isFree,
  isRemembered: true,
  decidedAt: NOW,
});
const clear: Verdict = { kind: "clear", at: NOW };

/** Questions are answered when the test says so, as soon as they were asked. */
function organization() {
  const clearance = new Clearance();
  let question: Question | null = null;
  let askedAt = NOW;
  const ask = (candidates: readonly Candidate[], atMost: number, now: number) => {
    question = clearance.ask(candidates, atMost, now);
    askedAt = now;
  };
  const last = () => ({
    question: present(question, "something was asked"),
    answer: (answer: ClearanceAnswer, heardAt = askedAt) => clearance.answered(answer, heardAt).answer,
  });
  return { clearance, ask, last };
}
const whom = (clearance: Clearance, now = NOW): number[] =>
  clearance.toDial(LINE, 10, now).map(({ position }) => position);

describe("an answer that clears two of three", () => {
  function answered() {
    const { clearance, ask, last } = organization();
    ask([0, 1, 2].map(candidate), 3, NOW);
    last().answer(answerOf([clear, { kind: "barred" }, clear]));
    return { clearance, ask, last };
  }

  it("lets those two be dialed, for five seconds from the question on", () => {
    const { clearance } = answered();
    expect([whom(clearance), whom(clearance, NOW + 4_999), whom(clearance, NOW + 5_000)]).toEqual([[0, 2], [0, 2], []]);
  });

  it("is told of those who were cleared and not dialed in time", () => {
    const { clearance, ask, last } = answered();
    clearance.used(0);
    whom(clearance, NOW + 5_000);
    expect(clearance.hasToSpeak(false, NOW + 5_000)).toBe(true);
    ask([], 0, NOW + 5_000);
    expect(last().question.unused.map(({ position }) => position)).toEqual([2]);
  });

  it("counts no more when a rule is new", () => {
    const { clearance, ask, last } = answered();
    clearance.forget();
    expect(whom(clearance)).toEqual([]);
    ask([candidate(0)], 1, NOW);
    expect(last().question.unused.map(({ position }) => position)).toEqual([0, 2]);
  });
});

describe("a new rule that overtakes the answer to a question from before it", () => {
  it("lets nobody be dialed on it, and tells the organization that nothing came of it", () => {
    const { clearance, ask, last } = organization();
    ask([0, 1].map(candidate), 2, NOW);
    // The batch hears of the rule while the answer, which knows nothing of it, is still under way.
    clearance.forget();
    last().answer(answerOf([clear, clear]));
    expect(whom(clearance)).toEqual([]);
    ask([0, 1].map(candidate), 2, NOW + 10);
    expect(last().question.unused.map(({ position }) => position)).toEqual([0, 1]);
    last().answer(answerOf([{ kind: "barred" }, clear]));
    expect(whom(clearance, NOW + 10)).toEqual([1]);
  });

  it("does not let everybody be dialed because there was no rule then", () => {
    const { clearance, ask, last } = organization();
    ask([], 0, NOW);
    clearance.forget();
    last().answer(answerOf([], true));
    expect([clearance.isFree(NOW), whom(clearance)]).toEqual([false, []]);
  });
});

it("where there is no rule everybody may be dialed for 20 s, and it is asked again before that is over", () => {
  const { clearance, ask, last } = organization();
  expect(whom(clearance)).toEqual([]);
  ask([candidate(0)], 1, NOW);
  last().answer(answerOf([clear], true));
  expect(whom(clearance, NOW + 19_999)).toEqual([0, 1, 2, 3]);
  expect([10_000, 10_001].map((ms) => clearance.hasToSpeak(true, NOW + ms))).toEqual([false, true]);
  expect(clearance.isFree(NOW + 20_000)).toBe(false);
});

it("while a question is under way nobody else is asked for", () => {
  const { clearance, ask, last } = organization();
  ask([candidate(0)], 1, NOW);
  expect(clearance.toAskFor(LINE, 4, NOW)).toEqual({ picks: [], atMost: 0 });
  expect(clearance.hasToSpeak(true, NOW)).toBe(false);
  last().answer(answerOf([clear]));
  expect(clearance.toAskFor(LINE, 4, NOW).picks.map(({ position }) => position)).toEqual([1, 2, 3]);
});

it("an answer that never comes lets nobody be dialed, and the next question can be asked", () => {
  const { clearance, ask } = organization();
  ask([candidate(0)], 1, NOW);
  clearance.unanswered();
  expect(whom(clearance)).toEqual([]);
  expect(clearance.toAskFor(LINE, 1, NOW).picks).toHaveLength(1);
});

describe.each([-60_000, -6_000, 6_000, 60_000])("an organization whose clock is %i ms ahead", (ahead) => {
  const said = (verdicts: readonly Verdict[]): ClearanceAnswer => ({
    ...answerOf(verdicts),
    decidedAt: NOW + 20 + ahead,
  });

  it("lets people be dialed as long after its answer as it says", () => {
    const { clearance, ask, last } = organization();
    ask([candidate(0), candidate(1)], 2, NOW);
    const now = NOW + 20 + ahead;
    const later = now + 1_000;
    const verdicts: Verdict[] = [now, later].map((at) => ({ kind: "clear", at }));
    last().answer(said(verdicts), NOW + 40);
    const dialed = (at: number) => clearance.toDial(LINE, 2, at).map(({ position }) => position);
    expect(dialed(NOW + 40)).toEqual([0]);
    expect(dialed(NOW + 1_039)).toEqual([0]);
    expect(dialed(NOW + 1_040)).toEqual([0, 1]);
  });

  it("has people wait, and the pace be kept, as long as it says", () => {
    const until = NOW + 90_020 + ahead;
    const { clearance, ask, last } = organization();
    ask([0, 1, 2].map(candidate), 3, NOW);
    const waiting = said([
      { kind: "wait", until, reason: "contact_gap" },
      { kind: "paced", until },
      { kind: "barred" },
    ]);
    expect(last().answer(waiting, NOW + 40).verdicts).toEqual([
      { kind: "wait", until: NOW + 90_040, reason: "contact_gap" },
      { kind: "paced", until: NOW + 90_040 },
      { kind: "barred" },
    ]);
    expect(clearance.pacedUntil).toBe(NOW + 90_040);
  });
});

it.each([0, 20, 40])("an answer decided %i ms after the question, before it is heard, stands as it is", (after) => {
  const answer = { ...answerOf([{ kind: "wait", until: NOW + 90_000, reason: "daily_cap" }]), decidedAt: NOW + after };
  expect(byClockOf(NOW, NOW + 40, answer)).toBe(answer);
});

it("that the carrier said 'not now' is told once, and again where that was not heard", () => {
  const { clearance, ask, last } = organization();
  clearance.throttled(NOW);
  expect(clearance.hasToSpeak(false, NOW)).toBe(true);
  ask([], 0, NOW);
  expect(last().question.isThrottled).toBe(true);
  clearance.unanswered();
  ask([], 0, NOW);
  expect(last().question.isThrottled).toBe(true);
  last().answer(answerOf([]));
  expect(clearance.hasToSpeak(false, NOW)).toBe(false);
  ask([], 0, NOW);
  expect(last().question.isThrottled).toBe(false);
});
