/** What the organization answers a batch that asks whether it may dial: the gap, the number a day, the pace, the list. */

import { beforeEach, describe, expect, it } from "vitest";
import {
  type ClearanceRequest,
  type ContactRules,
  FREE_MS,
  LEAVES_WITHIN_MS,
  NO_CONTACT_RULES,
  PACE_AHEAD_MS,
  type Verdict,
} from "../../src/calling/messages/clearance.ts";
import { clear } from "../../src/organization/admission/clearance.ts";
import { remembersContacts } from "../../src/organization/people/contacts.ts";
import { limitPace } from "../../src/organization/rules/pace.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NOW = Date.parse("2026-06-11T08:00:00Z");
const NUMBER = "+12125550101";
const OTHER = "+12125550102";
const CALLER = "ap_caller";
const CLEAR: Verdict = { kind: "clear", at: NOW };

const gapOf = (minutes: number): ContactRules => ({ ...NO_CONTACT_RULES, min_gap_minutes: minutes });
const capOf = (calls: number): ContactRules => ({ ...NO_CONTACT_RULES, max_attempts_per_number_per_day: calls });

let sql: Sql;
beforeEach(() => {
  sql = nodeSql(ORGANIZATION_STEPS);
});

type Asked = Partial<ClearanceRequest> & {
  readonly number?: string;
  readonly numbers?: readonly string[];
  readonly attempt?: number;
  readonly floor?: ContactRules;
};

function answer(
  { number = NUMBER, numbers = [number], attempt = 1, floor = NO_CONTACT_RULES, ...more }: Asked,
  now = NOW,
) {
  const candidates = numbers.map((one, position) => ({ position, attempt, number: one, timezone: null }));
  const request: ClearanceRequest = {
    batchId: "acb_one",
    fromNumberId: CALLER,
    rules: NO_CONTACT_RULES,
    candidates,
    atMost: candidates.length,
    unused: [],
    isThrottled: false,
    ...more,
  };
  return clear(sql, floor, request, now);
}
const ask = (asked: Asked, now = NOW) => answer(asked, now).answer.verdicts;
const remember = () => remembersContacts(sql, true, NOW - HOUR);

describe("two batches that call one number at the same instant", () => {
  beforeEach(remember);

  it.each([
    ["gap", gapOf(1)],
    ["daily number", capOf(1)],
  ])("where the first has a %s, the other waits until the first call has left", (_, rules) => {
    expect(ask({ batchId: "acb_ruled", rules })).toEqual([CLEAR]);
    const until = NOW + LEAVES_WITHIN_MS;
    expect(ask({ batchId: "acb_free" })).toEqual([{ kind: "wait", until, reason: "contact_gap" }]);
    expect(ask({ batchId: "acb_free" }, until)).toEqual([{ kind: "clear", at: until }]);
  });

  it("where neither has a rule, both call", () => {
    for (const batchId of ["acb_one", "acb_two"]) expect(ask({ batchId })).toEqual([CLEAR]);
  });

  it("where the second has a gap, it waits from the latest time at which the first call can have left", () => {
    ask({ batchId: "acb_free" });
    const until = NOW + LEAVES_WITHIN_MS + MINUTE;
    expect(ask({ batchId: "acb_ruled", rules: gapOf(1) })).toEqual([{ kind: "wait", until, reason: "contact_gap" }]);
  });
});

