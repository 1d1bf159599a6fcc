/**
 * What Twilio is asked before an account or a number is stored. Uses only resources that a standard API key may read;
 * the account's own resource needs a main key (Twilio, "API Keys").
 */

import type { CheckOutcome } from "../dialer.ts";
import { type CarrierAnswer, type NoAnswer, QUESTION_TIMEOUT_MS, unavailable } from "../http.ts";
import { field, parse } from "../json.ts";
import type { TwilioClient } from "./client.ts";

/**
 * The filter is a pattern, so a list may also have longer numbers. Bought numbers and verified numbers of others may
 * both be called from.
 */
const NUMBER_LISTS = [
  ["/IncomingPhoneNumbers.json", "incoming_phone_numbers"],
  ["/OutgoingCallerIds.json", "outgoing_caller_ids"],
] as const;
const NOT_ACTIVE = 20_005;

/** Null if the answer is usable. */
function problemOf(answer: CarrierAnswer | NoAnswer): CheckOutcome | null {
  if (answer.status === null) return { kind: "unavailable", message: answer.message };
  const code = field(parse(answer.text), "code");
  if (code === NOT_ACTIVE)
    return refused("account_sid", "is an account that is not active (error 20005); see Twilio's console");
  switch (answer.status) {
    case 200:
      return null;
    case 401:
      return refused(
        "api_key_sid",
        "and api_key_secret are refused by Twilio for this account_sid and region; a key belongs to one account and one region",
      );
    case 403:
      return refused("api_key_sid", "may not read this account's calls and numbers; use a standard API key");
    case 404:
      return refused("account_sid", "is not an account that Twilio knows in this region");
    default:
      return unavailable("Twilio", answer);
  }
}

const refused = (path: string, message: string): CheckOutcome => ({ kind: "refused", path, message });

export const checkTwilioAccount = async (client: TwilioClient): Promise<CheckOutcome> =>
  problemOf(await client.get("/Calls.json?PageSize=1", QUESTION_TIMEOUT_MS)) ?? { kind: "fine" };

export async function checkTwilioNumber(client: TwilioClient, number: string): Promise<CheckOutcome> {
  const query = new URLSearchParams({ PhoneNumber: number, PageSize: "50" });
  for (const [path, list] of NUMBER_LISTS) {
    const answer = await client.get(`${path}?${query}`, QUESTION_TIMEOUT_MS);
    const problem = problemOf(answer);
    if (problem !== null) return problem.kind === "refused" ? { ...problem, path: "provider.id" } : problem;
    const found = field(parse(answer.status === null ? "" : answer.text), list);
    if (!Array.isArray(found)) return { kind: "unavailable", message: "Twilio's answer is not a list of numbers" };
    if (found.some((one) => field(one, "phone_number") === number)) return { kind: "fine" };
  }
  return refused("number", "is neither a number of this Twilio account nor a caller id verified for it");
}
