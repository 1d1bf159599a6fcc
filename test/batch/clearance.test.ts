/** What a batch makes of its organization's answers: nobody is dialed on one that is too old, or that a rule has overtaken. */

import { describe, expect, it } from "vitest";
import type { Pick as Next } from "../../src/batch/people/roster.ts";
import { Clearance, type Question } from "../../src/batch/slots/clearance.ts";
import { byClockOf, type Candidate, type ClearanceAnswer, type Verdict } from "../../src/calling/messages/clearance.ts";

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

/** Questions are answered when the test says so. */
function organization() {
  const asked: { readonly question: Question; readonly answer: (answer: ClearanceAnswer) => Promise<void> }[] = [];
  const work: Promise<void>[] = [];
  const clearance = new Clearance({
    ask: (question) =>
      new Promise((resolve) => {
        asked.push({
          question,
          answer: async (answer) => {
            resolve(answer);
            await Promise.all(work);
          },
        });
      }),
    background: (one) => void work.push(one),
    answered: () => {},
    failed: (error) => {
      throw error;
    },
  });
  const last = () => {
    const one = asked.at(-1);
    if (one === undefined) throw new Error("nothing was asked");
    return one;
  };
  return { clearance, last };
}
const whom = (clearance: Clearance, now = NOW): number[] =>
  clearance.toDial(LINE, 10, now).map(({ position }) => position);

describe("an answer that clears two of three", () => {
  async function answered() {
    const { clearance, last } = organization();
    clearance.ask([0, 1, 2].map(candidate), 3, NOW);
    await last().answer(answerOf([clear, { kind: "barred" }, clear]));
    return { clearance, last };
  }

  it("lets those two be dialed, for five seconds from the question on", async () => {
    const { clearance } = await answered();
    expect([whom(clearance), whom(clearance, NOW + 4_999), whom(clearance, NOW + 5_000)]).toEqual([[0, 2], [0, 2], []]);
  });

  it("is told of those who were cleared and not dialed in time", async () => {
    const { clearance, last } = await answered();
    clearance.used(0);
    whom(clearance, NOW + 5_000);
    expect(clearance.hasToSpeak(false, NOW + 5_000)).toBe(true);
    clearance.ask([], 0, NOW + 5_000);
    expect(last().question.unused.map(({ position }) => position)).toEqual([2]);
  });

  it("counts no more when a rule is new", async () => {
    const { clearance, last } = await answered();
    clearance.forget();
    expect(whom(clearance)).toEqual([]);
    clearance.ask([candidate(0)], 1, NOW);
    expect(last().question.unused.map(({ position }) => position)).toEqual([0, 2]);
  });
});

describe("a new rule that overtakes the answer to a question from before it", () => {
  it("lets nobody be dialed on it, and tells the organization that nothing came of it", async () => {
    const { clearance, last } = organization();
    clearance.ask([0, 1].map(candidate), 2, NOW);
    // The batch hears of the rule while the answer, which knows nothing of it, is still under way.
    clearance.forget();
    await last().answer(answerOf([clear, clear]));
    expect(whom(clearance)).toEqual([]);
    clearance.ask([0, 1].map(candidate), 2, NOW + 10);
    expect(last().question.unused.map(({ position }) => position)).toEqual([0, 1]);
    await last().answer(answerOf([{ kind: "barred" }, clear]));
    expect(whom(clearance, NOW + 10)).toEqual([1]);
  });

  it("does not let everybody be dialed because there was no rule then", async () => {
    const { clearance, last } = organization();
    clearance.ask([], 0, NOW);
    clearance.forget();
    await last().answer(answerOf([], true));
    expect([clearance.isFree(NOW), whom(clearance)]).toEqual([false, []]);
  });
});

it("where there is no rule everybody may be dialed for 20 s, and it is asked again before that is over", async () => {
  const { clearance, last } = organization();
  expect(whom(clearance)).toEqual([]);
  clearance.ask([candidate(0)], 1, NOW);
  await last().answer(answerOf([clear], true));
  expect(whom(clearance, NOW + 19_999)).toEqual([0, 1, 2, 3]);
  expect([10_000, 10_001].map((ms) => clearance.hasToSpeak(true, NOW + ms))).toEqual([false, true]);
  expect(clearance.isFree(NOW + 20_000)).toBe(false);
});

it("while a question is under way nobody else is asked for", async () => {
  const { clearance, last } = organization();
  clearance.ask([candidate(0)], 1, NOW);
  expect(clearance.toAskFor(LINE, 4, NOW)).toEqual({ picks: [], atMost: 0 });
  expect(clearance.hasToSpeak(true, NOW)).toBe(false);
  await last().answer(answerOf([clear]));
  expect(clearance.toAskFor(LINE, 4, NOW).picks.map(({ position }) => position)).toEqual([1, 2, 3]);
});

it("an answer that never comes lets nobody be dialed, and the next question can be asked", async () => {
  const failures: unknown[] = [];
  const work: Promise<void>[] = [];
  const clearance = new Clearance({
    ask: () => Promise.reject(new Error("the organization is gone")),
    background: (one) => void work.push(one),
    answered: () => {},
    failed: (error) => failures.push(error),
  });
  clearance.ask([candidate(0)], 1, NOW);
  await Promise.all(work);
  expect([whom(clearance), failures.length]).toEqual([[], 1]);
  expect(clearance.toAskFor(LINE, 1, NOW).picks).toHaveLength(1);
});

describe.each([-60_000, -6_000, 6_000, 60_000])("an organization whose clock is %i ms ahead", (ahead) => {
  const decided = (verdicts: readonly Verdict[]): ClearanceAnswer =>
    byClockOf(NOW, NOW + 40, { ...answerOf(verdicts), decidedAt: NOW + 20 + ahead });

  it("lets people be dialed as long after its answer as it says", async () => {
    const { clearance, last } = organization();
    clearance.ask([candidate(0), candidate(1)], 2, NOW);
    const now = NOW + 20 + ahead;
    const later = now + 1_000;
    await last().answer(
      decided([
        { kind: "clear", at: now },
        { kind: "clear", at: later },
      ]),
    );
    const dialed = (at: number) => clearance.toDial(LINE, 2, at).map(({ position }) => position);
    expect(dialed(NOW + 40)).toEqual([0]);
    expect(dialed(NOW + 1_039)).toEqual([0]);
    expect(dialed(NOW + 1_040)).toEqual([0, 1]);
  });

  it("has people wait, and the pace be kept, as long as it says", async () => {
    const until = NOW + 90_020 + ahead;
    const { verdicts } = decided([
      { kind: "wait", until, reason: "contact_gap" },
      { kind: "paced", until },
      { kind: "barred" },
    ]);
    expect(verdicts).toEqual([
      { kind: "wait", until: NOW + 90_040, reason: "contact_gap" },
      { kind: "paced", until: NOW + 90_040 },
      { kind: "barred" },
    ]);
  });
});

it.each([0, 20, 40])("an answer decided %i ms after the question, before it is heard, stands as it is", (after) => {
  const answer = { ...answerOf([{ kind: "wait", until: NOW + 90_000, reason: "daily_cap" }]), decidedAt: NOW + after };
  expect(byClockOf(NOW, NOW + 40, answer)).toBe(answer);
});