describe("rules for numbers", () => {
  it("wait at first until every call that nobody asked about has left", () => {
    const first = answer({ rules: gapOf(1) });
    expect(first.answer.verdicts).toEqual([{ kind: "wait", until: NOW + FREE_MS, reason: "contact_gap" }]);
    expect([first.isNewRule, first.answer.isFree, first.answer.isRemembered]).toEqual([true, false, true]);
    expect(ask({ rules: gapOf(1) }, NOW + FREE_MS)).toEqual([{ kind: "clear", at: NOW + FREE_MS }]);
    expect(answer({ rules: gapOf(1) }, NOW + FREE_MS).isNewRule).toBe(false);
  });

  it("are not asked about where there are none", () => {
    expect(answer({}).answer).toMatchObject({ verdicts: [CLEAR], isFree: true, isRemembered: false });
  });

  it.each([
    ["the organization's", gapOf(5), gapOf(1)],
    ["the batch's", gapOf(1), gapOf(5)],
  ])("the longer gap holds, here %s", (_, floor, rules) => {
    remember();
    ask({ floor, rules });
    const until = NOW + LEAVES_WITHIN_MS + 5 * MINUTE;
    expect(ask({ floor, rules, attempt: 2 }, NOW + 2 * MINUTE)).toEqual([
      { kind: "wait", until, reason: "contact_gap" },
    ]);
    expect(ask({ floor, rules, attempt: 2 }, until)).toEqual([{ kind: "clear", at: until }]);
  });

  it("remember a call as long as a gap of hours asks about it", () => {
    remember();
    ask({ rules: gapOf(600) });
    const until = NOW + LEAVES_WITHIN_MS + 600 * MINUTE;
    expect(ask({ rules: gapOf(600), attempt: 2 }, NOW + 9 * HOUR)).toEqual([
      { kind: "wait", until, reason: "contact_gap" },
    ]);
  });

  // New York, Berlin and Tokyo; a number of several zones, where each must allow it; one whose zone is not known.
  it.each([
    ["+12125550101", "2026-06-12T04:00:00Z"],
    ["+4930901820", "2026-06-11T22:00:00Z"],
    ["+81312345678", "2026-06-11T15:00:00Z"],
    ["+18505550100", "2026-06-12T05:00:00Z"],
    ["+18005550100", "2026-06-12T00:00:00Z"],
  ])("a call a day to %s is one by the calendar there", (number, midnight) => {
    remember();
    expect(ask({ number, rules: capOf(1) })).toEqual([CLEAR]);
    const until = Date.parse(midnight);
    const again = { number, rules: capOf(1), attempt: 2 };
    expect(ask(again, until - 1)).toEqual([{ kind: "wait", until, reason: "daily_cap" }]);
    expect(ask(again, until)).toEqual([{ kind: "clear", at: until }]);
  });

  it("days have their own length where the clock changes", () => {
    const before = Date.parse("2026-03-29T00:30:00Z");
    remembersContacts(sql, true, before - HOUR);
    ask({ number: "+4930901820", rules: capOf(1) }, before);
    const again = { number: "+4930901820", rules: capOf(1), attempt: 2 };
    const until = Date.parse("2026-03-29T22:00:00Z");
    expect(ask(again, until - 1)).toMatchObject([{ kind: "wait", until }]);
    expect(ask(again, until)).toMatchObject([{ kind: "clear" }]);
  });

  it("two calls a day are two, and the third waits", () => {
    remember();
    for (const attempt of [1, 2])
      expect(ask({ rules: capOf(2), attempt }, NOW + attempt)).toMatchObject([{ kind: "clear" }]);
    expect(ask({ rules: capOf(2), attempt: 3 }, NOW + MINUTE)).toMatchObject([{ kind: "wait", reason: "daily_cap" }]);
  });

  it("a call that its pace puts after midnight counts for one that is asked for before midnight", () => {
    const midnight = Date.parse("2026-06-12T04:00:00Z");
    remember();
    limitPace(sql, 1, NOW);
    const at = midnight - 500;
    expect(ask({ numbers: [OTHER, NUMBER], floor: capOf(1) }, at)).toMatchObject([
      { kind: "clear", at },
      { kind: "clear", at: midnight + 500 },
    ]);
    const again = { batchId: "acb_two", floor: capOf(1) };
    expect(ask(again, at + 100)).toEqual([{ kind: "wait", until: midnight + 24 * HOUR, reason: "daily_cap" }]);
  });

  it("a question that is repeated because its answer was lost counts one call", () => {
    remember();
    for (const later of [0, 1, 2]) {
      expect(ask({ rules: capOf(1) }, NOW + later)).toEqual([{ kind: "clear", at: NOW + later }]);
    }
  });

  it("a call that was not placed counts for nothing", () => {
    remember();
    const rules = gapOf(60);
    ask({ rules });
    expect(ask({ rules, attempt: 2 }, NOW + 1)).toMatchObject([{ kind: "wait" }]);
    const unused = [{ position: 0, attempt: 1, number: NUMBER, timezone: null }];
    expect(ask({ rules, attempt: 2, unused }, NOW + 2)).toEqual([{ kind: "clear", at: NOW + 2 }]);
  });
});

describe("how many are cleared", () => {
  it("is no more than can be dialed; the others are not recorded", () => {
    remember();
    const rules = gapOf(60);
    expect(ask({ rules, numbers: [NUMBER, OTHER], atMost: 1 })).toEqual([CLEAR, { kind: "spare" }]);
    expect(ask({ rules, batchId: "acb_two", number: OTHER }, NOW + 1)).toEqual([{ kind: "clear", at: NOW + 1 }]);
  });

  it("is nobody who is on the do-not-call list", () => {
    sql.run(`INSERT INTO do_not_call (number, added_at, added_by) VALUES (?, 1, '{}')`, NUMBER);
    const { answer: said } = answer({ numbers: [NUMBER, OTHER] });
    expect(said).toMatchObject({ verdicts: [{ kind: "barred" }, CLEAR], isFree: false });
  });
});

describe("a pace", () => {
  const FIVE = [1, 2, 3, 4, 5].map((digit) => `+1212555010${digit}`);

  it.each([
    ["the organization", undefined],
    ["the number", CALLER],
    ["the number's provider", "app_one"],
  ])("of %s lets calls begin one at a time, as far ahead as a question looks", (_, id) => {
    sql.run(
      `INSERT INTO phone_numbers (id, label, number, provider_id, created_at, updated_at) VALUES (?, '', '+1', 'app_one', 1, 1)`,
      CALLER,
    );
    limitPace(sql, 1, NOW, id);
    expect(ask({ numbers: FIVE })).toEqual([
      ...[0, 1, 2].map((second) => ({ kind: "clear", at: NOW + second * SECOND })),
      ...[3, 3].map((second) => ({ kind: "paced", until: NOW + second * SECOND - PACE_AHEAD_MS })),
    ]);
    // What was given out is taken, whatever becomes of it.
    expect(ask({ number: "+12125550199", batchId: "acb_two" }, NOW + SECOND)).toEqual([
      { kind: "clear", at: NOW + 3 * SECOND },
    ]);
  });

  it("is halved when the carrier says that it is too fast, but not the organization's own", () => {
    limitPace(sql, 1, NOW, CALLER);
    ask({ number: NUMBER });
    expect(ask({ numbers: [], isThrottled: true }, NOW + SECOND)).toEqual([]);
    const [next, after] = ask({ numbers: [NUMBER, OTHER] }, NOW + SECOND);
    expect(next).toEqual({ kind: "clear", at: NOW + SECOND });
    // Two seconds later, less what it has recovered by then.
    expect(after).toMatchObject({ kind: "clear" });
    if (after?.kind === "clear") expect(after.at).toBeGreaterThan(NOW + 2.9 * SECOND);
  });

  it("that is the organization's own is not halved", () => {
    limitPace(sql, 1, NOW);
    ask({ numbers: [], isThrottled: true });
    expect(ask({ numbers: [NUMBER, OTHER] })).toEqual([CLEAR, { kind: "clear", at: NOW + SECOND }]);
  });
});
