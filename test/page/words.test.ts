/** What the dashboard says: of a batch, of people, of times, and of a carrier's fields. */

import { describe, expect, it } from "vitest";
import { buildDocument } from "../../src/api/openapi/document.ts";
import { isAudited } from "../../src/api/operation.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import { NOT_CERTAIN } from "../../src/calling/words/call.ts";
import { outcomeOf } from "../../src/calling/words/outcome.ts";
import { WAITING_REASONS } from "../../src/calling/words/waiting.ts";
import type { Batch } from "../../src/client/client.ts";
import { CARRIERS } from "../../src/dialer/carriers.ts";
import { linkTo, routeOf } from "../../src/page/dashboard/address.ts";
import { differences, doneWords } from "../../src/page/dashboard/audit/words.ts";
import { isFound, searchOf } from "../../src/page/dashboard/batch/people/search.ts";
import { aboutWords, standingWords } from "../../src/page/dashboard/batch/words.ts";
import { WORDS as BATCHES_WORDS } from "../../src/page/dashboard/batches/words.ts";
import { outlookWords, reached } from "../../src/page/dashboard/new-batch/words.ts";
import { type Group, groupName } from "../../src/page/dashboard/reports/figures.ts";
import {
  type ApiDocument,
  bodyOf,
  carrierForms,
  keyOf,
  shownValues,
} from "../../src/page/dashboard/setup/provider-fields.ts";
import { batchState, notBefore, theyWaitWords, waitingWords } from "../../src/page/dashboard/text/batch-state.ts";
import { ago, duration, people, percent } from "../../src/page/dashboard/text/format.ts";
import { labelOf, labelOfPath } from "../../src/page/dashboard/text/labels.ts";
import { countOutcomes, isUncertain } from "../../src/page/dashboard/text/outcomes.ts";

const NOW = Date.parse("2026-03-01T10:00:00Z");
const batch = {
  status: "in_progress",
  total_calls_dispatched: 3,
  total_calls_finished: 2,
  paused_at: undefined,
  scheduled_at: undefined,
  circuit_breaker: undefined,
  waiting_reason: undefined,
  waiting_until: undefined,
} as const;

const IDLE = { total_calls_dispatched: 3, total_calls_finished: 3 } as const;

it.each([
  ["direct_calls", undefined, /^Direct calls$/],
  ["acb_1", "Guests", /^Guests$/],
  ["deleted_2026-11-30T12:00:00.000Z", undefined, /^Deleted, created 30 Nov 2026/],
])("a report calls the batch %s by name, or says when it was created", (key, name, words) => {
  expect(groupName({ key, ...(name === undefined ? {} : { name }) } as Group, "batch", String)).toMatch(words);
});

describe("a batch's state", () => {
  it.each([
    ["Calling", {}],
    ["Paused", { paused_at: "2026-03-01T09:00:00Z" }],
    ["Stopped", { circuit_breaker: { state: "open" } }],
    ["Paused", { circuit_breaker: { state: "open" }, paused_at: "2026-03-01T09:00:00Z" }],
    ["Starting", { status: "pending", total_calls_dispatched: 0, total_calls_finished: 0 }],
    ["Scheduled", { ...IDLE, status: "pending", scheduled_at: "2026-03-02T09:00:00Z" }],
    ["Starting", { ...IDLE, status: "pending", scheduled_at: "2026-02-02T09:00:00Z", waiting_reason: "scheduled" }],
    ["Waiting for slots", { ...IDLE, status: "pending", waiting_reason: "organization_concurrency" }],
    // Calls are in flight, or may begin now.
    ["Calling", { waiting_reason: "window" }],
    ["Calling", IDLE],
    ["Waiting for hours", { ...IDLE, waiting_reason: "window", waiting_until: "2026-03-02T09:00:00Z" }],
    ["Waiting for pace", { ...IDLE, waiting_reason: "pace" }],
    ["Waiting to retry", { ...IDLE, waiting_reason: "retry_delay" }],
    ["Waiting for call limits", { ...IDLE, waiting_reason: "daily_cap" }],
    ["Waiting for carrier", { ...IDLE, waiting_reason: "carrier" }],
    ["Paused", { ...IDLE, waiting_reason: "paused", paused_at: "2026-03-01T09:00:00Z" }],
    ["Calling", { ...IDLE, waiting_reason: "paused" }],
    ["Last calls", { status: "completed" }],
    ["Completed", { status: "completed", total_calls_finished: 3 }],
    ["Last calls", { status: "cancelled" }],
    ["Cancelled", { status: "cancelled", total_calls_finished: 3, paused_at: "2026-03-01T09:00:00Z" }],
    ["Failed", { status: "failed" }],
  ] as const)("is %s with %j", (word, change) => {
    expect(batchState({ ...batch, ...change }, NOW).word).toBe(word);
  });

  it("says until when, where that is known", () => {
    const until = "2026-03-02T09:00:00Z";
    expect(batchState({ ...batch, ...IDLE, waiting_reason: "window", waiting_until: until }, NOW).until).toBe(until);
    expect(batchState({ ...batch, ...IDLE, status: "pending", scheduled_at: until }, NOW).starts).toBe(until);
    expect(batchState(batch, NOW).until).toBeUndefined();
  });

  it.each(WAITING_REASONS)("has words of its own for why it waits: %s", (reason) => {
    expect(waitingWords(reason)).not.toContain("Waiting: ");
    // Of one of the people nothing is said as of many.
    expect(theyWaitWords(reason)).not.toContain("Everybody");
  });
});

