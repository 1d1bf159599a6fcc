/** Who of a list comes into a batch that has people already: as many as the service takes in, and in the same words. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { previewBatchBody } from "../../src/api/requests/preview.ts";
import { newIn } from "../../src/batch/people/appending.ts";
import type { BatchDetail } from "../../src/client/client.ts";
import { addingProblem, additionOf, mayRepeatNumbers, previewedOf } from "../../src/page/dashboard/batch/add/adding.ts";
import { answerFacts, turnWords } from "../../src/page/dashboard/batch/add/words.ts";
import type { Person } from "../../src/page/dashboard/list/people.ts";

const NOW = Date.parse("2026-03-01T10:00:00Z");
const person = (number: number, externalId: string | null = null): Person => ({
  line: 2,
  to_number: `+1212555010${number}`,
  metadata: { name: "Ada" },
  timezone: null,
  externalId,
});
/** As a batch's object has them. */
const kept = ({ to_number, externalId }: Person) => ({
  to_number,
  metadata: null,
  timezone: null,
  ...(externalId === null ? {} : { external_id: externalId }),
});
const BATCH: BatchDetail = {
  id: "acb_1",
  name: "Guests",
  agent_id: "agent_1",
  from_number_id: "ap_1",
  region: "US",
  status: "in_progress",
  total_calls_scheduled: 1,
  total_calls_dispatched: 0,
  total_calls_finished: 0,
  ringing_timeout_seconds: 60,
  max_call_duration_minutes: 480,
  recipients_called: 0,
  retry_count: 0,
  target_concurrency_limit: 5,
  priority: 3,
  created_at: "2026-03-01T09:00:00Z",
  last_updated_at: "2026-03-01T09:00:00Z",
  calling_window: {
    timezone_mode: "fixed",
    timezone: "Europe/Zurich",
    windows: [{ days: ["mon"], start: "09:00", end: "24:00" }],
    excluded_dates: [],
    unknown_timezone: "block",
  },
  recipients: [],
};

describe("who is added", () => {
  const isFirst = ({ externalId: id }: Person, place: number, people: readonly Person[]): boolean =>
    id === null || people.findIndex(({ externalId }) => externalId === id) === place;
  const anybody = fc
    .record({ number: fc.nat(5), id: fc.option(fc.constantFrom("A", "B", "C")) })
    .map(({ number, id }) => person(number, id));
  /** Each id once, as reading a list makes sure. */
  const lists = fc.array(anybody, { maxLength: 8 }).map((people) => people.filter(isFirst));

  it("is whoever the service takes in", () => {
    fc.assert(
      fc.property(lists, lists, fc.constantFrom("skip", "allow"), (present, people, onDuplicate) => {
        const { added, known } = additionOf(present.map(kept), people, onDuplicate);
        const service = newIn(present.map(kept), people.map(kept), onDuplicate);
        expect(service).toMatchObject({ ok: true, value: { recipients: added.map(kept) } });
        expect(added.length + known).toBe(people.length);
      }),
    );
  });

  it("may be the same number again only where each has an id, so that a request sent twice adds nobody twice", () => {
    expect([mayRepeatNumbers([person(1, "A"), person(1, "B")]), mayRepeatNumbers([person(1, "A"), person(1)])]).toEqual(
      [true, false],
    );
  });

  it.each([
    ["Add a list of people.", { hasList: false }],
    ["The list is still being read.", { isReading: true }],
    ["Choose the column with the phone numbers.", { hasNumbers: false }],
    ["Some rows have errors: fix them or leave them out.", { faulty: 1 }],
    ["Nobody on the list is new in this batch.", { added: 0 }],
    ["A batch has at most 5,000 people: there is room for 2 more.", { present: 4_998 }],
    [null, { present: 4_997 }],
  ])("%s", (problem, fields) => {
    const usual = { hasList: true, isReading: false, hasNumbers: true };
    expect(addingProblem({ ...usual, faulty: 0, added: 3, present: 1, ...fields })).toBe(problem);
  });

  it("is previewed by the hours of the batch", () => {
    const previewed = previewedOf(BATCH, [person(1, "A")]);
    expect(previewBatchBody.safeParse(previewed).error?.issues).toBeUndefined();
    expect(previewed).toMatchObject({ calling_window: BATCH.calling_window, recipients: [{ external_id: "A" }] });
  });
});

it.each<[string, Partial<BatchDetail>]>([
  ["They are called after the people already waiting.", {}],
  ["until you resume", { paused_at: "2026-03-01T09:30:00Z" }],
  ["once the batch starts", { status: "pending", scheduled_at: "2026-03-02T09:00:00Z" }],
  ["The batch starts again", { status: "completed" }],
])("says when they are called: %s", (words, fields) => {
  expect(turnWords({ ...BATCH, ...fields }, NOW)).toContain(words);
});

it("says whom the service took in, and why not everybody", () => {
  expect(answerFacts({ appended_recipients: 0 })).toEqual([["Added", "0 people"]]);
  expect(
    answerFacts({ appended_recipients: 2, skipped_duplicates: 0, skipped_external_ids: 1, skipped_do_not_call: 3 }),
  ).toEqual([
    ["Added", "2 people"],
    ["Left out: ID already in the batch", "1 person"],
    ["Left out: on the do-not-call list", "3 people"],
  ]);
});
