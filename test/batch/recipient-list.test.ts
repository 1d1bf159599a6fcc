/** Pages of recipients against a list that is filtered as a whole. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CallingHours } from "../../src/batch/people/calling-hours.ts";
import { HeldBack } from "../../src/batch/people/held-back.ts";
import { Roster } from "../../src/batch/people/roster.ts";
import { recipientPage, searchFor } from "../../src/batch/reading/recipient-list.ts";
import type { RecipientListRequest } from "../../src/batch/rpc.ts";
import type { AttemptRow } from "../../src/batch/store/attempt-states.ts";
import type { NewRecipient } from "../../src/calling/messages/batch-order.ts";
import { newBatchId, recipientId, routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { OUTCOMES, outcomeOf } from "../../src/calling/words/outcome.ts";
import { RECIPIENT_STATUSES } from "../../src/calling/words/recipient.ts";
import { sampleAttempt, sampleBatch } from "./samples.ts";

const route = routeOfBatch(newBatchId(), "org_test") ?? "";
const NAMES = ["Ada", "Grace", "Adele"];
const ENDS = ["dial_busy", "dial_no_answer", null] as const;

/** A batch in which some recipients were never tried, and others have one attempt or two. */
const batches = fc
  .record({
    attempts: fc.array(fc.record({ position: fc.nat({ max: 29 }), status: fc.constantFrom(...RECIPIENT_STATUSES) }), {
      maxLength: 40,
    }),
    total: fc.integer({ min: 1, max: 30 }),
    isCancelled: fc.boolean(),
  })
  .map(({ attempts, total, isCancelled }) => {
    const count = new Map<number, number>();
    const rows: AttemptRow[] = attempts
      .filter(({ position }) => position < total)
      .map(({ position, status }, index) => {
        const attempt = (count.get(position) ?? 0) + 1;
        count.set(position, attempt);
        const ends = status === "failed" ? { end_reason: ENDS[index % ENDS.length] ?? null } : {};
        return sampleAttempt({
          number: index + 1,
          position,
          attempt,
          status,
          ...ends,
          ...(status === "queued" || status === "cancelled" ? {} : { carrier_call_id: `CA${index}` }),
        });
      });
    const recipients: NewRecipient[] = Array.from({ length: total }, (_, position) => ({
      to_number: `+1415555${String(position).padStart(4, "0")}`,
      metadata: JSON.stringify({ name: NAMES[position % NAMES.length] }),
      timezone: null,
    }));
    const batch = {
      route,
      row: sampleBatch({ total_recipients: total, cancelled_at: isCancelled ? 1 : null }),
      roster: Roster.of(total, isCancelled, rows),
      recipients: {
        at: (position: number) => ({
          ...(recipients[position] ?? expect.fail(`nobody at ${position}`)),
          addedAt: null,
        }),
      },
      pauses: { pausedUntil: 0, pacedUntil: 0 },
      heldBack: new HeldBack(),
      callingHours: new CallingHours(null, () => recipients, 30_000),
    };
    const read = (request: Partial<RecipientListRequest>) => {
      const whole = {
        limit: 100,
        startingAfter: null,
        endingBefore: null,
        statuses: null,
        outcomes: null,
        text: null,
        externalId: null,
        ...request,
      };
      const stored = {
        attempt: (number: number) => rows[number - 1] ?? null,
        remarks: () => new Map(),
        labelled: () => rows.map(({ number }) => number).filter((number) => number % 2 === 0),
      };
      const page = recipientPage(batch, stored, whole, 0);
      return page.ok ? page.value : expect.fail(JSON.stringify(page.failure));
    };
    return { total, rows, read };
  });

/** Every second call is marked; a recipient's latest one counts. */
const isMarked = (rows: readonly AttemptRow[], id: string): boolean =>
  (rows.findLast(({ position }) => recipientId(route, position) === id)?.number ?? 1) % 2 === 0;

const filters = fc.record({
  statuses: fc.option(fc.uniqueArray(fc.constantFrom(...RECIPIENT_STATUSES), { minLength: 1 })),
  outcomes: fc.option(fc.uniqueArray(fc.constantFrom(...OUTCOMES), { minLength: 1 })),
  labels: fc.constantFrom([], ["t:vip"]),
  text: fc.option(fc.constantFrom("ad", "GRACE", "+1 (415) 555-001", "name", "nobody")),
});