describe("a batch's page", () => {
  const told = { ...batch, created_at: "2026-03-01T09:00:00Z", retry_count: 0 } as unknown as Batch;

  it.each([
    [{ kind: "key", id: "key_1", label: "crm" }, "by crm"],
    [{ kind: "person", id: "ada@example.com", label: "ada@example.com" }, "by ada@example.com"],
    [{ kind: "operator", id: "operator", label: "operator" }, "by an operator"],
    [{ kind: "service", id: "service", label: "service" }, "by callbatch"],
  ] as const)("says who cancelled it: %j", (cancelled_by, words) => {
    const cancelled = { ...told, retry_count: 2, cancelled_at: "2026-03-01T09:30:00Z", cancelled_by };
    expect(aboutWords(cancelled, "Ann", null)).toMatch(
      new RegExp(`^Ann · created 1 Mar 2026, .* · retried 2 times · cancelled 1 Mar 2026, .* ${words}$`),
    );
    // Before the service stored who it was.
    expect(aboutWords({ ...cancelled, cancelled_by: undefined }, null, "+1 202")).toMatch(/cancelled 1 Mar[^b]*$/);
  });

  const later = { waiting_reason: "window", waiting_until: "2026-03-02T09:00:00Z" } as const;
  it.each([
    [{}, /^Calling now\.$/],
    [{ waiting_reason: "batch_concurrency" }, /^Calling now\.$/],
    [IDLE, /^The next calls start in a moment\.$/],
    [{ ...IDLE, ...later }, /^Outside calling hours .* Continues 2 Mar 2026, /],
    [{ ...IDLE, waiting_reason: "scheduled", waiting_until: later.waiting_until }, /start\. Starts 2 Mar 2026, /],
    // An answer to Pause comes before the reason.
    [{ paused_at: "2026-03-01T09:00:00Z" }, /^Paused\. Nobody is called until you resume\.$/],
    [{ circuit_breaker: { state: "open", calls: 9, failed_calls: 8 } }, /8 of 9 calls\. It continues when you resume/],
    [{ circuit_breaker: { state: "open", until: later.waiting_until } }, /One call is tried at 2 Mar 2026, /],
    [{ status: "completed" }, /^Nobody is waiting\. The last calls are in progress\.$/],
    [{ status: "cancelled", total_calls_finished: 3 }, /^All calls are over\.$/],
  ])("says what the batch does or waits for: %j", (change, words) => {
    expect(standingWords({ ...told, ...change } as Batch)).toMatch(words);
  });
});

it.each([
  [{}, undefined],
  [{ next_eligible_at: "2026-03-02T17:00:00Z" }, "2026-03-02T17:00:00Z"],
  // Their hours come before the batch starts.
  [{ next_eligible_at: "2026-03-02T17:00:00Z", waiting_until: "2026-03-03T09:00:00.5Z" }, "2026-03-03T09:00:00.5Z"],
  [{ next_eligible_at: "2026-03-04T17:00:00Z", waiting_until: "2026-03-03T09:00:00Z" }, "2026-03-04T17:00:00Z"],
])("a person with %j is not called before %s", (times, at) => {
  expect(notBefore(times)).toBe(at);
});

