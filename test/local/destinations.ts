/** The stand-in carrier's numbers and the expected result for each. */

export type Expectation = {
  /** What the carrier does. */
  readonly carrier: string;
  readonly status: "completed" | "failed";
  /** Null if any will do: on a completed call it tells who hung up, if the carrier reports it. */
  readonly endReason: string | null;
  /** No call was placed, or it is not certain: the recipient says why. */
  readonly hasErrorMessage: boolean;
};

const completed = (carrier: string): Expectation => ({
  carrier,
  status: "completed",
  endReason: null,
  hasErrorMessage: false,
});
const failed = (carrier: string, endReason: string): Expectation => ({
  carrier,
  status: "failed",
  endReason,
  hasErrorMessage: false,
});
const notPlaced = (carrier: string): Expectation => ({
  carrier,
  status: "failed",
  endReason: null,
  hasErrorMessage: true,
});

export const DESTINATIONS: ReadonlyMap<string, Expectation> = new Map([
  ["+15005550001", notPlaced("refuses the number")],
  ["+15005550002", failed("busy", "dial_busy")],
  ["+15005550003", failed("no answer", "dial_no_answer")],
  ["+15005550004", failed("accepts, then fails", "dial_failed")],
  // It is not known whether the call was placed, so the service does not dial again automatically; a retry does.
  ["+15005550005", notPlaced("answers 503 to the first request")],
  ["+15005550006", completed("answered")],
  ["+15005550007", completed("answered, never reports the end")],
  ["+15005550008", completed("answered, reports twice and out of order")],
  ["+15005550009", completed("answers 429 to the first request")],
  ["+15005550010", completed("answered, the agent hangs up")],
]);

const ORDINARY = completed("answered");

export const ANY_OTHER = "any other";
export const destinationOf = (number: string): string => (DESTINATIONS.has(number) ? number : ANY_OTHER);
export const expectationOf = (number: string): Expectation => DESTINATIONS.get(number) ?? ORDINARY;
