/** Filters of the audit and of a batch's people: what the address says, and what is asked for. */

import { expect, it } from "vitest";
import { authorsOf, isFiltered, queryOf, shownOf } from "../../src/page/dashboard/audit/filter.ts";
import { isMarked, marksQuery } from "../../src/page/dashboard/batch/people/marks.ts";
import {
  isFiltered as isNarrowed,
  queryOf as reportQuery,
  shownOf as reportShown,
  unfiltered,
} from "../../src/page/dashboard/reports/period.ts";

const shown = (address: string) => shownOf(new URLSearchParams(address));

it.each([
  ["", {}, false],
  ["kind=batch", { kind: "batch" }, true],
  ["kind=nonsense&until=soon", {}, true],
  ["by=key_1&resource=%20acb_1%20", { by: "key_1", resource_id: "acb_1" }, true],
  ["resource=%20", {}, false],
])("asks the audit: %s", (address, query, filtered) => {
  expect(queryOf(shown(address))).toEqual(query);
  expect(isFiltered(shown(address))).toBe(filtered);
});

it.each([
  ["", {}],
  ["agent=agent_1&number=ap_1&provider=app_1", { agent_id: "agent_1", from_number_id: "ap_1", provider_id: "app_1" }],
  ["batch=acb_1&country=US&region=EU", { batch_id: "acb_1", country: "US" }],
])("a report is narrowed by its address: %s", (address, narrowed) => {
  const of = reportShown(new URLSearchParams(`from=2026-03-01&until=2026-03-31&${address}`), 0);
  const days = { from: "2026-03-01", until: "2026-03-31" };
  expect(reportQuery(of)).toEqual({ ...days, ...narrowed });
  expect(isNarrowed(of)).toBe(Object.keys(narrowed).length > 0);
  expect(reportQuery(unfiltered(of))).toEqual(days);
});

it("asks until the end of the viewer's day", () => {
  const { at_lte = "" } = queryOf(shown("until=2026-11-30"));
  const ends = new Date(at_lte);
  expect([ends.getDate(), ends.getHours(), ends.getMinutes(), ends.getMilliseconds()]).toEqual([30, 23, 59, 999]);
});

it("offers each key once, who is no key, and the one of the address though it is gone", () => {
  const keys = [
    { id: "key_2", label: "crm" },
    { id: "key_1", label: "admin" },
  ];
  const seen = [
    { id: "operator", label: "an operator" },
    { id: "key_2", label: "an older label" },
    { id: "key_gone", label: "gone" },
  ];
  expect(authorsOf(keys, seen, "key_older").map(({ id, label }) => `${id} ${label}`)).toEqual([
    "key_1 admin",
    "operator An operator",
    "service callbatch",
    "key_2 crm",
    "key_gone gone",
    "key_older key_older",
  ]);
});

it.each([
  [{ outcome: "", tag: " " }, {}, false],
  [{ outcome: " Appointment ", tag: "" }, { call_outcome: "Appointment" }, true],
  [{ outcome: "No", tag: "new, old" }, { call_outcome: "No", call_tag: "new, old" }, true],
])("asks for people by the marks of their calls: %j", (marks, query, asked) => {
  expect(marksQuery(marks)).toEqual(query);
  expect(isMarked(marks)).toBe(asked);
});