it("the audit says fields and times as people write them", () => {
  const after = { from_number_id: "ap_1", scheduled_at: "2026-03-01T10:00:00.000Z", is_on: true };
  const said = differences({ before: { from_number_id: null }, after } as never).map(
    ({ field, before, after }) => `${field}: ${before} → ${after}`,
  );
  expect(said).toEqual([
    "From number ID: none → ap_1",
    expect.stringMatching(/^Scheduled at: none → 1 Mar 2026, /),
    "Is on: none → yes",
  ]);
});

it("somebody's outcome is more than a status", () => {
  expect(outcomeOf({ status: "failed", end_reason: "dial_busy" })).toBe("busy");
  expect(outcomeOf({ status: "failed" })).toBe("failed");
  const counts = countOutcomes([{ status: "queued" }, { status: "failed", end_reason: "dial_no_answer" }]);
  expect([counts.queued, counts.unanswered, counts.completed]).toEqual([1, 1, 0]);
});

it.each([
  ["+1 (212) 555", true],
  ["5550100", true],
  ["lovelace", true],
  ["1042", true],
  ["order 5550100", false],
  ["grace", false],
  ["a-17", true],
  ["abcr_1", true],
  ["AC_9", true],
  ["abcr", false],
])("a search for %j finds her: %s", (text, isHers) => {
  const ada = {
    id: "abcr_1",
    to_number: "+12125550100",
    external_id: "A-17",
    agent_call_id: "ac_9",
    metadata: { name: "Ada Lovelace", order: 1042 },
  };
  expect(isFound(ada, searchOf(text))).toBe(isHers);
});

it("an address of a page comes back as it was", () => {
  const { path, query } = routeOf(linkTo(["batches", "acb_1/2"], { agent: "a&b", after: null }));
  expect([path, [...query]]).toEqual([["batches", "acb_1/2"], [["agent", "a&b"]]]);
});

it("numbers and times are as people say them", () => {
  expect([people(1), people(1_248), percent(999, 1_000), percent(0, 0)]).toEqual([
    "1 person",
    "1,248 people",
    "99%",
    "0%",
  ]);
  expect([89_000, 240_000, 6_000_000, 200_000_000].map(duration)).toEqual(["89 s", "4 min", "1 h 40 min", "2 days"]);
  expect(ago("2026-03-01T09:55:00Z", NOW)).toBe("5 minutes ago");
});

describe("what would come of a batch", () => {
  const slots = { needed: 10, free: 20, waiting_batches: 0, granted_at_once: true };
  const estimate = {
    expected_call_seconds: 60,
    starts_at: "09:00",
    ends_at: "10:00",
    duration_seconds: 7_200,
    calls: 600,
    not_reached: 0,
    expected_minutes: 600,
    most_minutes: 600,
  };
  const words = (change: object, waits: object = {}) =>
    outlookWords({ slots: { ...slots, ...waits }, estimate: { ...estimate, ...change } }, (at) => at, duration);

  it("is said with the assumption behind it", () => {
    expect(words({})).toBe("If calls take 60 s each, the batch ends around 10:00, after 2 h.");
  });

  it("says who would still wait in the end, and what it waits for itself", () => {
    expect(words({ not_reached: 7 }, { granted_at_once: false, free: 4 })).toBe(
      "If calls take 60 s each, the batch ends around 10:00, after 2 h. 7 would not be reached before the hours end. It needs 10 calls at once and 4 are free: it starts when other batches finish.",
    );
    expect(words({}, { granted_at_once: false, waiting_batches: 2 })).toContain("It starts after 2 older batches");
    expect(words({ ends_at: undefined })).toBe("Nobody would be called.");
  });

  it("counts who gets a call", () => {
    expect(reached({ called: 5, delayed: 2 })).toBe(7);
  });
});

