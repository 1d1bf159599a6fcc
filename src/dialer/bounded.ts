/** A dialer that cuts the texts in outcomes to the length that is kept. All that a carrier says passes through it. */

import { MAX_SAID_CHARACTERS, saidAtMost } from "../calling/requests/said.ts";
import type { Dialer, PlaceOutcome } from "./dialer.ts";

/** Fields of outcomes with a carrier's own words. */
const WORDS = new Set(["message", "code", "carrierCode"]);

const isLong = (name: string, value: unknown): value is string =>
  WORDS.has(name) && typeof value === "string" && value.length > MAX_SAID_CHARACTERS;

function hasLongWords(said: unknown): boolean {
  if (typeof said !== "object" || said === null) return false;
  for (const [name, value] of Object.entries(said)) if (isLong(name, value) || hasLongWords(value)) return true;
  return false;
}

/** Nearly always nothing is too long, and so nothing copied. */
const withShortWords = <T>(said: T): T => (hasLongWords(said) ? shortened(said) : said);

function shortened<T>(said: T): T {
  if (typeof said !== "object" || said === null) return said;
  if (Array.isArray(said)) return said.map(shortened) as T;
  return Object.fromEntries(
    Object.entries(said).map(([name, value]) => [name, isLong(name, value) ? saidAtMost(value) : shortened(value)]),
  ) as T;
}

/** A shortened id would be another call's. The call may exist, so it is searched by our id. */
const withShortId = (outcome: PlaceOutcome): PlaceOutcome =>
  outcome.kind === "placed" && outcome.carrierCallId.length > MAX_SAID_CHARACTERS
    ? { kind: "unknown", message: `the carrier's id of the call has more than ${MAX_SAID_CHARACTERS} characters` }
    : outcome;

export const bounded = (dialer: Dialer): Dialer => ({
  get asking() {
    return dialer.asking;
  },
  checkAccount: async () => withShortWords(await dialer.checkAccount()),
  checkNumber: async (number) => withShortWords(await dialer.checkNumber(number)),
  place: async (order, isRepeat) => withShortWords(withShortId(await dialer.place(order, isRepeat))),
  fetch: async (carrierCallId, context) => withShortWords(await dialer.fetch(carrierCallId, context)),
  find: async (query, context) => withShortWords(await dialer.find(query, context)),
  end: async (carrierCallId, answered) => withShortWords(await dialer.end(carrierCallId, answered)),
  receive: async (request, callbackBaseUrl, context) =>
    withShortWords(await dialer.receive(request, callbackBaseUrl, context)),
});