describe("a page of recipients", () => {
  it("shows each with its latest attempt, in the order submitted", () => {
    fc.assert(
      fc.property(batches, ({ total, rows, read }) => {
        const { data } = read({});
        expect(data.map(({ id }) => id)).toEqual(Array.from({ length: total }, (_, n) => recipientId(route, n)));
        for (const [position, shown] of data.entries()) {
          const latest = rows.findLast((row) => row.position === position);
          expect(shown.attemptCount).toBe(latest?.attempt ?? 0);
          if (latest !== undefined) expect(shown.status).toBe(latest.status);
        }
      }),
    );
  });

  it("is a part of what a filter of the whole leaves, whatever its size and direction", () => {
    fc.assert(
      fc.property(batches, filters, fc.integer({ min: 1, max: 7 }), ({ read, rows }, filter, limit) => {
        const isMatch = filter.text === null ? () => true : searchFor(filter.text);
        const wanted = read({}).data.filter(
          (one) =>
            (filter.statuses === null || filter.statuses.includes(one.status)) &&
            (filter.outcomes === null || filter.outcomes.includes(outcomeOf(one))) &&
            (filter.labels.length === 0 || isMarked(rows, one.id)) &&
            isMatch({ to_number: one.to_number, metadata: one.metadata, timezone: null }),
        );
        for (const direction of ["startingAfter", "endingBefore"] as const) {
          const pages = [];
          let cursor = direction === "startingAfter" ? null : read({}).data.at(-1)?.id;
          // Going back from the last: the last itself is not on a page.
          const expected = direction === "startingAfter" ? wanted : wanted.filter(({ id }) => id !== cursor);
          for (;;) {
            const page = read({ ...filter, limit, [direction]: cursor });
            expect(page.data.length).toBeLessThanOrEqual(limit);
            const isCounted = filter.text === null && filter.outcomes === null && filter.labels.length === 0;
            expect(page.total).toBe(isCounted ? wanted.length : null);
            if (direction === "startingAfter") pages.push(...page.data);
            else pages.unshift(...page.data);
            expect(page.hasMore).toBe(page.nextPage !== null);
            if (page.nextPage === null) break;
            cursor = page.nextPage;
          }
          expect(pages).toEqual(expected);
        }
      }),
    );
  });
});

describe("a search", () => {
  const recipient = (metadata: unknown): NewRecipient => ({
    to_number: "+14155550123",
    metadata: metadata === null ? null : JSON.stringify(metadata),
    timezone: null,
  });

  it.each<[string, unknown, boolean]>([
    ["4155550123", null, true],
    ["+1 415-555", null, true],
    ["(415) 555.0123", null, true],
    ["0124", null, false],
    ["ada", { name: "Ada" }, true],
    [" LOVELACE ", { name: { last: ["Byron", "Lovelace"] } }, true],
    ["name", { name: "Ada" }, false],
    ['"ada"', { name: "Ada" }, false],
    ['say "hi"\\', { note: 'Say "Hi"\\ twice' }, true],
    ["two\nlines", { note: "Two\nLines" }, true],
    ["ünï", { note: "ÜNÏ" }, true],
    ["Günther Özdemir", { Vorname: "Günther", Nachname: "Özdemir" }, true],
    ["ozdemir gunther", { Vorname: "Günther", Nachname: "Özdemir" }, true],
    ["Günther Yılmaz", { Vorname: "Günther", Nachname: "Özdemir" }, false],
    ["muller", { name: "Müller" }, true],
    ["strasse", { street: "Hauptstraße 4" }, true],
    ["Müller", { name: "Mu\u0308ller" }, true],
    ["soren lodz", { name: "Søren", city: "Łódź" }, true],
    ["12.5", { price: 12.5 }, true],
    ["true", { vip: true }, true],
    ["null", { vip: null }, false],
    ["ada", null, false],
  ])("for %j in %j: %s", (text, metadata, isFound) => {
    expect(searchFor(text)(recipient(metadata))).toBe(isFound);
  });

  it("finds the caller's own id for somebody, also beside a word of the metadata", () => {
    const one = { ...recipient({ name: "Ada" }), external_id: "A-17" };
    expect(["a-17", "ada A-17", "A-18"].map((text) => searchFor(text)(one))).toEqual([true, true, false]);
  });

  it("goes as deep as metadata may be nested", () => {
    const depth = 8_000;
    const metadata = `{"a":${"[".repeat(depth)}"deep"${"]".repeat(depth)}}`;
    expect(searchFor("deep")({ to_number: "+14155550123", metadata, timezone: null })).toBe(true);
  });
});