describe("a carrier's form", () => {
  const forms = carrierForms(buildDocument(OPERATIONS) as unknown as ApiDocument);

  it("is there for each carrier", () => {
    expect(forms.map(({ words }) => words.type)).toEqual(CARRIERS.map(({ words }) => words.type));
  });

  it.each(forms.map((form) => [form.title, form] as const))(
    "%s asks for something, and hides what is secret",
    (_, form) => {
      expect(form.fields.length).toBeGreaterThan(0);
      const hidden = form.fields.filter(({ isSecret }) => isSecret).map(keyOf);
      expect(form.fields.map(keyOf).filter((key) => /secret$|token$|password$|(^|\.)api_key$/.test(key))).toEqual(
        hidden,
      );
      expect(hidden.length).toBeGreaterThan(0);
    },
  );

  it("puts what belongs together where the API expects it", () => {
    const [form] = forms.filter(({ words }) => words.gateway === "livekit");
    const given = { "outbound.address": "sip.example.com", "regions.EU.url": "https://eu.example.com", label: "" };
    expect(bodyOf(form?.fields ?? [], given)).toEqual({
      outbound: { address: "sip.example.com" },
      regions: { EU: { url: "https://eu.example.com" } },
    });
    expect(form?.fields.find((field) => keyOf(field) === "regions.EU.url")).toMatchObject({
      group: "Regions · EU",
      label: "URL",
      isRequired: false,
    });
  });

  it("sends what is true or false as that, and not as a word", () => {
    const form = forms.find(({ words }) => words.type === "http");
    const field = form?.fields.find((one) => keyOf(one) === "detects_machines");
    expect(field).toMatchObject({ options: ["true", "false"], isRequired: false });
    for (const said of [true, false]) {
      expect(bodyOf(form?.fields ?? [], { detects_machines: String(said) })).toEqual({ detects_machines: said });
    }
    expect(bodyOf(form?.fields ?? [], { detects_machines: "" })).toEqual({});
  });

  it("names fields as people do", () => {
    expect(labelOf("api_key_sid")).toBe("API key SID");
  });
});

it("knows of whom nobody knows whether they were called: whoever orders a retry is told how many they are", () => {
  const told = `${NOT_CERTAIN}: the carrier did not answer; Retry dials it again`;
  expect(isUncertain({ status: "failed", error_message: told })).toBe(true);
  expect(isUncertain({ status: "failed", error_message: "refused" })).toBe(false);
  // A later attempt has reached them.
  expect(isUncertain({ status: "completed", error_message: told })).toBe(false);
});

describe("every number of a provider", () => {
  const forms = carrierForms(buildDocument(OPERATIONS) as unknown as ApiDocument);
  const twilio = forms.find(({ words }) => words.type === "twilio")?.fields ?? [];

  it.each(forms.map((form) => [form.title, form] as const))("is in the form of %s", (_, { fields }) => {
    expect(fields.find((field) => keyOf(field) === "calls_per_second")).toMatchObject({
      label: "Calls per second",
      isRequired: false,
      isNullable: true,
      number: { isWhole: false },
    });
  });

  it("is shown as it is, sent where it was changed, and none where it was emptied", () => {
    const before = shownValues(twilio, { calls_per_second: 1, account_sid: "AC1" });
    expect(before).toEqual({ calls_per_second: "1" });
    expect(bodyOf(twilio, before, before)).toEqual({});
    expect(bodyOf(twilio, { calls_per_second: "2.5" }, before)).toEqual({ calls_per_second: 2.5 });
    expect(bodyOf(twilio, { calls_per_second: "" }, before)).toEqual({ calls_per_second: null });
    expect(bodyOf(twilio, { calls_per_second: "" })).toEqual({});
  });
});

it.each([
  ["api_key_sid", "API key SID"],
  ["livekit", "LiveKit"],
  ["jambonz", "jambonz"],
  ["sip_trunk", "SIP trunk"],
  ["label", "Label"],
])("the field %s is called %s", (name, label) => {
  expect(labelOf(name)).toBe(label);
});

it("a place in a request is said in words", () => {
  expect(labelOfPath("recipients[3].to_number")).toBe("Recipients 4 · To number");
});

it("names each operation of the audit as a sentence would", () => {
  const audited = OPERATIONS.filter((one) => isAudited(one) || /^export\w*Organization$/.test(one.id)).map(
    ({ id }) => id,
  );
  expect(audited.length).toBeGreaterThan(30);
  expect(
    audited.filter((id) => !/^[A-Z][a-z]+ed\b|^Sent|^Set/.test(doneWords(id))).map((id) => [id, doneWords(id)]),
  ).toEqual([]);
});

it.each([
  [0, "people"],
  [1, "person"],
  [2, "people"],
])("calls %i in a list of batches without heads: %s", (all, word) => expect(BATCHES_WORDS.peopleOf(all)).toBe(word));
