/** What Telnyx is asked before an account or a number is stored. */

import type { CheckOutcome } from "../dialer.ts";
import { field, parse, textField } from "../json.ts";
import { type TelnyxAnswer, type TelnyxClient, unavailable } from "./client.ts";

const refused = (path: string, message: string): CheckOutcome => ({ kind: "refused", path, message });

/** Null if the answer is usable. */
function keyProblem(answer: TelnyxAnswer): CheckOutcome | null {
  if (answer.status === 401) return refused("api_key", "is refused by Telnyx (status 401)");
  if (answer.status === 403)
    return refused("api_key", "may not read this account's applications and numbers (status 403)");
  return null;
}

/** The application must be able to place calls, and report them in the webhook version that is understood here. */
export async function checkTelnyxAccount(client: TelnyxClient, connectionId: string): Promise<CheckOutcome> {
  const answer = await client.get(`/call_control_applications/${connectionId}`);
  const problem = keyProblem(answer);
  if (problem !== null) return problem;
  if (answer.status === 404)
    return refused("connection_id", "is not a Call Control application of this Telnyx account");
  if (answer.status !== 200) return unavailable(answer);
  const application = field(parse(answer.text), "data");
  if (textField(application, "id") !== connectionId) {
    return { kind: "unavailable", message: "Telnyx's answer is not this application" };
  }
  if (field(application, "active") === false)
    return refused("connection_id", "is an application that is not active; activate it at Telnyx");
  if (field(application, "webhook_api_version") !== "2") {
    return refused("connection_id", "is an application whose webhook API version is not 2; set it to API v2 at Telnyx");
  }
  const profile = textField(field(application, "outbound"), "outbound_voice_profile_id");
  return profile === null || profile === ""
    ? refused("connection_id", "is an application without an outbound voice profile; give it one at Telnyx")
    : { kind: "fine" };
}

/** A number of the account, or a verified number of another: both may be called from. */
export async function checkTelnyxNumber(client: TelnyxClient, number: string): Promise<CheckOutcome> {
  // The filter takes only digits, and also lists longer numbers.
  const query = new URLSearchParams({ "filter[phone_number]": number.replace("+", ""), "page[size]": "100" });
  const own = await client.get(`/phone_numbers?${query}`);
  const problem = keyProblem(own);
  if (problem !== null) return problem.kind === "refused" ? { ...problem, path: "provider.id" } : problem;
  if (own.status !== 200) return unavailable(own);
  const listed = field(parse(own.text), "data");
  if (!Array.isArray(listed)) return { kind: "unavailable", message: "Telnyx's answer is not a list of numbers" };
  if (listed.some((one) => field(one, "phone_number") === number)) return { kind: "fine" };

  const verified = await client.get(`/verified_numbers/${encodeURIComponent(number)}`);
  if (verified.status === 200) {
    const found = field(parse(verified.text), "data");
    if (field(found, "phone_number") === number && textField(found, "verified_at") !== null) return { kind: "fine" };
  } else if (verified.status === null || verified.status === 429 || verified.status >= 500) {
    return unavailable(verified);
  }
  return refused("number", "is neither a number of this Telnyx account nor verified for it");
}
