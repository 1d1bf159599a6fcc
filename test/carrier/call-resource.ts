/** The call resource as Twilio's REST API shows it. Callback URLs and TwiML are not echoed, as Twilio does not. */

import type { Call } from "./call.ts";

export const API_VERSION = "2010-04-01";

const SUBRESOURCES = [
  "events",
  "notifications",
  "payments",
  "recordings",
  "siprec",
  "streams",
  "transcriptions",
  "user_defined_message_subscriptions",
  "user_defined_messages",
] as const;

export function callResource(call: Call) {
  const path = `/${API_VERSION}/Accounts/${call.accountSid}/Calls/${call.sid}`;
  const startedOrNow = call.startedAt ?? call.updatedAt;
  return {
    sid: call.sid,
    date_created: rfc2822(call.createdAt),
    date_updated: rfc2822(call.updatedAt),
    parent_call_sid: null,
    account_sid: call.accountSid,
    to: call.to,
    to_formatted: formatted(call.to),
    from: call.from,
    from_formatted: formatted(call.from),
    phone_number_sid: null,
    status: call.status,
    start_time: call.startedAt === null ? null : rfc2822(call.startedAt),
    end_time: call.endedAt === null ? null : rfc2822(call.endedAt),
    duration: call.durationSeconds === null ? null : String(call.durationSeconds),
    price: null,
    price_unit: "USD",
    direction: "outbound-api",
    answered_by: call.answeredBy,
    api_version: API_VERSION,
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: String(startedOrNow - call.createdAt),
    trunk_sid: null,
    uri: `${path}.json`,
    subresource_uris: Object.fromEntries(
      SUBRESOURCES.map((name) => [name, `${path}/${pascalCase(name)}.json`] as const),
    ),
  };
}

/** The requests around a call, with their parameters ("Call Events"): the one that placed it. */
export function callEvents(call: Call) {
  const path = `/${API_VERSION}/Accounts/${call.accountSid}/Calls`;
  const { from, to, twiml } = call;
  const request = {
    method: "POST",
    url: `https://api.twilio.com${path}.json`,
    parameters: { from, to, status_callback_method: "POST", twiml },
  };
  return {
    events: [{ request, response: { response_code: 201, request_duration: 5, date_created: rfc2822(call.createdAt) } }],
    page: 0,
    page_size: 50,
    start: 0,
    end: 0,
    uri: `${path}/${call.sid}/Events.json`,
    next_page_uri: null,
    previous_page_uri: null,
  };
}

/** RFC 2822 in UTC, to the second. */
export const rfc2822 = (at: number): string => new Date(at).toUTCString().replace("GMT", "+0000");

/** North American numbers are shown as (415) 555-0100, all others in E.164. */
function formatted(number: string): string {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return parts === null ? number : `(${parts[1]}) ${parts[2]}-${parts[3]}`;
}

const pascalCase = (name: string): string =>
  name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
