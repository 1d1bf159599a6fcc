/** Made by `npm run client:types` (`build/generate.ts`). A test fails where it is not up to date. */

import type { KeyedOptions, Listing, Options } from "./method.ts";

export type CreateProvider =
  CreateProviderTwilio | CreateProviderCartesia | CreateProviderSipTrunk | CreateProviderHttp | CreateProviderTelnyx;
export type CreateProviderSipTrunk = CreateProviderSipTrunkLivekit | CreateProviderSipTrunkJambonz;
export type ChangeProvider =
  | ChangeProviderTwilio
  | ChangeProviderCartesia
  | ChangeProviderLivekit
  | ChangeProviderJambonz
  | ChangeProviderHttp
  | ChangeProviderTelnyx;
export type RecipientsCsv = string;
export type ReportCsv = string;
export type DoNotCallCsv = string;
export type Provider = ProviderTwilio | ProviderCartesia | ProviderSipTrunk | ProviderHttp | ProviderTelnyx;
export type ProviderSipTrunk = ProviderSipTrunkLivekit | ProviderSipTrunkJambonz;
export type ProviderList = Provider[];
export type PriceLists = PriceList[];
/**
 * Its id.
 *
 */
export type WebhookDeleted = string;
export type AuditCsv = string;
export type OrganizationExport = string;
export type CallbackReply = string;

export interface CreateBatch {
  name: string;
  agent_id: string;
  from_number_id: string;
  /**
   * @minItems 1
   * @maxItems 5000
   */
  recipients: NewRecipient[];
  /** The country of numbers without a country code: ISO 3166, two letters. Numbers may then be written in any usual form. A number that is valid in that country belongs to it. */
  default_country?: string | null | undefined;
  /** `true`: refuses a number without a country code that could also be another country's. */
  strict_country?: boolean | null | undefined;
  /** The most calls at once, within the organization's limit. Default: half of that limit. With `calls_per_second`, at most what that pace needs for calls of three minutes. */
  target_concurrency_limit?: number | null | undefined;
  /** Which waiting batch gets slots first: 1 before 5, the oldest first within a priority. A level is worth a week of age. Default: 3. */
  priority?: number | null | undefined;
  /** Without it: 60. */
  ringing_timeout_seconds?: number | null | undefined;
  /** Without it: 480. */
  max_call_duration_minutes?: number | null | undefined;
  /** When dialing may begin: in the future, within 30 days. Default: at once. */
  scheduled_at?: string | null | undefined;
  /** What to do with the same number several times in the list. Default: allow. */
  on_duplicate?: ("allow" | "skip" | "reject") | null | undefined;
  /** Which failed recipients are called again automatically. */
  retry_policy?: RetryPolicy | null | undefined;
  /** When people may be called, by their local time. */
  calling_window?: NewCallingWindow | null | undefined;
  /** When the batch stops automatically because its carrier fails. */
  circuit_breaker?: CircuitBreaker | null | undefined;
  /** The most calls that the batch begins in a second. The limits of the organization, the provider and the number apply too. */
  calls_per_second?: number | null | undefined;
  /** Asks the carrier who answers, if it can tell. hang_up: a call that a machine answers ends like an unanswered one. continue: the agent talks. Without it the carrier is not asked. */
  on_voicemail?: ("hang_up" | "continue") | null | undefined;
  /** Only for a number of a SIP trunk. With a telephony account, the account's region applies. */
  region?: ("US" | "EU" | "APAC") | null | undefined;
}
export interface NewRecipient {
  /** E.164, with a possible length for its country. A country's own trunk prefix after the country code is removed. */
  to_number: string;
  /** Any JSON object of at most 16 KiB. The agent gets it, and answers include it. */
  metadata?: {
    [k: string]: unknown;
  } | null | undefined;
  /** Where the recipient is; replaces the number's time zones. */
  timezone?: string | null | undefined;
  /** Your own id for the recipient, unique in a batch; its calls and events include it. Appending it again skips the recipient. */
  external_id?: string | null | undefined;
}
export interface RetryPolicy {
  /** The most calls to one recipient, including the first. */
  max_attempts: number;
  /** @minItems 1 */
  retry_on: ("dial_no_answer" | "dial_busy" | "dial_failed" | "voicemail")[];
  /**
   * From an end to the next attempt: before the second, the third, and so on; the last interval applies to the rest.
   *
   * @minItems 1
   * @maxItems 9
   */
  intervals_minutes?: number[] | undefined;
  /** Minutes between two calls to one number, by any batch of the organization. The stricter of this and the organization's rule applies. */
  min_gap_minutes?: number | null | undefined;
  /** The most calls to one number in a day, by any batch. Days are those of the number's time zone, or UTC if that is unknown. */
  max_attempts_per_number_per_day?: number | null | undefined;
}
export interface NewCallingWindow {
  timezone_mode: "recipient" | "fixed";
  timezone?: string | null | undefined;
  /**
   * @minItems 1
   * @maxItems 50
   */
  windows: {
    /** @minItems 1 */
    days: ("sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat")[];
    start: string;
    end: string;
  }[];
  /** @maxItems 400 */
  excluded_dates?: string[] | undefined;
  unknown_timezone?: "block" | "use_timezone" | undefined;
  expires_at?: string | null | undefined;
}
export interface CircuitBreaker {
  /** With fewer calls in the window, the batch does not stop. */
  min_calls?: number | undefined;
  /** The share of failed calls in the window at which the batch stops. */
  failure_share?: number | undefined;
  /** Calls count that ended, or were answered, within this time. */
  window_minutes?: number | undefined;
  /** From the stop to the trial call. `null`: only a human resumes the batch. */
  cool_down_minutes?: number | null | undefined;
}
export interface CreateBatchForm {
  name: string;
  agent_id: string;
  from_number_id: string;
  /** The country of numbers without a country code: ISO 3166, two letters. Numbers may then be written in any usual form. A number that is valid in that country belongs to it. */
  default_country?: string | null | undefined;
  /** `true`: refuses a number without a country code that could also be another country's. */
  strict_country?: boolean | null | undefined;
  /** The most calls at once, within the organization's limit. Default: half of that limit. With `calls_per_second`, at most what that pace needs for calls of three minutes. */
  target_concurrency_limit?: number | null | undefined;
  /** Which waiting batch gets slots first: 1 before 5, the oldest first within a priority. A level is worth a week of age. Default: 3. */
  priority?: number | null | undefined;
  /** Without it: 60. */
  ringing_timeout_seconds?: number | null | undefined;
  /** Without it: 480. */
  max_call_duration_minutes?: number | null | undefined;
  /** When dialing may begin: in the future, within 30 days. Default: at once. */
  scheduled_at?: string | null | undefined;
  /** What to do with the same number several times in the list. Default: allow. */
  on_duplicate?: ("allow" | "skip" | "reject") | null | undefined;
  /** Which failed recipients are called again automatically. */
  retry_policy?: RetryPolicy | null | undefined;
  /** When people may be called, by their local time. */
  calling_window?: NewCallingWindow | null | undefined;
  /** When the batch stops automatically because its carrier fails. */
  circuit_breaker?: CircuitBreaker | null | undefined;
  /** The most calls that the batch begins in a second. The limits of the organization, the provider and the number apply too. */
  calls_per_second?: number | null | undefined;
  /** Asks the carrier who answers, if it can tell. hang_up: a call that a machine answers ends like an unanswered one. continue: the agent talks. Without it the carrier is not asked. */
  on_voicemail?: ("hang_up" | "continue") | null | undefined;
  /** Only for a number of a SIP trunk. With a telephony account, the account's region applies. */
  region?: ("US" | "EU" | "APAC") | null | undefined;
  /** The name of the column with the numbers, or `column_2` without names. Default: a guess, the column that is mostly phone numbers; of several, the one whose name fits best. Required if two fit equally well. */
  number_column?: string | undefined;
  /** For a workbook: the name of the sheet. Default: the first visible one. */
  sheet?: string | undefined;
  /** A list as CSV (UTF-8, UTF-16 with its mark or Windows-1252; separated by commas, semicolons, tabs or pipes) or as a workbook (.xlsx). At most 5000 rows of at most 200 columns, and 502000 values in all. Columns are the numbers, optionally `timezone` and `external_id`; all others are metadata. Lines above the column names are ignored. */
  file: Blob;
}
export interface ChangeBatch {
  name?: string | undefined;
  target_concurrency_limit?: number | undefined;
  /** Which waiting batch gets slots first: 1 before 5, the oldest first within a priority. A level is worth a week of age. Slots that it has stay. */
  priority?: number | undefined;
  /** Until the first call. `null`: at once. */
  scheduled_at?: string | null | undefined;
  /** For calls that end from now on; its gap and daily limit apply at once. `null`: only a human calls again. */
  retry_policy?: RetryPolicy | null | undefined;
  /** For all waiting recipients. `null`: only the organization's window applies. */
  calling_window?: NewCallingWindow | null | undefined;
  /** Absent fields have the defaults of Create. `null`: no circuit breaker; a stopped batch continues. */
  circuit_breaker?: CircuitBreaker | null | undefined;
  /** `null`: unlimited. */
  calls_per_second?: number | null | undefined;
  /** `true`: waiting recipients who could never be called then fail. Otherwise such a change is refused, and nothing changes. */
  allow_failures?: boolean | undefined;
}
export interface PreviewChange {
  name?: string | undefined;
  target_concurrency_limit?: number | undefined;
  /** Which waiting batch gets slots first: 1 before 5, the oldest first within a priority. A level is worth a week of age. Slots that it has stay. */
  priority?: number | undefined;
  /** Until the first call. `null`: at once. */
  scheduled_at?: string | null | undefined;
  /** For calls that end from now on; its gap and daily limit apply at once. `null`: only a human calls again. */
  retry_policy?: RetryPolicy | null | undefined;
  /** For all waiting recipients. `null`: only the organization's window applies. */
  calling_window?: NewCallingWindow | null | undefined;
  /** Absent fields have the defaults of Create. `null`: no circuit breaker; a stopped batch continues. */
  circuit_breaker?: CircuitBreaker | null | undefined;
  /** `null`: unlimited. */
  calls_per_second?: number | null | undefined;
}
export interface AppendRecipients {
  /**
   * @minItems 1
   * @maxItems 5000
   */
  recipients: NewRecipient[];
  /** The country of numbers without a country code: ISO 3166, two letters. Numbers may then be written in any usual form. A number that is valid in that country belongs to it. */
  default_country?: string | null | undefined;
  /** `true`: refuses a number without a country code that could also be another country's. */
  strict_country?: boolean | null | undefined;
  /** What to do with a number that is already in the batch, or several times in the list. Default: skip, so that the request can be repeated. */
  on_duplicate?: ("allow" | "skip" | "reject") | null | undefined;
}
export interface AppendRecipientsForm {
  /** The country of numbers without a country code: ISO 3166, two letters. Numbers may then be written in any usual form. A number that is valid in that country belongs to it. */
  default_country?: string | null | undefined;
  /** `true`: refuses a number without a country code that could also be another country's. */
  strict_country?: boolean | null | undefined;
  /** What to do with a number that is already in the batch, or several times in the list. Default: skip, so that the request can be repeated. */
  on_duplicate?: ("allow" | "skip" | "reject") | null | undefined;
  /** The name of the column with the numbers, or `column_2` without names. Default: a guess, the column that is mostly phone numbers; of several, the one whose name fits best. Required if two fit equally well. */
  number_column?: string | undefined;
  /** For a workbook: the name of the sheet. Default: the first visible one. */
  sheet?: string | undefined;
  /** A list as CSV (UTF-8, UTF-16 with its mark or Windows-1252; separated by commas, semicolons, tabs or pipes) or as a workbook (.xlsx). At most 5000 rows of at most 200 columns, and 502000 values in all. Columns are the numbers, optionally `timezone` and `external_id`; all others are metadata. Lines above the column names are ignored. */
  file: Blob;
}
export interface PreviewBatch {
  name: string;
  agent_id: string;
  from_number_id: string;
  /**
   * @minItems 1
   * @maxItems 5000
   */
  recipients: NewRecipient[];
  /** The country of numbers without a country code: ISO 3166, two letters. Numbers may then be written in any usual form. A number that is valid in that country belongs to it. */
  default_country?: string | null | undefined;
  /** `true`: refuses a number without a country code that could also be another country's. */
  strict_country?: boolean | null | undefined;
  /** The most calls at once, within the organization's limit. Default: half of that limit. With `calls_per_second`, at most what that pace needs for calls of three minutes. */
  target_concurrency_limit?: number | null | undefined;
  /** Which waiting batch gets slots first: 1 before 5, the oldest first within a priority. A level is worth a week of age. Default: 3. */
  priority?: number | null | undefined;
  /** Without it: 60. */
  ringing_timeout_seconds?: number | null | undefined;
  /** Without it: 480. */
  max_call_duration_minutes?: number | null | undefined;
  /** When dialing may begin: in the future, within 30 days. Default: at once. */
  scheduled_at?: string | null | undefined;
  /** What to do with the same number several times in the list. Default: allow. */
  on_duplicate?: ("allow" | "skip" | "reject") | null | undefined;
  /** Which failed recipients are called again automatically. */
  retry_policy?: RetryPolicy | null | undefined;
  /** When people may be called, by their local time. */
  calling_window?: NewCallingWindow | null | undefined;
  /** When the batch stops automatically because its carrier fails. */
  circuit_breaker?: CircuitBreaker | null | undefined;
  /** The most calls that the batch begins in a second. The limits of the organization, the provider and the number apply too. */
  calls_per_second?: number | null | undefined;
  /** Asks the carrier who answers, if it can tell. hang_up: a call that a machine answers ends like an unanswered one. continue: the agent talks. Without it the carrier is not asked. */
  on_voicemail?: ("hang_up" | "continue") | null | undefined;
  /** Only for a number of a SIP trunk. With a telephony account, the account's region applies. */
  region?: ("US" | "EU" | "APAC") | null | undefined;
  /** The assumed length of a call, from dialing to its end. Default: 60. */
  expected_call_seconds?: number | null | undefined;
}
export interface PreviewBatchForm {
  name: string;
  agent_id: string;
  from_number_id: string;
  /** The country of numbers without a country code: ISO 3166, two letters. Numbers may then be written in any usual form. A number that is valid in that country belongs to it. */
  default_country?: string | null | undefined;
  /** `true`: refuses a number without a country code that could also be another country's. */
  strict_country?: boolean | null | undefined;
  /** The most calls at once, within the organization's limit. Default: half of that limit. With `calls_per_second`, at most what that pace needs for calls of three minutes. */
  target_concurrency_limit?: number | null | undefined;
  /** Which waiting batch gets slots first: 1 before 5, the oldest first within a priority. A level is worth a week of age. Default: 3. */
  priority?: number | null | undefined;
  /** Without it: 60. */
  ringing_timeout_seconds?: number | null | undefined;
  /** Without it: 480. */
  max_call_duration_minutes?: number | null | undefined;
  /** When dialing may begin: in the future, within 30 days. Default: at once. */
  scheduled_at?: string | null | undefined;
  /** What to do with the same number several times in the list. Default: allow. */
  on_duplicate?: ("allow" | "skip" | "reject") | null | undefined;
  /** Which failed recipients are called again automatically. */
  retry_policy?: RetryPolicy | null | undefined;
  /** When people may be called, by their local time. */
  calling_window?: NewCallingWindow | null | undefined;
  /** When the batch stops automatically because its carrier fails. */
  circuit_breaker?: CircuitBreaker | null | undefined;
  /** The most calls that the batch begins in a second. The limits of the organization, the provider and the number apply too. */
  calls_per_second?: number | null | undefined;
  /** Asks the carrier who answers, if it can tell. hang_up: a call that a machine answers ends like an unanswered one. continue: the agent talks. Without it the carrier is not asked. */
  on_voicemail?: ("hang_up" | "continue") | null | undefined;
  /** Only for a number of a SIP trunk. With a telephony account, the account's region applies. */
  region?: ("US" | "EU" | "APAC") | null | undefined;
  /** The name of the column with the numbers, or `column_2` without names. Default: a guess, the column that is mostly phone numbers; of several, the one whose name fits best. Required if two fit equally well. */
  number_column?: string | undefined;
  /** For a workbook: the name of the sheet. Default: the first visible one. */
  sheet?: string | undefined;
  /** The assumed length of a call, from dialing to its end. Default: 60. */
  expected_call_seconds?: number | null | undefined;
  /** A list as CSV (UTF-8, UTF-16 with its mark or Windows-1252; separated by commas, semicolons, tabs or pipes) or as a workbook (.xlsx). At most 5000 rows of at most 200 columns, and 502000 values in all. Columns are the numbers, optionally `timezone` and `external_id`; all others are metadata. Lines above the column names are ignored. */
  file: Blob;
}
export interface CreateCalls {
  agent_id: string;
  from_number_id: string;
  /**
   * @minItems 1
   * @maxItems 100
   */
  outbound_calls: NewRecipient[];
  /** Without it: 60. */
  ringing_timeout_seconds?: number | null | undefined;
  /** Without it: 480. */
  max_call_duration_minutes?: number | null | undefined;
  /** Asks the carrier who answers, if it can tell. hang_up: a call that a machine answers ends like an unanswered one. continue: the agent talks. Without it the carrier is not asked. */
  on_voicemail?: ("hang_up" | "continue") | null | undefined;
}
/**
 * Absent fields are left unchanged; `null` clears a field.
 *
 */
export interface ChangeCall {
  /** How it came out, in your own words. Calls are found by it. */
  outcome?: string | null | undefined;
  /** Text for people. */
  notes?: string | null | undefined;
  /** Replace the present ones. Calls are found by each. */
  tags?: string[] | null | undefined;
  /** Where the recording is. callbatch never opens it. */
  recording_url?: string | null | undefined;
  /** Where the transcript is. callbatch never opens it. */
  transcript_url?: string | null | undefined;
}
export interface OptOut {
  reason?: string | null | undefined;
}
export interface AddDoNotCall {
  number?: string | null | undefined;
  numbers?: string[] | null | undefined;
  /** Why; stored with each of them. */
  reason?: string | null | undefined;
}
export interface AddDoNotCallForm {
  /** The country of numbers without a country code: ISO 3166, two letters. Numbers may then be written in any usual form. A number that is valid in that country belongs to it. */
  default_country?: string | null | undefined;
  /** `true`: refuses a number without a country code that could also be another country's. */
  strict_country?: boolean | null | undefined;
  /** The name of the column with the numbers, or `column_2` without names. Default: a guess, the column that is mostly phone numbers; of several, the one whose name fits best. Required if two fit equally well. */
  number_column?: string | undefined;
  /** For a workbook: the name of the sheet. Default: the first visible one. */
  sheet?: string | undefined;
  /** For every row without a reason of its own. */
  reason?: string | null | undefined;
  /** A list as CSV (UTF-8, UTF-16 with its mark or Windows-1252; separated by commas, semicolons, tabs or pipes) or as a workbook (.xlsx). At most 10000 rows: a column of numbers, and an optional `reason`. Other columns are ignored. */
  file: Blob;
}
export interface ErasePeople {
  /** The person's number in E.164. */
  to_number?: string | undefined;
  /** Your own id for the person. */
  external_id?: string | undefined;
}
export interface SearchPeople {
  /** The person's number in E.164. */
  to_number?: string | undefined;
  /** Your own id for the person. */
  external_id?: string | undefined;
  limit?: number | undefined;
  /** The id of a recipient: the page begins with the next one. */
  starting_after?: string | undefined;
}
export interface CreateAgent {
  /** Default: a generated one. */
  id?: string | null | undefined;
  name: string;
  connection: CreateAgentConnectionWebsocket | CreateAgentConnectionCartesia | CreateAgentConnectionLivekit;
  webhook_id?: string | null | undefined;
}
export interface CreateAgentConnectionWebsocket {
  type: "websocket";
  /** The WebSocket that gets an answered call's audio: a URL without credentials, query and fragment. */
  url: string;
}
export interface CreateAgentConnectionCartesia {
  type: "cartesia";
  /** The agent's id at Cartesia. */
  agent_id: string;
}
export interface CreateAgentConnectionLivekit {
  type: "livekit";
  /** The agent's name at LiveKit. */
  agent_name: string;
}
export interface ChangeAgent {
  name?: string | undefined;
  connection?: ChangeAgentConnectionWebsocket | ChangeAgentConnectionCartesia | ChangeAgentConnectionLivekit | undefined;
  webhook_id?: string | null | undefined;
}
export interface ChangeAgentConnectionWebsocket {
  type: "websocket";
  /** The WebSocket that gets an answered call's audio: a URL without credentials, query and fragment. */
  url: string;
}
export interface ChangeAgentConnectionCartesia {
  type: "cartesia";
  /** The agent's id at Cartesia. */
  agent_id: string;
}
export interface ChangeAgentConnectionLivekit {
  type: "livekit";
  /** The agent's name at LiveKit. */
  agent_name: string;
}
export interface ImportPhoneNumber {
  /** Default: a generated one. */
  id?: string | null | undefined;
  label: string;
  /** E.164, with a possible length for its country. A country's own trunk prefix after the country code is removed. */
  number: string;
  provider: ImportPhoneNumberProviderId | ImportPhoneNumberProviderTwilio;
  /** The number's id at its carrier, if the carrier uses ids. */
  carrier_number_id?: string | null | undefined;
  agent_id?: string | null | undefined;
  /** The most calls from this number that may begin in a second. */
  calls_per_second?: number | null | undefined;
}
export interface ImportPhoneNumberProviderId {
  id: string;
}
export interface ImportPhoneNumberProviderTwilio {
  type: "twilio";
  account_sid: string;
  /** Required if the account is linked in several regions. */
  region?: ("us1" | "ie1" | "au1") | null | undefined;
}
export interface ChangePhoneNumber {
  label?: string | undefined;
  agent_id?: string | null | undefined;
  /** Another provider of the same type. Refused (409) while a batch or a direct call uses the number. */
  provider?: ChangePhoneNumberProviderId | ChangePhoneNumberProviderTwilio | undefined;
  calls_per_second?: number | null | undefined;
}
export interface ChangePhoneNumberProviderId {
  id: string;
}
export interface ChangePhoneNumberProviderTwilio {
  type: "twilio";
  account_sid: string;
  /** Required if the account is linked in several regions. */
  region?: ("us1" | "ie1" | "au1") | null | undefined;
}
export interface CreateProviderTwilio {
  /** Default: a generated one. */
  id?: string | null | undefined;
  type: "twilio";
  /** Default: the account's id. */
  label?: string | null | undefined;
  account_sid: string;
  api_key_sid: string;
  api_key_secret: string;
  /** With it, the signature of every callback is verified. */
  auth_token?: string | null | undefined;
  region?: ("us1" | "ie1" | "au1") | null | undefined;
  /** The most calls that may begin in a second. Default: what the carrier allows every account; `null`: no limit. */
  calls_per_second?: number | null | undefined;
}
export interface CreateProviderCartesia {
  /** Default: a generated one. */
  id?: string | null | undefined;
  type: "cartesia";
  label: string;
  /** An API key of Cartesia's, like `sk_car_…`. */
  api_key: string;
  /** The secret of the agents' webhook to `/callbacks/cartesia`. Without it, callbatch ignores webhooks and asks Cartesia about each call. */
  webhook_secret?: string | null | undefined;
  /** The most calls that may begin in a second. Default: what the carrier allows every account; `null`: no limit. */
  calls_per_second?: number | null | undefined;
}
export interface CreateProviderSipTrunkLivekit {
  /** Default: a generated one. */
  id?: string | null | undefined;
  type: "sip_trunk";
  gateway: "livekit";
  label: string;
  outbound: {
    /** Where the trunk's carrier accepts calls: `host` or `host:port`. Default port: 5060, or 5061 for tls. */
    address: string;
    /**
     * @deprecated
     * An older name of `address`.
     */
    hostname?: string | undefined;
    transport?: ("udp" | "tcp" | "tls") | null | undefined;
    /** Write-only; reads show the user name as `auth_username`. */
    credentials?: CreateProviderSipTrunkLivekitOutboundCredentials | null | undefined;
    /** The country of most calls, for a gateway that routes by it. */
    destination_country?: string | null | undefined;
    media_encryption?: ("disabled" | "allowed" | "required") | null | undefined;
  };
  /** The gateways, by the region of the batches that they dial. */
  regions: {
    US?: CreateProviderSipTrunkLivekitGateway | null | undefined;
    EU?: CreateProviderSipTrunkLivekitGateway | null | undefined;
    APAC?: CreateProviderSipTrunkLivekitGateway | null | undefined;
  };
  /** The most calls that may begin in a second. Default: what the carrier allows every account; `null`: no limit. */
  calls_per_second?: number | null | undefined;
}
export interface CreateProviderSipTrunkLivekitOutboundCredentials {
  username: string;
  password: string;
}
export interface CreateProviderSipTrunkLivekitGateway {
  /** The server, like `https://my-project.livekit.cloud`. */
  url: string;
  api_key: string;
  /** Signs our requests and LiveKit's webhooks. */
  api_secret: string;
}
export interface CreateProviderSipTrunkJambonz {
  /** Default: a generated one. */
  id?: string | null | undefined;
  type: "sip_trunk";
  gateway: "jambonz";
  label: string;
  outbound: {
    /** Where the trunk's carrier accepts calls: `host` or `host:port`. Default port: 5060, or 5061 for tls. */
    address: string;
    /**
     * @deprecated
     * An older name of `address`.
     */
    hostname?: string | undefined;
    transport?: ("udp" | "tcp" | "tls") | null | undefined;
    /** Write-only; reads show the user name as `auth_username`. */
    credentials?: CreateProviderSipTrunkJambonzOutboundCredentials | null | undefined;
    /** The country of most calls, for a gateway that routes by it. */
    destination_country?: string | null | undefined;
    media_encryption?: ("disabled" | "allowed" | "required") | null | undefined;
  };
  /** The gateways, by the region of the batches that they dial. */
  regions: {
    US?: CreateProviderSipTrunkJambonzGateway | null | undefined;
    EU?: CreateProviderSipTrunkJambonzGateway | null | undefined;
    APAC?: CreateProviderSipTrunkJambonzGateway | null | undefined;
  };
  /** The speech recognition that jambonz uses to tell a machine from a person. Every region's account needs speech credentials of this vendor. */
  recognizer?: CreateProviderSipTrunkJambonzRecognizer | null | undefined;
  /** The most calls that may begin in a second. Default: what the carrier allows every account; `null`: no limit. */
  calls_per_second?: number | null | undefined;
}
export interface CreateProviderSipTrunkJambonzOutboundCredentials {
  username: string;
  password: string;
}
export interface CreateProviderSipTrunkJambonzGateway {
  /** The REST API's base, like `https://api.jambonz.cloud/v1`. */
  url: string;
  account_sid: string;
  /** A key of the account's. */
  api_key: string;
  /** With it, the signature of every status hook is verified. */
  webhook_secret?: string | null | undefined;
}
export interface CreateProviderSipTrunkJambonzRecognizer {
  /** jambonz's name for it: `deepgram`, `google`, `microsoft` … */
  vendor: string;
  /** The vendor's code, like `en-US`. */
  language: string;
  /** The label of the account's speech credentials, if they have one. */
  label?: string | null | undefined;
}
export interface CreateProviderHttp {
  /** Default: a generated one. */
  id?: string | null | undefined;
  type: "http";
  label: string;
  /** The base URL of the dialer's protocol: https, on a public host, without credentials, query and fragment. */
  url: string;
  /** Write-only. Every request to the dialer carries it as `Authorization: Bearer`. */
  token: string;
  /** Write-only. `whsec_` and base64 of 24 to 64 bytes (Standard Webhooks), or 16 to 256 printable characters that are the key itself. */
  webhook_secret: string;
  detects_machines?: boolean | null | undefined;
  /** The most calls that may begin in a second. Default: what the carrier allows every account; `null`: no limit. */
  calls_per_second?: number | null | undefined;
}
export interface CreateProviderTelnyx {
  /** Default: a generated one. */
  id?: string | null | undefined;
  type: "telnyx";
  label: string;
  /** An API key of version 2, like `KEY…`. */
  api_key: string;
  /** The id of the Voice API (Call Control) application that places the calls. */
  connection_id: string;
  /** The account's public key, which verifies the signature of every callback. */
  public_key: string;
  /** The most calls that may begin in a second. Default: what the carrier allows every account; `null`: no limit. */
  calls_per_second?: number | null | undefined;
}
export interface ChangeProviderTwilio {
  label?: string | undefined;
  api_key_sid?: string | undefined;
  api_key_secret?: string | undefined;
  auth_token?: string | null | undefined;
  /** Must be sent with its credentials, which are valid in one region. Refused (409) while a call may use it. */
  region?: "us1" | "ie1" | "au1" | undefined;
  /** `null`: no limit. */
  calls_per_second?: number | null | undefined;
}
export interface ChangeProviderCartesia {
  label?: string | undefined;
  api_key?: string | undefined;
  webhook_secret?: string | null | undefined;
  /** `null`: no limit. */
  calls_per_second?: number | null | undefined;
}
export interface ChangeProviderLivekit {
  label?: string | undefined;
  outbound?: {
    /** Where the trunk's carrier accepts calls: `host` or `host:port`. Default port: 5060, or 5061 for tls. */
    address?: string | undefined;
    /**
     * @deprecated
     * An older name of `address`.
     */
    hostname?: string | undefined;
    transport?: ("udp" | "tcp" | "tls") | null | undefined;
    credentials?: ChangeProviderLivekitOutboundCredentials | null | undefined;
    destination_country?: string | null | undefined;
    media_encryption?: ("disabled" | "allowed" | "required") | null | undefined;
  } | undefined;
  regions?: {
    US?: {
      /** The server, like `https://my-project.livekit.cloud`. */
      url?: string | undefined;
      api_key?: string | undefined;
      api_secret?: string | undefined;
    } | undefined;
    EU?: {
      /** The server, like `https://my-project.livekit.cloud`. */
      url?: string | undefined;
      api_key?: string | undefined;
      api_secret?: string | undefined;
    } | undefined;
    APAC?: {
      /** The server, like `https://my-project.livekit.cloud`. */
      url?: string | undefined;
      api_key?: string | undefined;
      api_secret?: string | undefined;
    } | undefined;
  } | undefined;
  /** `null`: no limit. */
  calls_per_second?: number | null | undefined;
}
export interface ChangeProviderLivekitOutboundCredentials {
  username: string;
  password: string;
}
export interface ChangeProviderJambonz {
  label?: string | undefined;
  outbound?: {
    /** Where the trunk's carrier accepts calls: `host` or `host:port`. Default port: 5060, or 5061 for tls. */
    address?: string | undefined;
    /**
     * @deprecated
     * An older name of `address`.
     */
    hostname?: string | undefined;
    transport?: ("udp" | "tcp" | "tls") | null | undefined;
    credentials?: ChangeProviderJambonzOutboundCredentials | null | undefined;
    destination_country?: string | null | undefined;
    media_encryption?: ("disabled" | "allowed" | "required") | null | undefined;
  } | undefined;
  regions?: {
    US?: {
      /** The REST API's base, like `https://api.jambonz.cloud/v1`. */
      url?: string | undefined;
      account_sid?: string | undefined;
      api_key?: string | undefined;
      webhook_secret?: string | null | undefined;
    } | undefined;
    EU?: {
      /** The REST API's base, like `https://api.jambonz.cloud/v1`. */
      url?: string | undefined;
      account_sid?: string | undefined;
      api_key?: string | undefined;
      webhook_secret?: string | null | undefined;
    } | undefined;
    APAC?: {
      /** The REST API's base, like `https://api.jambonz.cloud/v1`. */
      url?: string | undefined;
      account_sid?: string | undefined;
      api_key?: string | undefined;
      webhook_secret?: string | null | undefined;
    } | undefined;
  } | undefined;
  recognizer?: ChangeProviderJambonzRecognizer | null | undefined;
  /** `null`: no limit. */
  calls_per_second?: number | null | undefined;
}
export interface ChangeProviderJambonzOutboundCredentials {
  username: string;
  password: string;
}
export interface ChangeProviderJambonzRecognizer {
  /** jambonz's name for it: `deepgram`, `google`, `microsoft` … */
  vendor?: string | undefined;
  /** The vendor's code, like `en-US`. */
  language?: string | undefined;
  label?: string | null | undefined;
}
export interface ChangeProviderHttp {
  label?: string | undefined;
  /** Write-only. Every request to the dialer carries it as `Authorization: Bearer`. */
  token?: string | undefined;
  /** Write-only. `whsec_` and base64 of 24 to 64 bytes (Standard Webhooks), or 16 to 256 printable characters that are the key itself. */
  webhook_secret?: string | undefined;
  /** The dialer tells a machine from a person; its `GET /protocol` must say so too. */
  detects_machines?: boolean | undefined;
  /** `null`: no limit. */
  calls_per_second?: number | null | undefined;
}
export interface ChangeProviderTelnyx {
  label?: string | undefined;
  /** An API key of version 2, like `KEY…`. */
  api_key?: string | undefined;
  /** The account's public key, which verifies the signature of every callback. */
  public_key?: string | undefined;
  /** `null`: no limit. */
  calls_per_second?: number | null | undefined;
}
export interface SetPrices {
  /** The first day of these prices, by the callee's clock. They hold until the next list. */
  valid_from: string;
  /** The first day of another list, which is deleted in the same transaction. This moves a list to another day. If there is no such list, nothing is deleted. */
  replaces?: string | null | undefined;
  /** As ISO 4217 names it. Sums of different currencies are never added. */
  currency: string;
  /**
   * @minItems 1
   * @maxItems 600
   */
  rates: {
    /** A country (`DE`), its mobile numbers (`DE mobile`), all countries of a calling code (`+49`), or `*` for all others. The most precise one that the list has is the price: mobile, country, code, `*`. */
    destination: string;
    /** The price of a minute. */
    per_minute: string;
    /** Seconds that are billed at least, and the steps after them: `30/6` bills 42 seconds for a call of 37. */
    increments?: "1/1" | "6/6" | "30/6" | "60/1" | "60/60" | undefined;
    /** For each answered call. */
    connection_fee?: string | undefined;
  }[];
}
export interface CreateWebhook {
  /** Default: the URL's host. */
  display_name?: string | null | undefined;
  /** Where events are sent with POST: https, without credentials, on a public host. */
  url: string;
  /** Default: a generated one, shown only in this answer. */
  secret?: string | null | undefined;
  /** Default: all events. */
  events?:
    | (
        | "call_started"
        | "call_completed"
        | "call_failed"
        | "call_updated"
        | "batch_admitted"
        | "batch_completed"
        | "batch_cancelled"
        | "batch_circuit_opened"
        | "batch_circuit_closed"
      )[]
    | null | undefined;
}
export interface ChangeWebhook {
  display_name?: string | undefined;
  /** Where events are sent with POST: https, without credentials, on a public host. */
  url?: string | undefined;
  /** `null`: generates a new one, shown only in this answer. For a day the previous one signs too. */
  secret?: string | null | undefined;
  /**
   * @minItems 1
   * @maxItems 9
   */
  events?: (
    | "call_started"
    | "call_completed"
    | "call_failed"
    | "call_updated"
    | "batch_admitted"
    | "batch_completed"
    | "batch_cancelled"
    | "batch_circuit_opened"
    | "batch_circuit_closed"
  )[] | undefined;
  enabled?: boolean | undefined;
}
export interface CreateKey {
  label: string;
  /** viewer: reads everything but the lists of keys and members and the audit; sees who cancelled a batch or listed a number. operator: also calls people, changes batches and the do-not-call list. admin: also sets up agents, numbers, providers and webhooks, manages keys and members, reads the audit, erases people and sets the retention. */
  role: "viewer" | "operator" | "admin";
  /** The key is refused from then on. Default: it does not expire. */
  expires_at?: string | null | undefined;
}
export interface CreateMember {
  /** The address that Cloudflare Access knows the person by. */
  email?: string | undefined;
  /** Everybody whose address ends with it, but not with a subdomain of it. */
  domain?: string | undefined;
  /** viewer: reads everything but the lists of keys and members and the audit; sees who cancelled a batch or listed a number. operator: also calls people, changes batches and the do-not-call list. admin: also sets up agents, numbers, providers and webhooks, manages keys and members, reads the audit, erases people and sets the retention. */
  role: "viewer" | "operator" | "admin";
}
export interface ChangeMember {
  /** viewer: reads everything but the lists of keys and members and the audit; sees who cancelled a batch or listed a number. operator: also calls people, changes batches and the do-not-call list. admin: also sets up agents, numbers, providers and webhooks, manages keys and members, reads the audit, erases people and sets the retention. */
  role: "viewer" | "operator" | "admin";
}
export interface CreateOrganization {
  /** Default: a generated one. */
  id?: string | null | undefined;
  name: string;
  /** Where the law keeps all of the organization's data. Its id and its keys begin with it: `org_eu.acme`. It cannot change. Default: as the deployment. */
  jurisdiction?: ("eu" | "us" | "fedramp" | "fedramp-high") | null | undefined;
  /** Where the organization is stored; every request of its clients goes there. It cannot change. Default: near the sender of this request. */
  region?: ("US" | "EU" | "APAC") | null | undefined;
  agent_call_concurrency_limit: number;
  reserved_concurrency?: number | null | undefined;
  agents_usage_limit?: number | null | undefined;
  calling_window?: OrganizationCallingWindow | null | undefined;
  min_gap_minutes?: number | null | undefined;
  max_attempts_per_number_per_day?: number | null | undefined;
  calls_per_second?: number | null | undefined;
  retention_days?: number | null | undefined;
  archive?: boolean | null | undefined;
}
export interface OrganizationCallingWindow {
  timezone_mode: "recipient" | "fixed";
  timezone?: string | null | undefined;
  /**
   * @minItems 1
   * @maxItems 50
   */
  windows: {
    /** @minItems 1 */
    days: ("sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat")[];
    start: string;
    end: string;
  }[];
  /** @maxItems 400 */
  excluded_dates?: string[] | undefined;
  unknown_timezone?: "block" | "use_timezone" | undefined;
}
export interface ChangeOrganization {
  name?: string | undefined;
  agent_call_concurrency_limit?: number | undefined;
  /** Slots reserved for direct calls: batches never get them. Must be below the limit; 0: none. */
  reserved_concurrency?: number | undefined;
  agents_usage_limit?: number | null | undefined;
  calling_window?: OrganizationCallingWindow | null | undefined;
  min_gap_minutes?: number | null | undefined;
  max_attempts_per_number_per_day?: number | null | undefined;
  calls_per_second?: number | null | undefined;
  /** Days for which batches that are over, direct calls and webhook deliveries are kept. Then they are deleted for good; 0: they are kept for ever. */
  retention_days?: number | undefined;
  /** Whether batches and direct calls are stored in the operator's bucket before retention deletes them. Without a stored archive nothing is deleted. */
  archive?: boolean | undefined;
}
export interface CreateApiKey {
  label: string;
  /** A chosen key: `sk_<organization>_<secret>`. Default: a generated one. */
  key?: string | null | undefined;
  /** viewer: reads everything but the lists of keys and members and the audit; sees who cancelled a batch or listed a number. operator: also calls people, changes batches and the do-not-call list. admin: also sets up agents, numbers, providers and webhooks, manages keys and members, reads the audit, erases people and sets the retention. */
  role?: "viewer" | "operator" | "admin" | undefined;
  /** The key is refused from then on. Default: it does not expire. */
  expires_at?: string | null | undefined;
}
export interface ChangeSettings {
  /** Days for which batches that are over, direct calls and webhook deliveries are kept. Then they are deleted for good; 0: they are kept for ever. */
  retention_days?: number | undefined;
  /** Whether batches and direct calls are stored in the operator's bucket before retention deletes them. Without a stored archive nothing is deleted. */
  archive?: boolean | undefined;
}
export interface McpRequest {
  jsonrpc: "2.0";
  id?: string | number | undefined;
  method: string;
  [k: string]: unknown;
}
export interface SharedCallback {
  [k: string]: unknown;
}
export interface CallbackForm {
  CallSid: string;
  CallStatus?: string | undefined;
  [k: string]: unknown;
}
export interface Batch {
  id: string;
  name: string;
  agent_id: string;
  from_number_id: string;
  region: "US" | "EU" | "APAC";
  target_concurrency_limit: number;
  /** Among batches that wait for slots, 1 comes first and 5 last. */
  priority: number;
  /** pending: no recipient was dialed yet. in_progress: some were, not all. completed: all were dialed, though calls may be in flight; all are finished when total_calls_finished equals total_calls_scheduled. failed: no recipient could be dialed. cancelled: it was cancelled before all were dialed. */
  status: "pending" | "in_progress" | "completed" | "failed" | "cancelled";
  /** Recipients in the batch. */
  total_calls_scheduled: number;
  /** Recipients handed to the dialer, even if no call could be placed. */
  total_calls_dispatched: number;
  /** Recipients whose latest attempt has ended. */
  total_calls_finished: number;
  /** Recipients who were called at least once, including those who are called again. */
  recipients_called: number;
  /** Recipients whose call was answered, by a person or a machine. Absent in batches from before this was counted. */
  recipients_answered?: number | undefined;
  retry_count: number;
  created_at: string;
  last_updated_at: string;
  /** When dialing may begin. */
  scheduled_at?: string | undefined;
  /** When it got its slots and dialing began. */
  admitted_at?: string | undefined;
  /** Since when it is paused, while it is. */
  paused_at?: string | undefined;
  /** When it was cancelled. */
  cancelled_at?: string | undefined;
  /** Who cancelled it. Absent, too, if that was before callbatch stored it. */
  cancelled_by?: {
    /** key: an API key. person: signed in through Cloudflare Access. operator: with the operators' token. service: callbatch itself. */
    kind: "key" | "person" | "operator" | "service";
    id: string;
    /** As it was then. A key may be revoked by now. */
    label: string;
  } | undefined;
  /** If the batch has one. */
  circuit_breaker?: {
    /** closed: the batch dials. open: it does not dial. trial: one call is made, and decides. */
    state: "closed" | "open" | "trial";
    /** When this state began; absent if it has never opened. */
    since?: string | undefined;
    /** While open: when the trial call is made. Absent if only a human resumes. */
    until?: string | undefined;
    /** Counted calls when it opened. While it is closed: calls counted so far, only in Get. */
    calls?: number | undefined;
    /** Those of them that failed through the carrier's fault. */
    failed_calls?: number | undefined;
    /** This and the following fields are its settings, only in Get. */
    min_calls?: number | undefined;
    failure_share?: number | undefined;
    window_minutes?: number | undefined;
    cool_down_minutes?: number | null | undefined;
  } | undefined;
  /** Only in the answers to Create and Append, if there are any. */
  country_readings?: {
    /** Numbers that were read as default_country's, but with a + would be another country's. */
    also_another_country: number;
    /** Numbers that begin with default_country's own code and have no +. */
    with_country_code: number;
    /** The first 100 of them. */
    numbers: {
      /** The recipient's index in the request, from 0. */
      index: number;
      /** Its line in the file. */
      line?: number | undefined;
      written: string;
      /** The number as it was read. */
      to_number: string;
      /** The other possible number. */
      could_be?: string | undefined;
      /** The country of the other number: ISO 3166, or its calling code. */
      country?: string | undefined;
    }[];
  } | undefined;
  /** Only in the answers to Create and Append: how many recipients on_duplicate skip left out. */
  skipped_duplicates?: number | undefined;
  /** Only in the answers to Create and Append: how many recipients are left out because they are on the do-not-call list. */
  skipped_do_not_call?: number | undefined;
  /** How the file was read. Columns without a name are called `column_1`, `column_2` … */
  file?: {
    format: "csv" | "xlsx";
    /** Of CSV. */
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
    /** Of CSV. */
    separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
    /** Of a workbook. */
    sheet?: string | undefined;
    /** The line with the columns' names; absent without one. */
    header_line?: number | undefined;
    /** The column with the numbers. */
    number_column: string;
    timezone_column?: string | undefined;
    external_id_column?: string | undefined;
    /** All other columns: for recipients, the data that the agent gets. */
    metadata_columns: string[];
    /** Rows with a recipient or number. */
    rows: number;
  } | undefined;
  /** Why no recipient is being dialed, while one waits. In a list: as last reported. */
  waiting_reason?:
    | "paused"
    | "scheduled"
    | "organization_concurrency"
    | "batch_concurrency"
    | "pace"
    | "carrier"
    | "window"
    | "retry_delay"
    | "contact_gap"
    | "daily_cap" | undefined;
  /** Until when, if known. */
  waiting_until?: string | undefined;
  /** While it waits for slots (`organization_concurrency`): when its turn comes. */
  turn?: {
    /** 1: it is the next one that gets slots. */
    position: number;
    /** It waits until so many are free for it. */
    slots: number;
    /** Free for batches now. */
    free_slots: number;
    /** About when it gets its slots, if no batch that comes first is created meanwhile. Absent if unknown. */
    estimated_at?: string | undefined;
    /** What the estimate is made of. measured: the pace of the batches before it. typical: some of these have too few calls, and are taken to be as fast as the others. assumed: no batch has enough calls. */
    basis: "measured" | "typical" | "assumed";
    /** For calls whose pace is not measured: how long one keeps its slot. */
    expected_call_seconds: number;
  } | undefined;
  calling_window?: CallingWindow | undefined;
}
/** Only in lists and in Get. Absent: any hour that the organization allows. In lists it is also absent if the batch was created before lists had it, until the batch reports again; Get always has it. */
export interface CallingWindow {
  timezone_mode: "recipient" | "fixed";
  timezone?: string | undefined;
  windows: {
    days: ("sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat")[];
    start: string;
    end: string;
  }[];
  excluded_dates: string[];
  unknown_timezone: "block" | "use_timezone";
  expires_at?: string | undefined;
}
export interface BatchPage {
  /** Newest first, or in the order of `sort`. */
  data: Batch[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
  /** How many batches there are for each status, of all or of the given agent. Other filters do not matter. */
  counts: {
    pending: number;
    in_progress: number;
    completed: number;
    failed: number;
    cancelled: number;
  };
}
export interface BatchDetail {
  id: string;
  name: string;
  agent_id: string;
  from_number_id: string;
  region: "US" | "EU" | "APAC";
  target_concurrency_limit: number;
  /** Among batches that wait for slots, 1 comes first and 5 last. */
  priority: number;
  /** pending: no recipient was dialed yet. in_progress: some were, not all. completed: all were dialed, though calls may be in flight; all are finished when total_calls_finished equals total_calls_scheduled. failed: no recipient could be dialed. cancelled: it was cancelled before all were dialed. */
  status: "pending" | "in_progress" | "completed" | "failed" | "cancelled";
  /** Recipients in the batch. */
  total_calls_scheduled: number;
  /** Recipients handed to the dialer, even if no call could be placed. */
  total_calls_dispatched: number;
  /** Recipients whose latest attempt has ended. */
  total_calls_finished: number;
  /** Recipients who were called at least once, including those who are called again. */
  recipients_called: number;
  /** Recipients whose call was answered, by a person or a machine. Absent in batches from before this was counted. */
  recipients_answered?: number | undefined;
  retry_count: number;
  created_at: string;
  last_updated_at: string;
  /** When dialing may begin. */
  scheduled_at?: string | undefined;
  /** When it got its slots and dialing began. */
  admitted_at?: string | undefined;
  /** Since when it is paused, while it is. */
  paused_at?: string | undefined;
  /** When it was cancelled. */
  cancelled_at?: string | undefined;
  /** Who cancelled it. Absent, too, if that was before callbatch stored it. */
  cancelled_by?: {
    /** key: an API key. person: signed in through Cloudflare Access. operator: with the operators' token. service: callbatch itself. */
    kind: "key" | "person" | "operator" | "service";
    id: string;
    /** As it was then. A key may be revoked by now. */
    label: string;
  } | undefined;
  /** If the batch has one. */
  circuit_breaker?: {
    /** closed: the batch dials. open: it does not dial. trial: one call is made, and decides. */
    state: "closed" | "open" | "trial";
    /** When this state began; absent if it has never opened. */
    since?: string | undefined;
    /** While open: when the trial call is made. Absent if only a human resumes. */
    until?: string | undefined;
    /** Counted calls when it opened. While it is closed: calls counted so far, only in Get. */
    calls?: number | undefined;
    /** Those of them that failed through the carrier's fault. */
    failed_calls?: number | undefined;
    /** This and the following fields are its settings, only in Get. */
    min_calls?: number | undefined;
    failure_share?: number | undefined;
    window_minutes?: number | undefined;
    cool_down_minutes?: number | null | undefined;
  } | undefined;
  /** Only in the answers to Create and Append, if there are any. */
  country_readings?: {
    /** Numbers that were read as default_country's, but with a + would be another country's. */
    also_another_country: number;
    /** Numbers that begin with default_country's own code and have no +. */
    with_country_code: number;
    /** The first 100 of them. */
    numbers: {
      /** The recipient's index in the request, from 0. */
      index: number;
      /** Its line in the file. */
      line?: number | undefined;
      written: string;
      /** The number as it was read. */
      to_number: string;
      /** The other possible number. */
      could_be?: string | undefined;
      /** The country of the other number: ISO 3166, or its calling code. */
      country?: string | undefined;
    }[];
  } | undefined;
  /** Only in the answers to Create and Append: how many recipients on_duplicate skip left out. */
  skipped_duplicates?: number | undefined;
  /** Only in the answers to Create and Append: how many recipients are left out because they are on the do-not-call list. */
  skipped_do_not_call?: number | undefined;
  /** How the file was read. Columns without a name are called `column_1`, `column_2` … */
  file?: {
    format: "csv" | "xlsx";
    /** Of CSV. */
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
    /** Of CSV. */
    separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
    /** Of a workbook. */
    sheet?: string | undefined;
    /** The line with the columns' names; absent without one. */
    header_line?: number | undefined;
    /** The column with the numbers. */
    number_column: string;
    timezone_column?: string | undefined;
    external_id_column?: string | undefined;
    /** All other columns: for recipients, the data that the agent gets. */
    metadata_columns: string[];
    /** Rows with a recipient or number. */
    rows: number;
  } | undefined;
  /** Why no recipient is being dialed, while one waits. In a list: as last reported. */
  waiting_reason?:
    | "paused"
    | "scheduled"
    | "organization_concurrency"
    | "batch_concurrency"
    | "pace"
    | "carrier"
    | "window"
    | "retry_delay"
    | "contact_gap"
    | "daily_cap" | undefined;
  /** Until when, if known. */
  waiting_until?: string | undefined;
  /** While it waits for slots (`organization_concurrency`): when its turn comes. */
  turn?: {
    /** 1: it is the next one that gets slots. */
    position: number;
    /** It waits until so many are free for it. */
    slots: number;
    /** Free for batches now. */
    free_slots: number;
    /** About when it gets its slots, if no batch that comes first is created meanwhile. Absent if unknown. */
    estimated_at?: string | undefined;
    /** What the estimate is made of. measured: the pace of the batches before it. typical: some of these have too few calls, and are taken to be as fast as the others. assumed: no batch has enough calls. */
    basis: "measured" | "typical" | "assumed";
    /** For calls whose pace is not measured: how long one keeps its slot. */
    expected_call_seconds: number;
  } | undefined;
  ringing_timeout_seconds: number;
  max_call_duration_minutes: number;
  /** When it will be finished at the pace of the last ten minutes; absent if unknown. */
  estimated_end_at?: string | undefined;
  calling_window?: CallingWindow1 | undefined;
  retry_policy?: {
    max_attempts: number;
    retry_on: ("dial_no_answer" | "dial_busy" | "dial_failed" | "voicemail")[];
    intervals_minutes: number[];
    min_gap_minutes?: number | undefined;
    max_attempts_per_number_per_day?: number | undefined;
  } | undefined;
  /** The most calls that it begins in a second. */
  calls_per_second?: number | undefined;
  on_voicemail?: "hang_up" | "continue" | undefined;
  /** In the order submitted. */
  recipients: Recipient[];
}
export interface CallingWindow1 {
  timezone_mode: "recipient" | "fixed";
  timezone?: string | undefined;
  windows: {
    days: ("sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat")[];
    start: string;
    end: string;
  }[];
  excluded_dates: string[];
  unknown_timezone: "block" | "use_timezone";
  expires_at?: string | undefined;
}
export interface Recipient {
  id: string;
  /** Empty once it is erased. */
  to_number: string;
  /** When its personal data was erased. */
  redacted_at?: string | undefined;
  /** queued: waits. dispatched: handed to the dialer. started: the call is connected. completed: it ended normally. failed: no call could be placed, or the latest attempt failed. cancelled: never dialed. */
  status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
  created_at: string;
  external_id?: string | undefined;
  /** As submitted. */
  metadata?: {
    [k: string]: unknown;
  } | undefined;
  /** Of the latest attempt, once a call was dispatched. */
  agent_call_id?: string | undefined;
  end_reason?:
    | "agent_hangup"
    | "client_hangup"
    | "api_cancelled"
    | "max_duration"
    | "inactivity"
    | "client_disconnected"
    | "dial_busy"
    | "dial_failed"
    | "dial_no_answer"
    | "error" | undefined;
  /** Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell. */
  answered_by?: "human" | "machine" | "unknown" | undefined;
  /** Why no call could be placed. */
  error_message?: string | undefined;
  /** Why the recipient failed without a call. do_not_call: its number is on the list. window_expired: the time of its calling window is over. window_never_open: its calling window never opens. line_gone: the batch's agent or number was deleted, or cannot serve it any more. */
  failure_reason?:
    "do_not_call" | "window_expired" | "window_never_open" | "not_now" | "not_in_time" | "line_gone" | "erased" | undefined;
  /** While it waits for a calling window: the time zones it may be in. */
  timezone?: string | undefined;
  /** While it waits: when it may be called, if known. */
  next_eligible_at?: string | undefined;
  /** Why no recipient is being dialed, while one waits. In a list: as last reported. */
  waiting_reason?:
    | "paused"
    | "scheduled"
    | "organization_concurrency"
    | "batch_concurrency"
    | "pace"
    | "carrier"
    | "window"
    | "retry_delay"
    | "contact_gap"
    | "daily_cap" | undefined;
  /** Until when, if known. */
  waiting_until?: string | undefined;
  /** If requested: each attempt, oldest first. */
  attempts?: {
    /** Counts the recipient's attempts from 1. */
    attempt: number;
    /** Present once it was dialed. */
    agent_call_id?: string | undefined;
    status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
    created_at: string;
    /** When it was handed to the dialer. */
    dispatched_at?: string | undefined;
    answered_at?: string | undefined;
    ended_at?: string | undefined;
    /** From the answer to the end. Absent before it is over, and if it was never answered. */
    duration_seconds?: number | undefined;
    end_reason?:
      | "agent_hangup"
      | "client_hangup"
      | "api_cancelled"
      | "max_duration"
      | "inactivity"
      | "client_disconnected"
      | "dial_busy"
      | "dial_failed"
      | "dial_no_answer"
      | "error" | undefined;
    /** Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell. */
    answered_by?: "human" | "machine" | "unknown" | undefined;
    /** Why no call could be placed, or what is still unknown. */
    error_message?: string | undefined;
    /** The carrier's own code for the failure or refusal, if it gives one. */
    carrier_code?: string | undefined;
    /** The final SIP status, if the carrier reports it: 486 is busy. */
    sip_code?: number | undefined;
  }[] | undefined;
}
export interface LiveMessage {
  /** snapshot: the first message. changes: what is new since the previous one. */
  type: "snapshot" | "changes";
  at: string;
  batch: {
    id: string;
    /** pending: no recipient was dialed yet. in_progress: some were, not all. completed: all were dialed, though calls may be in flight; all are finished when total_calls_finished equals total_calls_scheduled. failed: no recipient could be dialed. cancelled: it was cancelled before all were dialed. */
    status: "pending" | "in_progress" | "completed" | "failed" | "cancelled";
    /** Recipients in the batch. */
    total_calls_scheduled: number;
    /** Recipients handed to the dialer, even if no call could be placed. */
    total_calls_dispatched: number;
    /** Recipients whose latest attempt has ended. */
    total_calls_finished: number;
    /** Recipients who were called at least once, including those who are called again. */
    recipients_called: number;
    /** Recipients whose call was answered, by a person or a machine. Absent in batches from before this was counted. */
    recipients_answered?: number | undefined;
    retry_count: number;
    target_concurrency_limit: number;
    last_updated_at: string;
    /** If the batch has one. */
    circuit_breaker?: "closed" | "open" | "trial" | undefined;
  };
  recipients_by_status: {
    queued: number;
    dispatched: number;
    started: number;
    completed: number;
    failed: number;
    cancelled: number;
  };
  /** Calls in flight. */
  in_flight: number;
  /** The organization's grant; null while the batch waits for slots, or needs none. */
  slots: number | null;
  /** In changes: the recipients that changed. */
  recipients?: {
    id: string;
    /** queued: waits. dispatched: handed to the dialer. started: the call is connected. completed: it ended normally. failed: no call could be placed, or the latest attempt failed. cancelled: never dialed. */
    status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
    /** Of the latest attempt, once a call was dispatched. */
    agent_call_id?: string | undefined;
    end_reason?:
      | "agent_hangup"
      | "client_hangup"
      | "api_cancelled"
      | "max_duration"
      | "inactivity"
      | "client_disconnected"
      | "dial_busy"
      | "dial_failed"
      | "dial_no_answer"
      | "error" | undefined;
    /** Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell. */
    answered_by?: "human" | "machine" | "unknown" | undefined;
    /** Why no call could be placed. */
    error_message?: string | undefined;
  }[] | undefined;
  /** Too many changes to list: read the batch again. */
  reload?: true | undefined;
}
export interface LiveTicket {
  ticket: string;
  /** For one WebSocket. */
  url: string;
  expires_at: string;
}
export interface ChangePreview {
  /** Waiting recipients. A change concerns no others. */
  waiting: number;
  /** They may be called at the same time as before. */
  same: number;
  /** They may be called earlier than now. */
  sooner: number;
  /** They may be called later than now. */
  delayed: number;
  /** They could never be called: the change is refused, unless it has `allow_failures`. */
  failed: number;
  /** Why recipients would fail, and how many for each reason. */
  reasons: {
    unknown_timezone?: number | undefined;
    window_never_open?: number | undefined;
    window_expired?: number | undefined;
  };
  /** When the first of them could be called after the change. */
  first_eligible_at?: string | undefined;
  /** The first 100 affected recipients: those who fail, then those who wait longer. */
  people: {
    /** The recipient's. */
    id: string;
    to_number: string;
    outcome: "sooner" | "delayed" | "failed";
    /** Why it would fail. unknown_timezone: its local time is not known. window_never_open: no allowed hour comes within two months. window_expired: the calling window ends first. */
    reason?: "unknown_timezone" | "window_never_open" | "window_expired" | undefined;
    /** The time zones it may be in. */
    timezone?: string | undefined;
    /** When it could be called after the change. */
    next_eligible_at?: string | undefined;
  }[];
  /** How many more affected recipients there are. */
  people_left_out: number;
}
export interface Appended {
  id: string;
  name: string;
  agent_id: string;
  from_number_id: string;
  region: "US" | "EU" | "APAC";
  target_concurrency_limit: number;
  /** Among batches that wait for slots, 1 comes first and 5 last. */
  priority: number;
  /** pending: no recipient was dialed yet. in_progress: some were, not all. completed: all were dialed, though calls may be in flight; all are finished when total_calls_finished equals total_calls_scheduled. failed: no recipient could be dialed. cancelled: it was cancelled before all were dialed. */
  status: "pending" | "in_progress" | "completed" | "failed" | "cancelled";
  /** Recipients in the batch. */
  total_calls_scheduled: number;
  /** Recipients handed to the dialer, even if no call could be placed. */
  total_calls_dispatched: number;
  /** Recipients whose latest attempt has ended. */
  total_calls_finished: number;
  /** Recipients who were called at least once, including those who are called again. */
  recipients_called: number;
  /** Recipients whose call was answered, by a person or a machine. Absent in batches from before this was counted. */
  recipients_answered?: number | undefined;
  retry_count: number;
  created_at: string;
  last_updated_at: string;
  /** When dialing may begin. */
  scheduled_at?: string | undefined;
  /** When it got its slots and dialing began. */
  admitted_at?: string | undefined;
  /** Since when it is paused, while it is. */
  paused_at?: string | undefined;
  /** When it was cancelled. */
  cancelled_at?: string | undefined;
  /** Who cancelled it. Absent, too, if that was before callbatch stored it. */
  cancelled_by?: {
    /** key: an API key. person: signed in through Cloudflare Access. operator: with the operators' token. service: callbatch itself. */
    kind: "key" | "person" | "operator" | "service";
    id: string;
    /** As it was then. A key may be revoked by now. */
    label: string;
  } | undefined;
  /** If the batch has one. */
  circuit_breaker?: {
    /** closed: the batch dials. open: it does not dial. trial: one call is made, and decides. */
    state: "closed" | "open" | "trial";
    /** When this state began; absent if it has never opened. */
    since?: string | undefined;
    /** While open: when the trial call is made. Absent if only a human resumes. */
    until?: string | undefined;
    /** Counted calls when it opened. While it is closed: calls counted so far, only in Get. */
    calls?: number | undefined;
    /** Those of them that failed through the carrier's fault. */
    failed_calls?: number | undefined;
    /** This and the following fields are its settings, only in Get. */
    min_calls?: number | undefined;
    failure_share?: number | undefined;
    window_minutes?: number | undefined;
    cool_down_minutes?: number | null | undefined;
  } | undefined;
  /** Only in the answers to Create and Append, if there are any. */
  country_readings?: {
    /** Numbers that were read as default_country's, but with a + would be another country's. */
    also_another_country: number;
    /** Numbers that begin with default_country's own code and have no +. */
    with_country_code: number;
    /** The first 100 of them. */
    numbers: {
      /** The recipient's index in the request, from 0. */
      index: number;
      /** Its line in the file. */
      line?: number | undefined;
      written: string;
      /** The number as it was read. */
      to_number: string;
      /** The other possible number. */
      could_be?: string | undefined;
      /** The country of the other number: ISO 3166, or its calling code. */
      country?: string | undefined;
    }[];
  } | undefined;
  /** Only in the answers to Create and Append: how many recipients on_duplicate skip left out. */
  skipped_duplicates?: number | undefined;
  /** Only in the answers to Create and Append: how many recipients are left out because they are on the do-not-call list. */
  skipped_do_not_call?: number | undefined;
  /** How the file was read. Columns without a name are called `column_1`, `column_2` … */
  file?: {
    format: "csv" | "xlsx";
    /** Of CSV. */
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
    /** Of CSV. */
    separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
    /** Of a workbook. */
    sheet?: string | undefined;
    /** The line with the columns' names; absent without one. */
    header_line?: number | undefined;
    /** The column with the numbers. */
    number_column: string;
    timezone_column?: string | undefined;
    external_id_column?: string | undefined;
    /** All other columns: for recipients, the data that the agent gets. */
    metadata_columns: string[];
    /** Rows with a recipient or number. */
    rows: number;
  } | undefined;
  /** How many are new in the batch. */
  appended_recipients: number;
  /** How many were left out because their external_id is already in the batch. */
  skipped_external_ids?: number | undefined;
}
export interface RecipientPage {
  /** In the order submitted. */
  data: {
    id: string;
    /** Empty once it is erased. */
    to_number: string;
    /** When its personal data was erased. */
    redacted_at?: string | undefined;
    /** queued: waits. dispatched: handed to the dialer. started: the call is connected. completed: it ended normally. failed: no call could be placed, or the latest attempt failed. cancelled: never dialed. */
    status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
    created_at: string;
    external_id?: string | undefined;
    /** As submitted. */
    metadata?: {
      [k: string]: unknown;
    } | undefined;
    /** Of the latest attempt, once a call was dispatched. */
    agent_call_id?: string | undefined;
    end_reason?:
      | "agent_hangup"
      | "client_hangup"
      | "api_cancelled"
      | "max_duration"
      | "inactivity"
      | "client_disconnected"
      | "dial_busy"
      | "dial_failed"
      | "dial_no_answer"
      | "error" | undefined;
    /** Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell. */
    answered_by?: "human" | "machine" | "unknown" | undefined;
    /** Why no call could be placed. */
    error_message?: string | undefined;
    /** Why the recipient failed without a call. do_not_call: its number is on the list. window_expired: the time of its calling window is over. window_never_open: its calling window never opens. line_gone: the batch's agent or number was deleted, or cannot serve it any more. */
    failure_reason?:
      "do_not_call" | "window_expired" | "window_never_open" | "not_now" | "not_in_time" | "line_gone" | "erased" | undefined;
    /** While it waits for a calling window: the time zones it may be in. */
    timezone?: string | undefined;
    /** While it waits: when it may be called, if known. */
    next_eligible_at?: string | undefined;
    /** Why no recipient is being dialed, while one waits. In a list: as last reported. */
    waiting_reason?:
      | "paused"
      | "scheduled"
      | "organization_concurrency"
      | "batch_concurrency"
      | "pace"
      | "carrier"
      | "window"
      | "retry_delay"
      | "contact_gap"
      | "daily_cap" | undefined;
    /** Until when, if known. */
    waiting_until?: string | undefined;
    /** If requested: each attempt, oldest first. */
    attempts?: {
      /** Counts the recipient's attempts from 1. */
      attempt: number;
      /** Present once it was dialed. */
      agent_call_id?: string | undefined;
      status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
      created_at: string;
      /** When it was handed to the dialer. */
      dispatched_at?: string | undefined;
      answered_at?: string | undefined;
      ended_at?: string | undefined;
      /** From the answer to the end. Absent before it is over, and if it was never answered. */
      duration_seconds?: number | undefined;
      end_reason?:
        | "agent_hangup"
        | "client_hangup"
        | "api_cancelled"
        | "max_duration"
        | "inactivity"
        | "client_disconnected"
        | "dial_busy"
        | "dial_failed"
        | "dial_no_answer"
        | "error" | undefined;
      /** Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell. */
      answered_by?: "human" | "machine" | "unknown" | undefined;
      /** Why no call could be placed, or what is still unknown. */
      error_message?: string | undefined;
      /** The carrier's own code for the failure or refusal, if it gives one. */
      carrier_code?: string | undefined;
      /** The final SIP status, if the carrier reports it: 486 is busy. */
      sip_code?: number | undefined;
    }[] | undefined;
    /** How often it was called, or will have been with the next call; 0 before the first. */
    attempt_count: number;
    /** When its latest attempt was handed to the dialer. */
    dispatched_at?: string | undefined;
    answered_at?: string | undefined;
    ended_at?: string | undefined;
    /** From the answer to the end. Absent before it is over, and if it was never answered. */
    duration_seconds?: number | undefined;
    /** What was said about the latest call. */
    call_outcome?: string | undefined;
    call_tags?: string[] | undefined;
  }[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
  /** How many there are on all pages; absent with `q`. */
  total?: number | undefined;
}
export interface RecipientDetail {
  id: string;
  /** Empty once it is erased. */
  to_number: string;
  /** When its personal data was erased. */
  redacted_at?: string | undefined;
  /** queued: waits. dispatched: handed to the dialer. started: the call is connected. completed: it ended normally. failed: no call could be placed, or the latest attempt failed. cancelled: never dialed. */
  status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
  created_at: string;
  external_id?: string | undefined;
  /** As submitted. */
  metadata?: {
    [k: string]: unknown;
  } | undefined;
  /** Of the latest attempt, once a call was dispatched. */
  agent_call_id?: string | undefined;
  end_reason?:
    | "agent_hangup"
    | "client_hangup"
    | "api_cancelled"
    | "max_duration"
    | "inactivity"
    | "client_disconnected"
    | "dial_busy"
    | "dial_failed"
    | "dial_no_answer"
    | "error" | undefined;
  /** Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell. */
  answered_by?: "human" | "machine" | "unknown" | undefined;
  /** Why no call could be placed. */
  error_message?: string | undefined;
  /** Why the recipient failed without a call. do_not_call: its number is on the list. window_expired: the time of its calling window is over. window_never_open: its calling window never opens. line_gone: the batch's agent or number was deleted, or cannot serve it any more. */
  failure_reason?:
    "do_not_call" | "window_expired" | "window_never_open" | "not_now" | "not_in_time" | "line_gone" | "erased" | undefined;
  /** While it waits for a calling window: the time zones it may be in. */
  timezone?: string | undefined;
  /** While it waits: when it may be called, if known. */
  next_eligible_at?: string | undefined;
  /** Why no recipient is being dialed, while one waits. In a list: as last reported. */
  waiting_reason?:
    | "paused"
    | "scheduled"
    | "organization_concurrency"
    | "batch_concurrency"
    | "pace"
    | "carrier"
    | "window"
    | "retry_delay"
    | "contact_gap"
    | "daily_cap" | undefined;
  /** Until when, if known. */
  waiting_until?: string | undefined;
  /** Each attempt to reach it, oldest first. */
  attempts: {
    /** Counts the recipient's attempts from 1. */
    attempt: number;
    /** Present once it was dialed. */
    agent_call_id?: string | undefined;
    status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
    created_at: string;
    /** When it was handed to the dialer. */
    dispatched_at?: string | undefined;
    answered_at?: string | undefined;
    ended_at?: string | undefined;
    /** From the answer to the end. Absent before it is over, and if it was never answered. */
    duration_seconds?: number | undefined;
    end_reason?:
      | "agent_hangup"
      | "client_hangup"
      | "api_cancelled"
      | "max_duration"
      | "inactivity"
      | "client_disconnected"
      | "dial_busy"
      | "dial_failed"
      | "dial_no_answer"
      | "error" | undefined;
    /** Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell. */
    answered_by?: "human" | "machine" | "unknown" | undefined;
    /** Why no call could be placed, or what is still unknown. */
    error_message?: string | undefined;
    /** The carrier's own code for the failure or refusal, if it gives one. */
    carrier_code?: string | undefined;
    /** The final SIP status, if the carrier reports it: 486 is busy. */
    sip_code?: number | undefined;
    /** How it came out, as an agent or a receiver of events has said. */
    outcome?: string | undefined;
    notes?: string | undefined;
    tags?: string[] | undefined;
    recording_url?: string | undefined;
    transcript_url?: string | undefined;
  }[];
  /** How often it was called, or will have been with the next call; 0 before the first. */
  attempt_count: number;
  /** When its latest attempt was handed to the dialer. */
  dispatched_at?: string | undefined;
  answered_at?: string | undefined;
  ended_at?: string | undefined;
  /** From the answer to the end. Absent before it is over, and if it was never answered. */
  duration_seconds?: number | undefined;
  /** What was said about the latest call. */
  call_outcome?: string | undefined;
  call_tags?: string[] | undefined;
}
export interface BatchPreview {
  total_recipients: number;
  /** They may be called when dialing begins, within slots and pace. */
  called: number;
  /** They are called later, each for one of the reasons. */
  delayed: number;
  /** They would not be in the batch. */
  skipped: number;
  /** They would be in the batch and fail without a call. */
  failed: number;
  /** How many are delayed, skipped or failed for each reason; each recipient counts once. */
  reasons: {
    duplicate?: number | undefined;
    do_not_call?: number | undefined;
    window?: number | undefined;
    contact_gap?: number | undefined;
    daily_cap?: number | undefined;
    unknown_timezone?: number | undefined;
    window_never_open?: number | undefined;
    window_expired?: number | undefined;
  };
  /** The first 100 delayed, skipped or failed recipients. */
  people: {
    /** The recipient's index in the request, from 0. */
    index: number;
    /** Its line in the file. */
    line?: number | undefined;
    to_number: string;
    outcome: "delayed" | "skipped" | "failed";
    /** duplicate: left out by on_duplicate skip. do_not_call: its number is on the list. window: its calling window is closed. contact_gap: its number was called too recently, or is in this list before. daily_cap: it has reached its calls for that day. unknown_timezone: its place is not known, and the window blocks such recipients. window_never_open: its windows are never open together. window_expired: its turn comes after the window's end. */
    reason:
      | "duplicate"
      | "do_not_call"
      | "window"
      | "contact_gap"
      | "daily_cap"
      | "unknown_timezone"
      | "window_never_open"
      | "window_expired";
    /** The time zones it may be in, if they matter. */
    timezone?: string | undefined;
    /** When a delayed recipient may be called; absent if that is more than a year ahead. */
    next_eligible_at?: string | undefined;
  }[];
  /** How many more of them there are. */
  people_left_out: number;
  /** If the request has a default_country. */
  country_readings?: {
    /** Numbers that were read as default_country's, but with a + would be another country's. */
    also_another_country: number;
    /** Numbers that begin with default_country's own code and have no +. */
    with_country_code: number;
    /** The first 100 of them. */
    numbers: {
      /** The recipient's index in the request, from 0. */
      index: number;
      /** Its line in the file. */
      line?: number | undefined;
      written: string;
      /** The number as it was read. */
      to_number: string;
      /** The other possible number. */
      could_be?: string | undefined;
      /** The country of the other number: ISO 3166, or its calling code. */
      country?: string | undefined;
    }[];
  } | undefined;
  slots: {
    /** The batch's target_concurrency_limit, as given or by default. */
    needed: number;
    /** Slots that are free for batches now. */
    free: number;
    /** Batches that wait for slots and come first. */
    waiting_batches: number;
    /** Whether the batch would get its slots at once. */
    granted_at_once: boolean;
  };
  /** How the file was read. Columns without a name are called `column_1`, `column_2` … */
  file?: {
    format: "csv" | "xlsx";
    /** Of CSV. */
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
    /** Of CSV. */
    separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
    /** Of a workbook. */
    sheet?: string | undefined;
    /** The line with the columns' names; absent without one. */
    header_line?: number | undefined;
    /** The column with the numbers. */
    number_column: string;
    timezone_column?: string | undefined;
    external_id_column?: string | undefined;
    /** All other columns: for recipients, the data that the agent gets. */
    metadata_columns: string[];
    /** Rows with a recipient or number. */
    rows: number;
  } | undefined;
  estimate: {
    /** The assumption for these figures: how long each call takes. */
    expected_call_seconds: number;
    /** The pace that applies; absent if unlimited. */
    calls_per_second?: number | undefined;
    /** When dialing may begin: now, or the batch's scheduled_at. */
    starts_at: string;
    /** When the last call would end, if the slots were free at starts_at and no one were called twice. Absent if no one is called. */
    ends_at?: string | undefined;
    /** From starts_at to ends_at. */
    duration_seconds: number;
    /** First calls to all called or delayed recipients, until the windows expire. */
    calls: number;
    /** Recipients who would still wait when the windows expire, or after a year. */
    not_reached: number;
    /** The total time of the calls, by the assumption. */
    expected_minutes: number;
    /** The longest total time of the calls: every attempt of the retry policy, each with the longest allowed duration. */
    most_minutes: number;
  };
}
export interface Concurrency {
  /** The most calls at once, for all batches and direct calls of the organization. */
  limit: number;
  /** The slots for direct calls, which batches never get. */
  reserved: number;
  /** Slots granted to batches and to direct calls. */
  in_use: number;
  /** The rest of the limit. A batch gets it only if none that comes first waits. */
  free: number;
  /** The slots that direct calls hold. */
  calls_outside_batches: number;
  /** Oldest first. */
  holding: {
    batch: {
      id: string;
      name: string;
    };
    /** Calls at once. */
    slots: number;
    created_at: string;
    /** No recipient of it waits: its slots shrink to its calls in flight. */
    draining: boolean;
    /** As reported some seconds ago. If it is far below its slots, the batch needs fewer slots. */
    calls_in_flight: number;
  }[];
  /** In the order of their grants. */
  waiting: {
    batch: {
      id: string;
      name: string;
    };
    /** Calls at once. */
    slots: number;
    created_at: string;
    /** 1 comes first. */
    priority: number;
    /** While it waits for slots (`organization_concurrency`): when its turn comes. */
    turn?: {
      /** 1: it is the next one that gets slots. */
      position: number;
      /** It waits until so many are free for it. */
      slots: number;
      /** Free for batches now. */
      free_slots: number;
      /** About when it gets its slots, if no batch that comes first is created meanwhile. Absent if unknown. */
      estimated_at?: string | undefined;
      /** What the estimate is made of. measured: the pace of the batches before it. typical: some of these have too few calls, and are taken to be as fast as the others. assumed: no batch has enough calls. */
      basis: "measured" | "typical" | "assumed";
      /** For calls whose pace is not measured: how long one keeps its slot. */
      expected_call_seconds: number;
    } | undefined;
  }[];
}
export interface DirectCalls {
  /** One for each destination, in the order of the request. */
  calls: {
    number: string;
    /** The call's id, whatever its result. */
    agent_call_id?: string | undefined;
    /** Replaces `agent_call_id` if no call was placed. */
    error?: {
      error_code: "concurrency_limited" | "do_not_call" | "outside_calling_window" | "call_not_placed";
      title: string;
      /** What is known, as text for people. */
      message: string;
    } | undefined;
  }[];
}
export interface CallPage {
  /** Newest first. */
  data: Call[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface Call {
  id: string;
  agent_id: string;
  status: "created" | "started" | "completed" | "failed";
  agent_name?: string | undefined;
  /** When it was answered. */
  start_time?: string | undefined;
  end_time?: string | undefined;
  /** From the answer to the end. Absent before it is over, and if it was never answered. */
  duration_seconds?: number | undefined;
  /** When its personal data was erased. */
  redacted_at?: string | undefined;
  telephony_params: {
    /** Absent once it is erased. */
    to?: string | undefined;
    from?: string | undefined;
    /** The carrier's own id of the call. */
    call_sid?: string | undefined;
    direction: "outbound";
    connection_type: "websocket";
  };
  telephony_account_type?: string | undefined;
  error_message?: string | undefined;
  end_reason?:
    | "agent_hangup"
    | "client_hangup"
    | "api_cancelled"
    | "max_duration"
    | "inactivity"
    | "client_disconnected"
    | "dial_busy"
    | "dial_failed"
    | "dial_no_answer"
    | "error" | undefined;
  /** Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell. */
  answered_by?: "human" | "machine" | "unknown" | undefined;
  /** How it came out, as an agent or a receiver of events has said. */
  outcome?: string | undefined;
  notes?: string | undefined;
  tags?: string[] | undefined;
  recording_url?: string | undefined;
  transcript_url?: string | undefined;
  /** Your own id for the recipient. */
  external_id?: string | undefined;
  /** As submitted. */
  metadata?: {
    [k: string]: unknown;
  } | undefined;
}
export interface CallCancelled {
  cancelled: true;
}
export interface Report {
  by: "day" | "hour" | "weekday" | "hour_of_week" | "agent" | "batch" | "number" | "provider" | "country";
  from: string;
  until: string;
  total: {
    /** Attempts that are over and in which the carrier placed a call. */
    dialed: number;
    /** Of these, answered by a person or a machine. */
    answered: number;
    /** answered / dialed; null without a call. */
    answer_rate: number | null;
    /** Answered by a person, as the carrier detected. */
    human: number;
    /** Answered by a machine, as the carrier detected. The rest of the answers is not known. */
    machine: number;
    /** Calls that connected and ended well. */
    completed: number;
    /** Calls that were not answered. With `answered` they add up to `dialed`. */
    not_reached: {
      busy: number;
      no_answer: number;
      dial_failed: number;
      /** For example cancelled while it rang. */
      other: number;
    };
    /** Attempts that are over without a call. */
    not_called: {
      /** The carrier refused, it is not known whether it placed a call, or the agent or number was gone. */
      not_placed: number;
      /** The number was on the list. */
      do_not_call: number;
      /** No calling window was open in time. */
      not_in_hours: number;
    };
    /** From answer to end, of all answered calls, in minutes. */
    talk_minutes: number;
    /** The same where each call counts full minutes, as carriers bill them. */
    started_minutes: number;
    /** What answered calls cost by the providers' price lists: a sum for each currency, rounded once to four decimals. */
    costs: {
      currency: string;
      amount: string;
    }[];
    /** Of `started_minutes`, those to destinations that had no price. `costs` leaves them out. */
    minutes_without_price: number;
    /** Half of the answered calls were no longer than this. Worked out from groups of durations (5, 10, 20, 30, 60, 90, 120, 180, 300, 600, 1200 seconds), evenly within a group. */
    duration_median_seconds: number | null;
    /** The same for 90 % of the answered calls. */
    duration_p90_seconds: number | null;
    /**
     * Completed with the first attempt, the second, the third, the fourth, and a later one.
     *
     * @minItems 5
     * @maxItems 5
     */
    completed_on_attempt: number[];
  };
  /** At most 1,000 groups: in their order, or those with the most calls first. */
  data: {
    /** Attempts that are over and in which the carrier placed a call. */
    dialed: number;
    /** Of these, answered by a person or a machine. */
    answered: number;
    /** answered / dialed; null without a call. */
    answer_rate: number | null;
    /** Answered by a person, as the carrier detected. */
    human: number;
    /** Answered by a machine, as the carrier detected. The rest of the answers is not known. */
    machine: number;
    /** Calls that connected and ended well. */
    completed: number;
    /** Calls that were not answered. With `answered` they add up to `dialed`. */
    not_reached: {
      busy: number;
      no_answer: number;
      dial_failed: number;
      /** For example cancelled while it rang. */
      other: number;
    };
    /** Attempts that are over without a call. */
    not_called: {
      /** The carrier refused, it is not known whether it placed a call, or the agent or number was gone. */
      not_placed: number;
      /** The number was on the list. */
      do_not_call: number;
      /** No calling window was open in time. */
      not_in_hours: number;
    };
    /** From answer to end, of all answered calls, in minutes. */
    talk_minutes: number;
    /** The same where each call counts full minutes, as carriers bill them. */
    started_minutes: number;
    /** What answered calls cost by the providers' price lists: a sum for each currency, rounded once to four decimals. */
    costs: {
      currency: string;
      amount: string;
    }[];
    /** Of `started_minutes`, those to destinations that had no price. `costs` leaves them out. */
    minutes_without_price: number;
    /** Half of the answered calls were no longer than this. Worked out from groups of durations (5, 10, 20, 30, 60, 90, 120, 180, 300, 600, 1200 seconds), evenly within a group. */
    duration_median_seconds: number | null;
    /** The same for 90 % of the answered calls. */
    duration_p90_seconds: number | null;
    /**
     * Completed with the first attempt, the second, the third, the fourth, and a later one.
     *
     * @minItems 5
     * @maxItems 5
     */
    completed_on_attempt: number[];
    /** An id, a country, a day (2026-11-30), an hour (0 to 23) or a weekday (0 is Monday). Hours of the week go from 0 to 167, from Monday on. `direct_calls` for calls of no batch; `deleted_` and the time of its creation for a batch that was deleted. */
    key: string;
    /** Of an agent, batch, number or provider that is still there. */
    name?: string | undefined;
    /** Of a number: its answer rate in as many days before; null without a call then. */
    answer_rate_before?: number | null | undefined;
    /** Of a number: its answer rate fell by a fifth or more. Chance is no explanation: 3 standard deviations, and at least 50 calls in both periods. Carriers may label it as spam. */
    is_falling?: boolean | undefined;
  }[];
}
export interface DoNotCallAdded {
  /** Numbers that are new on the list. */
  added: number;
  /** Numbers that were already listed, or repeated in the request. */
  already_listed: number;
  /** For a file with a default_country. */
  country_readings?: {
    /** Numbers that were read as default_country's, but with a + would be another country's. */
    also_another_country: number;
    /** Numbers that begin with default_country's own code and have no +. */
    with_country_code: number;
    /** The first 100 of them. */
    numbers: {
      /** The recipient's index in the request, from 0. */
      index: number;
      /** Its line in the file. */
      line?: number | undefined;
      written: string;
      /** The number as it was read. */
      to_number: string;
      /** The other possible number. */
      could_be?: string | undefined;
      /** The country of the other number: ISO 3166, or its calling code. */
      country?: string | undefined;
    }[];
  } | undefined;
  /** How the file was read. Columns without a name are called `column_1`, `column_2` … */
  file?: {
    format: "csv" | "xlsx";
    /** Of CSV. */
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
    /** Of CSV. */
    separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
    /** Of a workbook. */
    sheet?: string | undefined;
    /** The line with the columns' names; absent without one. */
    header_line?: number | undefined;
    /** The column with the numbers. */
    number_column: string;
    timezone_column?: string | undefined;
    external_id_column?: string | undefined;
    /** All other columns: for recipients, the data that the agent gets. */
    metadata_columns: string[];
    /** Rows with a recipient or number. */
    rows: number;
  } | undefined;
}
export interface DoNotCallEntryPage {
  /** Newest first. */
  data: DoNotCallEntry[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface DoNotCallEntry {
  id: string;
  /** Empty once the person was erased; then only who knows the number finds the entry. */
  number: string;
  reason?: string | undefined;
  /** The call in which the person asked for it. */
  call_id?: string | undefined;
  added_at: string;
  /** Who, by the API key. */
  added_by: {
    id: string;
    label: string;
  };
  /** Since when calls to it are allowed again. */
  removed_at?: string | undefined;
  /** Who, by the API key. */
  removed_by?: {
    id: string;
    label: string;
  } | undefined;
  removal_reason?: string | undefined;
}
export interface DoNotCallHistory {
  id: string;
  /** Empty once the person was erased; then only who knows the number finds the entry. */
  number: string;
  reason?: string | undefined;
  /** The call in which the person asked for it. */
  call_id?: string | undefined;
  added_at: string;
  /** Who, by the API key. */
  added_by: {
    id: string;
    label: string;
  };
  /** Since when calls to it are allowed again. */
  removed_at?: string | undefined;
  /** Who, by the API key. */
  removed_by?: {
    id: string;
    label: string;
  } | undefined;
  removal_reason?: string | undefined;
  /** The number's earlier entries, newest first. */
  earlier: DoNotCallEntry[];
}
export interface PersonPlacePage {
  /** Newest first. */
  data: {
    id: string;
    /** Empty once it is erased. */
    to_number: string;
    /** When its personal data was erased. */
    redacted_at?: string | undefined;
    /** queued: waits. dispatched: handed to the dialer. started: the call is connected. completed: it ended normally. failed: no call could be placed, or the latest attempt failed. cancelled: never dialed. */
    status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
    created_at: string;
    external_id?: string | undefined;
    /** As submitted. */
    metadata?: {
      [k: string]: unknown;
    } | undefined;
    /** Of the latest attempt, once a call was dispatched. */
    agent_call_id?: string | undefined;
    end_reason?:
      | "agent_hangup"
      | "client_hangup"
      | "api_cancelled"
      | "max_duration"
      | "inactivity"
      | "client_disconnected"
      | "dial_busy"
      | "dial_failed"
      | "dial_no_answer"
      | "error" | undefined;
    /** Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell. */
    answered_by?: "human" | "machine" | "unknown" | undefined;
    /** Why no call could be placed. */
    error_message?: string | undefined;
    /** Why the recipient failed without a call. do_not_call: its number is on the list. window_expired: the time of its calling window is over. window_never_open: its calling window never opens. line_gone: the batch's agent or number was deleted, or cannot serve it any more. */
    failure_reason?:
      "do_not_call" | "window_expired" | "window_never_open" | "not_now" | "not_in_time" | "line_gone" | "erased" | undefined;
    /** While it waits for a calling window: the time zones it may be in. */
    timezone?: string | undefined;
    /** While it waits: when it may be called, if known. */
    next_eligible_at?: string | undefined;
    /** Why no recipient is being dialed, while one waits. In a list: as last reported. */
    waiting_reason?:
      | "paused"
      | "scheduled"
      | "organization_concurrency"
      | "batch_concurrency"
      | "pace"
      | "carrier"
      | "window"
      | "retry_delay"
      | "contact_gap"
      | "daily_cap" | undefined;
    /** Until when, if known. */
    waiting_until?: string | undefined;
    /** Each attempt to reach it, oldest first. */
    attempts: {
      /** Counts the recipient's attempts from 1. */
      attempt: number;
      /** Present once it was dialed. */
      agent_call_id?: string | undefined;
      status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
      created_at: string;
      /** When it was handed to the dialer. */
      dispatched_at?: string | undefined;
      answered_at?: string | undefined;
      ended_at?: string | undefined;
      /** From the answer to the end. Absent before it is over, and if it was never answered. */
      duration_seconds?: number | undefined;
      end_reason?:
        | "agent_hangup"
        | "client_hangup"
        | "api_cancelled"
        | "max_duration"
        | "inactivity"
        | "client_disconnected"
        | "dial_busy"
        | "dial_failed"
        | "dial_no_answer"
        | "error" | undefined;
      /** Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell. */
      answered_by?: "human" | "machine" | "unknown" | undefined;
      /** Why no call could be placed, or what is still unknown. */
      error_message?: string | undefined;
      /** The carrier's own code for the failure or refusal, if it gives one. */
      carrier_code?: string | undefined;
      /** The final SIP status, if the carrier reports it: 486 is busy. */
      sip_code?: number | undefined;
      /** How it came out, as an agent or a receiver of events has said. */
      outcome?: string | undefined;
      notes?: string | undefined;
      tags?: string[] | undefined;
      recording_url?: string | undefined;
      transcript_url?: string | undefined;
    }[];
    /** How often it was called, or will have been with the next call; 0 before the first. */
    attempt_count: number;
    /** When its latest attempt was handed to the dialer. */
    dispatched_at?: string | undefined;
    answered_at?: string | undefined;
    ended_at?: string | undefined;
    /** From the answer to the end. Absent before it is over, and if it was never answered. */
    duration_seconds?: number | undefined;
    /** What was said about the latest call. */
    call_outcome?: string | undefined;
    call_tags?: string[] | undefined;
    /** Absent for a direct call. */
    batch_id?: string | undefined;
    batch_name?: string | undefined;
    agent_id: string;
  }[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface Erasure {
  id: string;
  /** erasing: some batch or archive has not answered yet, or a call to the person is in flight. */
  status: "erasing" | "erased";
  requested_at: string;
  /** By its API key. */
  requested_by: {
    id: string;
    label: string;
  };
  completed_at?: string | undefined;
  /** In which the person was erased. Direct calls of one request count as one. */
  batches: number;
  /** That still have to be asked. */
  batches_left: number;
  recipients: number;
  calls: number;
  /** What is wrong with the operator's bucket of archives; absent: nothing. no_bucket: none is bound. other_bucket: the one that is bound has no mark of this organization, so its archives may be in another. */
  archive_problem?: "no_bucket" | "other_bucket" | undefined;
}
export interface ErasurePage {
  /** Newest first. */
  data: Erasure[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface Agent {
  id: string;
  name: string;
  connection: AgentConnectionWebsocket | AgentConnectionCartesia | AgentConnectionLivekit;
  /** The webhook for events of its calls. `null`: the webhooks for all agents. */
  webhook_id: string | null;
  created_at: string;
  updated_at: string;
}
export interface AgentConnectionWebsocket {
  type: "websocket";
  url: string;
}
export interface AgentConnectionCartesia {
  type: "cartesia";
  agent_id: string;
}
export interface AgentConnectionLivekit {
  type: "livekit";
  agent_name: string;
}
export interface AgentPage {
  /** Newest first. */
  data: Agent[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface PhoneNumber {
  id: string;
  label: string;
  number: string;
  carrier_number_id?: string | undefined;
  agent: PhoneNumberAgent | null;
  provider: Provider;
  /** The most calls that may begin in a second; null: unlimited. */
  calls_per_second: number | null;
  /** The share of it that is left for up to a minute after the carrier said it is too fast. */
  effective_calls_per_second?: number | undefined;
  created_at: string;
  updated_at: string;
}
export interface PhoneNumberAgent {
  id: string;
  name: string;
}
export interface ProviderTwilio {
  id: string;
  type: "twilio";
  label: string;
  account_sid: string;
  /** Masked. */
  api_key_sid: string;
  region: "us1" | "ie1" | "au1";
  /** Whether the signatures of callbacks are verified. */
  has_auth_token: boolean;
  /** The most calls that may begin in a second; null: unlimited. */
  calls_per_second: number | null;
  /** The share of it that is left for up to a minute after the carrier said it is too fast. */
  effective_calls_per_second?: number | undefined;
  created_at: string;
  updated_at: string;
}
export interface ProviderCartesia {
  id: string;
  type: "cartesia";
  label: string;
  /** Masked. */
  api_key: string;
  /** Whether webhooks are used. If not, callbatch asks Cartesia about each call. */
  has_webhook_secret: boolean;
  /** The most calls that may begin in a second; null: unlimited. */
  calls_per_second: number | null;
  /** The share of it that is left for up to a minute after the carrier said it is too fast. */
  effective_calls_per_second?: number | undefined;
  created_at: string;
  updated_at: string;
}
export interface ProviderSipTrunkLivekit {
  id: string;
  type: "sip_trunk";
  gateway: "livekit";
  label: string;
  outbound: {
    address?: string | undefined;
    /**
     * @deprecated
     * An older name of `address`.
     */
    hostname: string;
    /** `null`: the gateway chooses. */
    transport: ("udp" | "tcp" | "tls") | null;
    /** Empty without credentials. */
    auth_username: string | null;
    destination_country?: string | null | undefined;
    media_encryption: ("disabled" | "allowed" | "required") | null;
  };
  regions: {
    US: ProviderSipTrunkLivekitGateway | null;
    EU: ProviderSipTrunkLivekitGateway | null;
    APAC: ProviderSipTrunkLivekitGateway | null;
  };
  /** The most calls that may begin in a second; null: unlimited. */
  calls_per_second: number | null;
  /** The share of it that is left for up to a minute after the carrier said it is too fast. */
  effective_calls_per_second?: number | undefined;
  created_at: string;
  updated_at: string;
}
export interface ProviderSipTrunkLivekitGateway {
  url: string;
  /** Masked. */
  api_key: string;
}
export interface ProviderSipTrunkJambonz {
  id: string;
  type: "sip_trunk";
  gateway: "jambonz";
  label: string;
  outbound: {
    address?: string | undefined;
    /**
     * @deprecated
     * An older name of `address`.
     */
    hostname: string;
    /** `null`: the gateway chooses. */
    transport: ("udp" | "tcp" | "tls") | null;
    /** Empty without credentials. */
    auth_username: string | null;
    destination_country?: string | null | undefined;
    media_encryption: ("disabled" | "allowed" | "required") | null;
  };
  regions: {
    US: ProviderSipTrunkJambonzGateway | null;
    EU: ProviderSipTrunkJambonzGateway | null;
    APAC: ProviderSipTrunkJambonzGateway | null;
  };
  recognizer: ProviderSipTrunkJambonzRecognizer | null;
  /** The most calls that may begin in a second; null: unlimited. */
  calls_per_second: number | null;
  /** The share of it that is left for up to a minute after the carrier said it is too fast. */
  effective_calls_per_second?: number | undefined;
  created_at: string;
  updated_at: string;
}
export interface ProviderSipTrunkJambonzGateway {
  url: string;
  account_sid: string;
  /** Masked. */
  api_key: string;
  /** Whether the signatures of status hooks are verified. */
  has_webhook_secret: boolean;
}
export interface ProviderSipTrunkJambonzRecognizer {
  vendor: string;
  language: string;
  label: string | null;
}
export interface ProviderHttp {
  id: string;
  type: "http";
  label: string;
  url: string;
  /** Masked. */
  token: string;
  detects_machines: boolean;
  /** The most calls that may begin in a second; null: unlimited. */
  calls_per_second: number | null;
  /** The share of it that is left for up to a minute after the carrier said it is too fast. */
  effective_calls_per_second?: number | undefined;
  created_at: string;
  updated_at: string;
}
export interface ProviderTelnyx {
  id: string;
  type: "telnyx";
  label: string;
  /** Masked. */
  api_key: string;
  connection_id: string;
  public_key: string;
  /** The most calls that may begin in a second; null: unlimited. */
  calls_per_second: number | null;
  /** The share of it that is left for up to a minute after the carrier said it is too fast. */
  effective_calls_per_second?: number | undefined;
  created_at: string;
  updated_at: string;
}
export interface PhoneNumberPage {
  /** Newest first. */
  data: PhoneNumber[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface PriceList {
  /** The first day of these prices. They hold until the next list. */
  valid_from: string;
  currency: string;
  rates: {
    destination: string;
    per_minute: string;
    increments: "1/1" | "6/6" | "30/6" | "60/1" | "60/60";
    connection_fee: string;
  }[];
  updated_at: string;
}
export interface Webhook {
  id: string;
  display_name: string;
  url: string;
  events: (
    | "call_started"
    | "call_completed"
    | "call_failed"
    | "call_updated"
    | "batch_admitted"
    | "batch_completed"
    | "batch_cancelled"
    | "batch_circuit_opened"
    | "batch_circuit_closed"
  )[];
  enabled: boolean;
  /** Why no events are sent to it. */
  disabled_reason?: string | undefined;
  /** Only in the answer that creates the webhook or generates the secret. */
  secret?: string | undefined;
  created_at: string;
  updated_at: string;
}
export interface WebhookPage {
  /** Newest first. */
  data: Webhook[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface DeliveryPage {
  /** Newest first. */
  data: Delivery[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface Delivery {
  /** The event's id: the header `webhook-id`. */
  id: string;
  type:
    | "call_started"
    | "call_completed"
    | "call_failed"
    | "call_updated"
    | "batch_admitted"
    | "batch_completed"
    | "batch_cancelled"
    | "batch_circuit_opened"
    | "batch_circuit_closed"
    | "test";
  /** pending: it will be tried (again). delivered: answered with 2xx. failed: not tried again automatically. */
  status: "pending" | "delivered" | "failed";
  attempts: number;
  /** When it happened. */
  created_at: string;
  last_attempt_at?: string | undefined;
  next_attempt_at?: string | undefined;
  /** Of the last attempt, if it was answered. */
  response_status?: number | undefined;
  /** Why the last attempt did not count as received. */
  error_message?: string | undefined;
  batch_id?: string | undefined;
  call_id?: string | undefined;
}
export interface OwnKey {
  id: string;
  label: string;
  /** viewer: reads everything but the lists of keys and members and the audit; sees who cancelled a batch or listed a number. operator: also calls people, changes batches and the do-not-call list. admin: also sets up agents, numbers, providers and webhooks, manages keys and members, reads the audit, erases people and sets the retention. */
  role: "viewer" | "operator" | "admin";
  /** From then on it is not accepted. Absent: it stays. */
  expires_at?: string | undefined;
  organization_id: string;
  /** Where the law keeps all data of the organization. Absent: anywhere. */
  jurisdiction?: "eu" | "us" | "fedramp" | "fedramp-high" | undefined;
}
export interface ApiKey {
  id: string;
  label: string;
  /** Complete in the answer that creates it, masked in all others. */
  key: string;
  /** viewer: reads everything but the lists of keys and members and the audit; sees who cancelled a batch or listed a number. operator: also calls people, changes batches and the do-not-call list. admin: also sets up agents, numbers, providers and webhooks, manages keys and members, reads the audit, erases people and sets the retention. */
  role: "viewer" | "operator" | "admin";
  /** From then on it is not accepted. Absent: it stays. */
  expires_at?: string | undefined;
  /** To the hour. Absent before its first use. */
  last_used_at?: string | undefined;
  created_at: string;
}
export interface ApiKeyPage {
  /** Newest first. */
  data: ApiKey[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface Member {
  id: string;
  /** One person. Absent for a domain. */
  email?: string | undefined;
  /** Everybody of the domain who has no entry of their own. */
  domain?: string | undefined;
  /** viewer: reads everything but the lists of keys and members and the audit; sees who cancelled a batch or listed a number. operator: also calls people, changes batches and the do-not-call list. admin: also sets up agents, numbers, providers and webhooks, manages keys and members, reads the audit, erases people and sets the retention. */
  role: "viewer" | "operator" | "admin";
  /** To the hour. Absent before the first sign-in. */
  last_used_at?: string | undefined;
  created_at: string;
}
export interface MemberPage {
  /** Newest first. */
  data: Member[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface SignIn {
  /** access: Cloudflare Access has signed the person in. key: it has not. */
  method: "key" | "access";
  /** Of the person. With `access` only, like the rest. */
  email?: string | undefined;
  /** When the sign-in ends. */
  expires_at?: string | undefined;
  /** Where the person is a member. A request names one of them in `X-Organization-Id`. */
  organizations?: {
    id: string;
    name: string;
    role: "viewer" | "operator" | "admin";
  }[] | undefined;
}
export interface AuditRecordPage {
  /** Newest first. */
  data: {
    id: string;
    at: string;
    by: {
      /** key: an API key. person: signed in through Cloudflare Access. operator: with the operators' token. service: callbatch itself. */
      kind: "key" | "person" | "operator" | "service";
      id: string;
      /** As it was then. A key may be revoked by now. */
      label: string;
    };
    /** The operation's id, such as `cancelBatch`. */
    operation: string;
    resource: {
      kind:
        | "agent"
        | "api_key"
        | "batch"
        | "call"
        | "do_not_call"
        | "erasure"
        | "member"
        | "organization"
        | "phone_number"
        | "provider"
        | "webhook";
      /** Absent for several at once, as for a list of numbers. */
      id?: string | undefined;
    };
    /** The fields that differ, as they were. Absent if it was made. Secrets and people's numbers are never shown. */
    before?: {
      [k: string]: unknown;
    } | undefined;
    /** The same fields afterwards. Absent if it is gone. */
    after?: {
      [k: string]: unknown;
    } | undefined;
  }[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface Organization {
  id: string;
  name: string;
  /** Where the law keeps all data of the organization. Absent: anywhere. */
  jurisdiction?: "eu" | "us" | "fedramp" | "fedramp-high" | undefined;
  agent_call_concurrency_limit: number;
  /** The slots for direct calls, which batches never get. */
  reserved_concurrency: number;
  /** How many recipients may be accepted in all. */
  agents_usage_limit?: number | undefined;
  calling_window?: CallingWindow2 | undefined;
  /** Minutes between two calls to one number, whatever a batch sets. */
  min_gap_minutes?: number | undefined;
  /** The most calls to one number in a day, whatever a batch sets. */
  max_attempts_per_number_per_day?: number | undefined;
  /** The most calls that may begin in a second; null: unlimited. */
  calls_per_second: number | null;
  /** The share of it that is left for up to a minute after the carrier said it is too fast. */
  effective_calls_per_second?: number | undefined;
  /** How many recipients were accepted so far. */
  agents_usage: number;
  /** Days for which batches that are over, direct calls and webhook deliveries are kept. Then they are deleted for good; 0: they are kept for ever. */
  retention_days: number;
  /** Whether batches and direct calls are stored in the operator's bucket before retention deletes them. Without a stored archive nothing is deleted. */
  archive: boolean;
  /** What is wrong with the operator's bucket of archives; absent: nothing. no_bucket: none is bound. other_bucket: the one that is bound has no mark of this organization, so its archives may be in another. */
  archive_problem?: "no_bucket" | "other_bucket" | undefined;
  /** It is being deleted since then. */
  deletion_requested_at?: string | undefined;
  created_at: string;
}
/** No one is called outside of it, whatever a batch sets. */
export interface CallingWindow2 {
  timezone_mode: "recipient" | "fixed";
  timezone?: string | undefined;
  windows: {
    days: ("sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat")[];
    start: string;
    end: string;
  }[];
  excluded_dates: string[];
  unknown_timezone: "block" | "use_timezone";
  expires_at?: string | undefined;
}
export interface OrganizationPage {
  /** Newest first. */
  data: Organization[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface OrganizationDeletion {
  organization_id: string;
  status: "deleting" | "deleted";
  requested_at: string;
  completed_at?: string | undefined;
  /** Batches, and objects of direct calls, that still have rows. */
  batches_left: number;
  /** What is wrong with the operator's bucket of archives; absent: nothing. no_bucket: none is bound. other_bucket: the one that is bound has no mark of this organization, so its archives may be in another. */
  archive_problem?: "no_bucket" | "other_bucket" | undefined;
}
export interface Ledger {
  limit: number;
  /** The slots that batches never get. */
  reserved: number;
  in_use: number;
  /** The slots that direct calls hold. */
  calls_outside_batches: number;
  /** Oldest first. */
  holding: {
    batch_id: string;
    /** direct: a request for direct calls, which is not a batch. */
    kind: "batch" | "direct";
    /** Calls at once. */
    slots: number;
    /** No recipient of it waits: its slots shrink to its calls in flight. */
    draining: boolean;
    /** The batch knows its grant. */
    confirmed: boolean;
    created_at: string;
  }[];
  /** In the order of their grants. */
  waiting: {
    batch_id: string;
    /** Calls at once. */
    slots: number;
    /** 1 comes first. */
    priority: number;
    created_at: string;
  }[];
}
export interface Reseal {
  /** Newest first. */
  data: {
    organization_id: string;
    /** Secrets that an older key had sealed, and the newest key seals now. */
    resealed: number;
    /** Secrets that the newest key had already sealed. */
    current: number;
    /** Secrets that no key opens: the key that sealed them is missing. */
    unopened: number;
  }[];
  /** There is more in the requested direction. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface Settings {
  /** Days for which batches that are over, direct calls and webhook deliveries are kept. Then they are deleted for good; 0: they are kept for ever. */
  retention_days: number;
  /** Whether batches and direct calls are stored in the operator's bucket before retention deletes them. Without a stored archive nothing is deleted. */
  archive: boolean;
  /** What is wrong with the operator's bucket of archives; absent: nothing. no_bucket: none is bound. other_bucket: the one that is bound has no mark of this organization, so its archives may be in another. */
  archive_problem?: "no_bucket" | "other_bucket" | undefined;
}
export interface McpAnswer {
  jsonrpc: "2.0";
  id?: string | number | undefined;
  [k: string]: unknown;
}
export interface Health {
  status: "ok";
  /** The release of the tz database that clocks follow. */
  tz_database: string;
  /** The table of numbers' time zones. */
  number_zones: {
    /** When the table was made. */
    made: string;
    /** The release of its data. */
    libphonenumber: string;
  };
}
export interface OpenApi {
  openapi: "3.1.0";
  [k: string]: unknown;
}
export interface Error {
  error_code:
    | "validation_failed"
    | "invalid_json"
    | "invalid_form"
    | "missing_version"
    | "unsupported_version"
    | "unauthorized"
    | "usage_limit_reached"
    | "forbidden"
    | "not_found"
    | "method_not_allowed"
    | "already_exists"
    | "batch_deleted"
    | "batch_not_over"
    | "organization_deleted"
    | "in_use"
    | "key_in_use"
    | "last_admin_key"
    | "call_not_over"
    | "idempotency_key_reused"
    | "idempotency_key_under_way"
    | "idempotency_outcome_unknown"
    | "too_many_members"
    | "too_many_providers"
    | "too_many_webhooks"
    | "payload_too_large"
    | "unsupported_media_type"
    | "batch_cancelled"
    | "batch_over"
    | "batch_started"
    | "change_fails_recipients"
    | "call_not_active"
    | "call_redacted"
    | "carrier_unavailable"
    | "webhook_disabled"
    | "not_configured"
    | "too_many_watchers"
    | "rate_limited"
    | "request_timeout"
    | "upgrade_required"
    | "try_again"
    | "internal_error";
  title: string;
  /** What to change, as text for people. */
  message: string;
  /** The same as the header `X-Request-Id`. */
  request_id: string;
  /**
   * If fields of the request are wrong: each field, and its problem.
   *
   * @maxItems 50
   */
  issues?: {
    path: string;
    message: string;
  }[] | undefined;
}
export interface CallEvent {
  type: "call_started" | "call_completed" | "call_failed" | "call_updated";
  /** The event's id, the same in every delivery of it, and the header `webhook-id`. */
  request_id: string;
  webhook_id: string;
  organization_id: string;
  /** When it happened. */
  timestamp: string;
  agent_id: string;
  /** Absent for a direct call. */
  batch_id?: string | undefined;
  call: Call1;
}
/** The call as Get Call answered at that moment. */
export interface Call1 {
  id: string;
  agent_id: string;
  status: "created" | "started" | "completed" | "failed";
  agent_name?: string | undefined;
  /** When it was answered. */
  start_time?: string | undefined;
  end_time?: string | undefined;
  /** From the answer to the end. Absent before it is over, and if it was never answered. */
  duration_seconds?: number | undefined;
  /** When its personal data was erased. */
  redacted_at?: string | undefined;
  telephony_params: {
    /** Absent once it is erased. */
    to?: string | undefined;
    from?: string | undefined;
    /** The carrier's own id of the call. */
    call_sid?: string | undefined;
    direction: "outbound";
    connection_type: "websocket";
  };
  telephony_account_type?: string | undefined;
  error_message?: string | undefined;
  end_reason?:
    | "agent_hangup"
    | "client_hangup"
    | "api_cancelled"
    | "max_duration"
    | "inactivity"
    | "client_disconnected"
    | "dial_busy"
    | "dial_failed"
    | "dial_no_answer"
    | "error" | undefined;
  /** Who answered, if `on_voicemail` was set and the carrier has told. unknown: the carrier could not tell. */
  answered_by?: "human" | "machine" | "unknown" | undefined;
  /** How it came out, as an agent or a receiver of events has said. */
  outcome?: string | undefined;
  notes?: string | undefined;
  tags?: string[] | undefined;
  recording_url?: string | undefined;
  transcript_url?: string | undefined;
  /** Your own id for the recipient. */
  external_id?: string | undefined;
  /** As submitted. */
  metadata?: {
    [k: string]: unknown;
  } | undefined;
}
export interface BatchEvent {
  type: "batch_admitted" | "batch_completed" | "batch_cancelled" | "batch_circuit_opened" | "batch_circuit_closed";
  /** The event's id, the same in every delivery of it, and the header `webhook-id`. */
  request_id: string;
  webhook_id: string;
  organization_id: string;
  /** When it happened. */
  timestamp: string;
  agent_id: string;
  batch_id: string;
  /** The batch at that moment, without its recipients, and without who cancelled it. */
  batch: {
    id: string;
    name: string;
    agent_id: string;
    from_number_id: string;
    region: "US" | "EU" | "APAC";
    target_concurrency_limit: number;
    /** Among batches that wait for slots, 1 comes first and 5 last. */
    priority: number;
    /** pending: no recipient was dialed yet. in_progress: some were, not all. completed: all were dialed, though calls may be in flight; all are finished when total_calls_finished equals total_calls_scheduled. failed: no recipient could be dialed. cancelled: it was cancelled before all were dialed. */
    status: "pending" | "in_progress" | "completed" | "failed" | "cancelled";
    /** Recipients in the batch. */
    total_calls_scheduled: number;
    /** Recipients handed to the dialer, even if no call could be placed. */
    total_calls_dispatched: number;
    /** Recipients whose latest attempt has ended. */
    total_calls_finished: number;
    /** Recipients who were called at least once, including those who are called again. */
    recipients_called: number;
    /** Recipients whose call was answered, by a person or a machine. Absent in batches from before this was counted. */
    recipients_answered?: number | undefined;
    retry_count: number;
    created_at: string;
    last_updated_at: string;
    /** When dialing may begin. */
    scheduled_at?: string | undefined;
    /** When it got its slots and dialing began. */
    admitted_at?: string | undefined;
    /** Since when it is paused, while it is. */
    paused_at?: string | undefined;
    /** When it was cancelled. */
    cancelled_at?: string | undefined;
    /** If the batch has one. */
    circuit_breaker?: {
      /** closed: the batch dials. open: it does not dial. trial: one call is made, and decides. */
      state: "closed" | "open" | "trial";
      /** When this state began; absent if it has never opened. */
      since?: string | undefined;
      /** While open: when the trial call is made. Absent if only a human resumes. */
      until?: string | undefined;
      /** Counted calls when it opened. While it is closed: calls counted so far, only in Get. */
      calls?: number | undefined;
      /** Those of them that failed through the carrier's fault. */
      failed_calls?: number | undefined;
      /** This and the following fields are its settings, only in Get. */
      min_calls?: number | undefined;
      failure_share?: number | undefined;
      window_minutes?: number | undefined;
      cool_down_minutes?: number | null | undefined;
    } | undefined;
    /** Only in the answers to Create and Append, if there are any. */
    country_readings?: {
      /** Numbers that were read as default_country's, but with a + would be another country's. */
      also_another_country: number;
      /** Numbers that begin with default_country's own code and have no +. */
      with_country_code: number;
      /** The first 100 of them. */
      numbers: {
        /** The recipient's index in the request, from 0. */
        index: number;
        /** Its line in the file. */
        line?: number | undefined;
        written: string;
        /** The number as it was read. */
        to_number: string;
        /** The other possible number. */
        could_be?: string | undefined;
        /** The country of the other number: ISO 3166, or its calling code. */
        country?: string | undefined;
      }[];
    } | undefined;
    /** Only in the answers to Create and Append: how many recipients on_duplicate skip left out. */
    skipped_duplicates?: number | undefined;
    /** Only in the answers to Create and Append: how many recipients are left out because they are on the do-not-call list. */
    skipped_do_not_call?: number | undefined;
    /** How the file was read. Columns without a name are called `column_1`, `column_2` … */
    file?: {
      format: "csv" | "xlsx";
      /** Of CSV. */
      encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
      /** Of CSV. */
      separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
      /** Of a workbook. */
      sheet?: string | undefined;
      /** The line with the columns' names; absent without one. */
      header_line?: number | undefined;
      /** The column with the numbers. */
      number_column: string;
      timezone_column?: string | undefined;
      external_id_column?: string | undefined;
      /** All other columns: for recipients, the data that the agent gets. */
      metadata_columns: string[];
      /** Rows with a recipient or number. */
      rows: number;
    } | undefined;
    /** Why no recipient is being dialed, while one waits. In a list: as last reported. */
    waiting_reason?:
      | "paused"
      | "scheduled"
      | "organization_concurrency"
      | "batch_concurrency"
      | "pace"
      | "carrier"
      | "window"
      | "retry_delay"
      | "contact_gap"
      | "daily_cap" | undefined;
    /** Until when, if known. */
    waiting_until?: string | undefined;
    /** While it waits for slots (`organization_concurrency`): when its turn comes. */
    turn?: {
      /** 1: it is the next one that gets slots. */
      position: number;
      /** It waits until so many are free for it. */
      slots: number;
      /** Free for batches now. */
      free_slots: number;
      /** About when it gets its slots, if no batch that comes first is created meanwhile. Absent if unknown. */
      estimated_at?: string | undefined;
      /** What the estimate is made of. measured: the pace of the batches before it. typical: some of these have too few calls, and are taken to be as fast as the others. assumed: no batch has enough calls. */
      basis: "measured" | "typical" | "assumed";
      /** For calls whose pace is not measured: how long one keeps its slot. */
      expected_call_seconds: number;
    } | undefined;
    calling_window?: CallingWindow3 | undefined;
  };
}
/** Only in lists and in Get. Absent: any hour that the organization allows. In lists it is also absent if the batch was created before lists had it, until the batch reports again; Get always has it. */
export interface CallingWindow3 {
  timezone_mode: "recipient" | "fixed";
  timezone?: string | undefined;
  windows: {
    days: ("sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat")[];
    start: string;
    end: string;
  }[];
  excluded_dates: string[];
  unknown_timezone: "block" | "use_timezone";
  expires_at?: string | undefined;
}
export interface TestEvent {
  type: "test";
  /** The event's id, the same in every delivery of it, and the header `webhook-id`. */
  request_id: string;
  webhook_id: string;
  organization_id: string;
  /** When it happened. */
  timestamp: string;
}
export interface ListBatchesQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
  /** Only those of this agent. */
  agent_id?: string | undefined;
  /** Only batches whose names have, for each of these words, a word that begins with it. Accents and case do not matter. */
  q?: string | undefined;
  /** Only batches with one of these statuses: pending, in_progress, completed, failed, cancelled. Separate several by commas, or repeat the parameter. */
  status?: string | undefined;
  /** Created at this time or later. */
  created_at_gte?: string | undefined;
  /** Created at this time or earlier. */
  created_at_lte?: string | undefined;
  /** Only batches with a start, at this time or later. */
  scheduled_at_gte?: string | undefined;
  /** Only batches with a start, at this time or earlier. */
  scheduled_at_lte?: string | undefined;
  /** newest and oldest: by creation. start: by `scheduled_at`, soonest first, without batches that have none. Default: start with `scheduled_at_gte` or `scheduled_at_lte`, otherwise newest. */
  sort?: "newest" | "oldest" | "start" | undefined;
}
export interface GetBatchQuery {
  /** `attempts`: each recipient with all of its attempts. */
  expand?: "attempts" | undefined;
}
export interface ListRecipientsQuery {
  limit?: number | undefined;
  /** The id of a recipient: the page begins with the next one. */
  starting_after?: string | undefined;
  /** The id of a recipient: the page has those right before it. Not together with `starting_after`. */
  ending_before?: string | undefined;
  /** Only recipients with one of these statuses: queued, dispatched, started, completed, failed, cancelled. Separate several by commas, or repeat the parameter. */
  status?: string | undefined;
  /** Only recipients with one of these outcomes: completed, unanswered, busy, failed, talking, dialing, queued, cancelled. unanswered and busy are how their calls ended; failed is every other failure. */
  outcome?: string | undefined;
  /** Only recipients whose number contains this, or whose external_id and metadata contain each of its words. Accents and case do not matter. */
  q?: string | undefined;
  /** Only the recipient with this `external_id`. */
  external_id?: string | undefined;
  /** Only recipients whose latest call was marked with this outcome, exactly as it was set. */
  call_outcome?: string | undefined;
  /** Only recipients whose latest call was marked with this tag. With several, separated by commas or repeated: with all of them. */
  call_tag?: string | undefined;
}
export interface ExportRecipientsQuery {
  /** Only recipients with one of these statuses: queued, dispatched, started, completed, failed, cancelled. Separate several by commas, or repeat the parameter. */
  status?: string | undefined;
  /** Only recipients with one of these outcomes: completed, unanswered, busy, failed, talking, dialing, queued, cancelled. unanswered and busy are how their calls ended; failed is every other failure. */
  outcome?: string | undefined;
  /** Only recipients whose number contains this, or whose external_id and metadata contain each of its words. Accents and case do not matter. */
  q?: string | undefined;
  /** Only recipients whose latest call was marked with this outcome, exactly as it was set. */
  call_outcome?: string | undefined;
  /** Only recipients whose latest call was marked with this tag. With several, separated by commas or repeated: with all of them. */
  call_tag?: string | undefined;
  /** Between two values. Spreadsheets in many European countries expect `semicolon`. */
  separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
  /** `false`: without the byte order mark that tells spreadsheets that the file is UTF-8. */
  bom?: "true" | "false" | undefined;
}
export interface ListCallsQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
  /** Only calls of this agent. Required without `batch_id`, `external_id`, `to_number`, `outcome` and `tag`. */
  agent_id?: string | undefined;
  /** Only calls of this batch: one entry for each attempt. */
  batch_id?: string | undefined;
  /** Only calls to recipients with this `external_id`; without other filters, of all agents. */
  external_id?: string | undefined;
  /** Only calls to this number in E.164, over all batches; without other filters, of all agents. */
  to_number?: string | undefined;
  /** Only calls with this outcome, exactly as it was set. */
  outcome?: string | undefined;
  /** Only calls with this tag. With several, separated by commas or repeated: with all of them. */
  tag?: string | undefined;
  /** Attempts made at this time or later. */
  start_time_gte?: string | undefined;
  /** Attempts made at this time or earlier. */
  start_time_lte?: string | undefined;
  /** Accepted as published. callbatch keeps no transcripts, so it adds nothing. */
  expand?: "transcript" | undefined;
}
export interface GetReportQuery {
  /** How calls are grouped. Days, hours and weekdays are those of the callee's clock. */
  by?: "day" | "hour" | "weekday" | "hour_of_week" | "agent" | "batch" | "number" | "provider" | "country" | undefined;
  /** The first day, by the callee's clock. Default: 30 days that end with `until`. */
  from?: string | undefined;
  /** The last day. Default: today, in UTC. */
  until?: string | undefined;
  /** Calls with this agent. */
  agent_id?: string | undefined;
  /** Calls from this number. */
  from_number_id?: string | undefined;
  /** Calls by this provider. */
  provider_id?: string | undefined;
  /** Calls of this batch. */
  batch_id?: string | undefined;
  /** Calls to this country: its ISO 3166 code, like US. For numbers of no country, the calling code, like +800. */
  country?: string | undefined;
}
export interface ExportReportQuery {
  /** How calls are grouped. Days, hours and weekdays are those of the callee's clock. */
  by?: "day" | "hour" | "weekday" | "hour_of_week" | "agent" | "batch" | "number" | "provider" | "country" | undefined;
  /** The first day, by the callee's clock. Default: 30 days that end with `until`. */
  from?: string | undefined;
  /** The last day. Default: today, in UTC. */
  until?: string | undefined;
  /** Calls with this agent. */
  agent_id?: string | undefined;
  /** Calls from this number. */
  from_number_id?: string | undefined;
  /** Calls by this provider. */
  provider_id?: string | undefined;
  /** Calls of this batch. */
  batch_id?: string | undefined;
  /** Calls to this country: its ISO 3166 code, like US. For numbers of no country, the calling code, like +800. */
  country?: string | undefined;
  /** Between two values. Spreadsheets in many European countries expect `semicolon`. */
  separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
  /** `false`: without the byte order mark that tells spreadsheets that the file is UTF-8. */
  bom?: "true" | "false" | undefined;
}
export interface ListDoNotCallQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
  /** The beginning of the number, in E.164 with or without `+`; or its end, with at least 4 digits. Results are ordered by number. */
  q?: string | undefined;
  /** This number alone. */
  number?: string | undefined;
  /** Which entries; ended ones are kept. */
  status?: "listed" | "removed" | "all" | undefined;
}
export interface ExportDoNotCallQuery {
  /** The beginning of the number, in E.164 with or without `+`; or its end, with at least 4 digits. Results are ordered by number. */
  q?: string | undefined;
  /** Which entries; ended ones are kept. */
  status?: "listed" | "removed" | "all" | undefined;
  /** Between two values. Spreadsheets in many European countries expect `semicolon`. */
  separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
  /** `false`: without the byte order mark that tells spreadsheets that the file is UTF-8. */
  bom?: "true" | "false" | undefined;
}
export interface RemoveDoNotCallQuery {
  /** Why it may be called again; stored with the entry. */
  reason: string;
}
export interface FindPersonQuery {
  limit?: number | undefined;
  /** The person's number in E.164. */
  to_number?: string | undefined;
  /** Your own id for the person. */
  external_id?: string | undefined;
  /** The id of a recipient: the page begins with the next one. */
  starting_after?: string | undefined;
}
export interface ErasePersonByExternalIdQuery {
  /** Everybody with this `external_id`. */
  external_id: string;
}
export interface ListErasuresQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface ListAgentsQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface ListPhoneNumbersQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
  /** Only numbers whose label, number or agent's name contains this. */
  q?: string | undefined;
  /** Only those of this agent. */
  agent_id?: string | undefined;
  /** Only those of this provider. */
  provider_id?: string | undefined;
  /** Only numbers of providers of this type. */
  type?: "twilio" | "cartesia" | "sip_trunk" | "http" | "telnyx" | undefined;
}
export interface ListProvidersQuery {
  /** Only providers whose label contains this. */
  q?: string | undefined;
  /** Only those of this type. */
  type?: "twilio" | "cartesia" | "sip_trunk" | "http" | "telnyx" | undefined;
  /** Only providers with this Twilio account. */
  account_sid?: string | undefined;
}
export interface ListWebhooksQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface ListDeliveriesQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface ListKeysQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface RevokeKeyQuery {
  /** `own`: revoke the key even if it is the one of this request. */
  confirm?: "own" | undefined;
}
export interface ListMembersQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface ListAuditQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
  /** Only changes of what has this id: a batch, a provider, an entry of a list. */
  resource_id?: string | undefined;
  /** Only changes by this key, or the person with this e-mail address. Also `operator` and `service`. */
  by?: string | undefined;
  /** Only changes of this kind of thing. */
  kind?:
    | "agent"
    | "api_key"
    | "batch"
    | "call"
    | "do_not_call"
    | "erasure"
    | "member"
    | "organization"
    | "phone_number"
    | "provider"
    | "webhook" | undefined;
  /** At this time or later. */
  at_gte?: string | undefined;
  /** At this time or earlier. */
  at_lte?: string | undefined;
}
export interface ExportAuditQuery {
  /** Only changes of what has this id: a batch, a provider, an entry of a list. */
  resource_id?: string | undefined;
  /** Only changes by this key, or the person with this e-mail address. Also `operator` and `service`. */
  by?: string | undefined;
  /** Only changes of this kind of thing. */
  kind?:
    | "agent"
    | "api_key"
    | "batch"
    | "call"
    | "do_not_call"
    | "erasure"
    | "member"
    | "organization"
    | "phone_number"
    | "provider"
    | "webhook" | undefined;
  /** At this time or later. */
  at_gte?: string | undefined;
  /** At this time or earlier. */
  at_lte?: string | undefined;
  /** Between two values. Spreadsheets in many European countries expect `semicolon`. */
  separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
  /** `false`: without the byte order mark that tells spreadsheets that the file is UTF-8. */
  bom?: "true" | "false" | undefined;
}
export interface ListBatchAuditQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface ExportOwnOrganizationQuery {
  /** `goes_on` of the manifest of the export before this one. */
  starting_after?: string | undefined;
}
export interface ListOrganizationsQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface DeleteOrganizationQuery {
  /** The organization's id once more. Required. */
  confirm?: string | undefined;
}
export interface ListApiKeysQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface ExportOrganizationQuery {
  /** `goes_on` of the manifest of the export before this one. */
  starting_after?: string | undefined;
}
export interface ResealSecretsQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page has the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}

export interface ClientOperations {
  /** Queue up to 5,000 calls. One wrong recipient refuses the whole request, and nothing is stored. With an `Idempotency-Key` the request may be repeated after a lost answer: no one is dialed twice. */
  createBatch(body: CreateBatch | CreateBatchForm, options?: KeyedOptions): Promise<Batch>;
  /** List batches, newest first. */
  listBatches(query?: ListBatchesQuery, options?: Options): Listing<BatchPage>;
  /** Read a batch and its recipients. */
  getBatch(batchId: string, query?: GetBatchQuery, options?: Options): Promise<BatchDetail>;
  /** Change a batch's settings. Absent fields are left unchanged. The start can be moved until the first call. A change that would make waiting recipients uncallable is refused, unless it has `allow_failures`. The preview lists them. */
  changeBatch(batchId: string, body: ChangeBatch, options?: Options): Promise<Batch>;
  /** Delete a batch that is over, with its recipients and calls. Deletes for good: its recipients, its calls, and the webhook deliveries about them. A repeat of its `Idempotency-Key` is refused with 409 `batch_deleted`. */
  deleteBatch(batchId: string, options?: Options): Promise<null>;
  /** Cancel the waiting recipients of a batch. Calls in flight run to their end and are counted, and no recipient is retried automatically. A batch that has dialed all of its recipients keeps its status. */
  cancelBatch(batchId: string, options?: KeyedOptions): Promise<Batch>;
  /** Get a ticket to watch a batch live. */
  createLiveTicket(batchId: string, options?: KeyedOptions): Promise<LiveTicket>;
  /** Pause dialing until the batch is resumed. Calls in flight run to their end. The batch gives up its slots and keeps its place in the queue. */
  pauseBatch(batchId: string, options?: KeyedOptions): Promise<Batch>;
  /** See what a change would do to waiting recipients. Changes nothing. Accepts and refuses what Change does, except failures: it counts them. */
  previewChange(batchId: string, body: PreviewChange, options?: Options): Promise<ChangePreview>;
  /** Add recipients to a batch, even a finished one. All or nothing. Skips a recipient whose `external_id` is already in the batch. Skips a known number too, unless `on_duplicate` says otherwise. So the request may be repeated. Numbers on the do-not-call list are left out. */
  appendRecipients(batchId: string, body: AppendRecipients | AppendRecipientsForm, options?: KeyedOptions): Promise<Appended>;
  /** List a batch's recipients, in the order submitted. Recipients may change between pages. One whose status has changed still works as `starting_after` or `ending_before`. */
  listRecipients(batchId: string, query?: ListRecipientsQuery, options?: Options): Listing<RecipientPage>;
  /** Download a batch's recipients and their results as CSV. One row for each recipient, in the order submitted: columns of results, then one for each key of the metadata. Cells that a spreadsheet would run as a formula begin with an apostrophe. Create accepts the file again: it takes numbers, time zones and metadata, and ignores the results. */
  exportRecipients(batchId: string, query?: ExportRecipientsQuery, options?: Options): Promise<ReadableStream<Uint8Array>>;
  /** Read one recipient with each of its attempts. */
  getRecipient(batchId: string, recipientId: string, options?: Options): Promise<RecipientDetail>;
  /** Resume a batch. Works for a batch that a human paused, and for one that its circuit breaker stopped; the latter then makes no trial call. */
  resumeBatch(batchId: string, options?: KeyedOptions): Promise<Batch>;
  /** Call failed recipients again. They keep their ids, and each gets a new call. Without failed recipients nothing changes. 404 if the batch's agent or number was deleted. 400 if its carrier no longer connects the agent, has no gateway in its region, or cannot tell machines from people as the batch asks. */
  retryBatch(batchId: string, options?: KeyedOptions): Promise<Batch>;
  /** See what would happen to a batch before it is created. Nothing is stored and no one is called. Accepts and refuses what Create does. The duration rests on an assumption about the calls' length, which the request may set and the answer repeats. */
  previewBatch(body: PreviewBatch | PreviewBatchForm, options?: Options): Promise<BatchPreview>;
  /** See which batches hold the organization's slots, and which wait for slots. */
  getConcurrency(options?: Options): Promise<Concurrency>;
  /** Call people now. Uses the same concurrency limit as batches, but does not wait: each destination that cannot be called now is refused. The answer comes when the carrier has accepted or refused each call, after at most 15 s. */
  createCalls(body: CreateCalls, options?: KeyedOptions): Promise<DirectCalls>;
  /** List the calls of a batch, an agent or a person, newest first. */
  listCalls(query?: ListCallsQuery, options?: Options): Listing<CallPage>;
  /** Read a call. */
  getCall(callId: string, options?: Options): Promise<Call>;
  /** Say how a call came out. Sets outcome, notes, tags, and links to recording and transcript, for calls of batches and direct calls, in flight or over. For agents, and for receivers of call events. Each field has the value of the last request that set it. A repeat changes nothing. */
  changeCall(callId: string, body: ChangeCall, options?: Options): Promise<Call>;
  /** Erase the personal data of a call. Erases the number, metadata, external id, the carrier's ids and messages, and events of the call. Other attempts to reach the same recipient are erased too. The fact of the call, its times and its end stay. A repeat gets the same answer. */
  deleteCall(callId: string, options?: Options): Promise<Call>;
  /** End a call in flight. Tells the carrier to hang up; the call then ends with the reason `api_cancelled`. */
  cancelCall(callId: string, options?: KeyedOptions): Promise<CallCancelled>;
  /** See how calls came out, over any days. Calls of batches and direct calls, once they are over, by the hour in which they were dialed. A call is counted within a minute after its end, and at the latest when its batch ends. */
  getReport(query?: GetReportQuery, options?: Options): Promise<Report>;
  /** Download a report as CSV. The groups of the report, and their total in the last row. What a spreadsheet would run as a formula has an apostrophe before it. */
  exportReport(query?: ExportReportQuery, options?: Options): Promise<ReadableStream<Uint8Array>>;
  /** Report that a callee does not want to be called again. Lists the number of the call. For agents, and for receivers of call events. */
  reportOptOut(callId: string, body?: OptOut, options?: KeyedOptions): Promise<DoNotCallAdded>;
  /** Add up to 10,000 numbers to the do-not-call list, as JSON or a file. From the answer on, no call to these numbers begins. The answer comes when every dialing batch knows the numbers. If a batch does not answer, that takes up to 20 s, until its earlier clearances have expired. Calls in flight run to their end. */
  addDoNotCall(body: AddDoNotCall | AddDoNotCallForm, options?: KeyedOptions): Promise<DoNotCallAdded>;
  /** List the do-not-call list, newest first. */
  listDoNotCall(query?: ListDoNotCallQuery, options?: Options): Listing<DoNotCallEntryPage>;
  /** Download the do-not-call list as CSV, newest first. Who listed a number, when and why, and who removed it. Cells that a spreadsheet would run as a formula begin with an apostrophe. The file can be imported again after removing the rows of numbers that were taken off the list. */
  exportDoNotCall(query?: ExportDoNotCallQuery, options?: Options): Promise<ReadableStream<Uint8Array>>;
  /** Read a number's history on the do-not-call list. The number's newest entry, and its earlier ones. An entry with `removed_at` has ended. */
  getDoNotCall(number: string, options?: Options): Promise<DoNotCallHistory>;
  /** Allow calls to a number again. The entry stays known, with who ended it, when and why. Recipients that failed because of it stay failed. */
  removeDoNotCall(number: string, query: RemoveDoNotCallQuery, options?: Options): Promise<DoNotCallEntry>;
  /** Find a person in all batches and direct calls, newest first. Shows every attempt, and why a call was not made or still waits. */
  findPerson(query?: FindPersonQuery, options?: Options): Listing<PersonPlacePage>;
  /** Erase a person by `external_id`. Number, metadata, external id and time zone, the carrier's ids and messages, events and deliveries, in every batch and direct call. A recipient who waits is not called. A call in flight goes on, is not retried, and is erased once it is over. That there were calls, when, and how they ended stays, and so does an entry of the do-not-call list, as a keyed hash. A person that is not known is erased from nowhere. */
  erasePersonByExternalId(query: ErasePersonByExternalIdQuery, options?: Options): Promise<Erasure>;
  /** Erase a person by phone number. Number, metadata, external id and time zone, the carrier's ids and messages, events and deliveries, in every batch and direct call. A recipient who waits is not called. A call in flight goes on, is not retried, and is erased once it is over. That there were calls, when, and how they ended stays, and so does an entry of the do-not-call list, as a keyed hash. A person that is not known is erased from nowhere. */
  erasePerson(number: string, options?: Options): Promise<Erasure>;
  /** Erase a person who is named in the body, not in the URL. Number, metadata, external id and time zone, the carrier's ids and messages, events and deliveries, in every batch and direct call. A recipient who waits is not called. A call in flight goes on, is not retried, and is erased once it is over. That there were calls, when, and how they ended stays, and so does an entry of the do-not-call list, as a keyed hash. A person that is not known is erased from nowhere. */
  erasePeople(body: ErasePeople, options?: Options): Promise<Erasure>;
  /** List the receipts of erasures, newest first. */
  listErasures(query?: ListErasuresQuery, options?: Options): Listing<ErasurePage>;
  /** Read the progress of an erasure. */
  getErasure(erasureId: string, options?: Options): Promise<Erasure>;
  /** Find a person who is named in the body, not in the URL. The same as `GET /agents/people`. */
  searchPeople(body: SearchPeople, options?: Options): Promise<PersonPlacePage>;
  /** Create an agent. */
  createAgent(body: CreateAgent, options?: KeyedOptions): Promise<Agent>;
  /** List agents, newest first. */
  listAgents(query?: ListAgentsQuery, options?: Options): Listing<AgentPage>;
  /** Read an agent. */
  getAgent(agentId: string, options?: Options): Promise<Agent>;
  /** Change an agent. Absent fields are left unchanged. */
  changeAgent(agentId: string, body: ChangeAgent, options?: Options): Promise<Agent>;
  /** Delete an agent. */
  deleteAgent(agentId: string, options?: Options): Promise<null>;
  /** Import a phone number. */
  importPhoneNumber(body: ImportPhoneNumber, options?: KeyedOptions): Promise<PhoneNumber>;
  /** List phone numbers, newest first. */
  listPhoneNumbers(query?: ListPhoneNumbersQuery, options?: Options): Listing<PhoneNumberPage>;
  /** Read a phone number. */
  getPhoneNumber(phoneNumberId: string, options?: Options): Promise<PhoneNumber>;
  /** Change a phone number. Absent fields are left unchanged. */
  changePhoneNumber(phoneNumberId: string, body: ChangePhoneNumber, options?: Options): Promise<PhoneNumber>;
  /** Delete a phone number. */
  deletePhoneNumber(phoneNumberId: string, options?: Options): Promise<null>;
  /** Create a provider. */
  createProvider(body: CreateProvider, options?: KeyedOptions): Promise<Provider>;
  /** List providers, newest first. */
  listProviders(query?: ListProvidersQuery, options?: Options): Promise<ProviderList>;
  /** Read a provider. */
  getProvider(providerId: string, options?: Options): Promise<Provider>;
  /** Change a provider. Absent fields are left unchanged. */
  changeProvider(providerId: string, body: ChangeProvider, options?: Options): Promise<Provider>;
  /** Delete a provider. */
  deleteProvider(providerId: string, options?: Options): Promise<null>;
  /** Set a provider's prices from a day on. Replaces the price list that begins on the same day. Reports are priced when they are read, so a list for days that are over prices their calls, too. */
  setPrices(providerId: string, body: SetPrices, options?: KeyedOptions): Promise<PriceList>;
  /** List a provider's price lists, newest first. */
  listPrices(providerId: string, options?: Options): Promise<PriceLists>;
  /** Delete a price list. The list before it holds on. Without one, the calls have no price. */
  deletePrices(providerId: string, validFrom: string, options?: Options): Promise<null>;
  /** Create a webhook. Every later event is delivered to it; running batches hear of it within about a second. */
  createWebhook(body: CreateWebhook, options?: KeyedOptions): Promise<Webhook>;
  /** List webhooks, newest first. */
  listWebhooks(query?: ListWebhooksQuery, options?: Options): Listing<WebhookPage>;
  /** Read a webhook. */
  getWebhook(webhookId: string, options?: Options): Promise<Webhook>;
  /** Change a webhook. Absent fields are left unchanged. */
  changeWebhook(webhookId: string, body: ChangeWebhook, options?: Options): Promise<Webhook>;
  /** Delete a webhook and its deliveries. */
  deleteWebhook(webhookId: string, options?: Options): Promise<WebhookDeleted>;
  /** List a webhook's deliveries, newest first. All deliveries that will be tried again, and about 100 finished ones. */
  listDeliveries(webhookId: string, query?: ListDeliveriesQuery, options?: Options): Listing<DeliveryPage>;
  /** Deliver an event again. Sends it at once with the same `webhook-id`, and retries for a day. */
  redeliver(webhookId: string, deliveryId: string, options?: KeyedOptions): Promise<Delivery>;
  /** Send a test event. */
  testWebhook(webhookId: string, options?: KeyedOptions): Promise<Delivery>;
  /** See what this key may do. */
  getOwnKey(options?: Options): Promise<OwnKey>;
  /** Create a key of this organization. */
  createKey(body: CreateKey, options?: KeyedOptions): Promise<ApiKey>;
  /** List this organization's keys, masked. */
  listKeys(query?: ListKeysQuery, options?: Options): Listing<ApiKeyPage>;
  /** Revoke a key of this organization. The next request with the key is refused, and live connections end within seconds. Only operators can revoke the last key of an admin. */
  revokeKey(keyId: string, query?: RevokeKeyQuery, options?: Options): Promise<null>;
  /** Add a member, who signs in through Cloudflare Access. A member is a person or everybody of a domain. A person's own entry counts before that of the domain. */
  createMember(body: CreateMember, options?: KeyedOptions): Promise<Member>;
  /** List members, newest first. */
  listMembers(query?: ListMembersQuery, options?: Options): Listing<MemberPage>;
  /** Change a member's role. */
  changeMember(memberId: string, body: ChangeMember, options?: Options): Promise<Member>;
  /** Remove a member. The next request of the person is refused, and live connections end within seconds. If a member is the person's whole domain, that membership remains. */
  deleteMember(memberId: string, options?: Options): Promise<null>;
  /** List who changed what, newest first. Each change by a key, a person or an operator has a record. It is never changed. */
  listAudit(query?: ListAuditQuery, options?: Options): Listing<AuditRecordPage>;
  /** Download who changed what as CSV, newest first. `before` and `after` are JSON. A label that a spreadsheet would run as a formula begins with an apostrophe. */
  exportAudit(query?: ExportAuditQuery, options?: Options): Promise<ReadableStream<Uint8Array>>;
  /** List who changed a batch, newest first. For every key, also after the batch is deleted. */
  listBatchAudit(batchId: string, query?: ListBatchAuditQuery, options?: Options): Listing<AuditRecordPage>;
  /** Download everything that this organization has. A tar archive with gzip, written while it is sent: settings without secrets, reports, the do-not-call list, receipts of erasures, the audit, and every batch and direct call, as JSON and JSON lines. `manifest.json` is its last file, with the lines, bytes and SHA-256 of each. Without it the download broke off. A very large organization takes several: while the manifest has `goes_on`, repeat with it as `starting_after`. */
  exportOwnOrganization(query?: ExportOwnOrganizationQuery, options?: Options): Promise<ReadableStream<Uint8Array>>;
  /** Read the organization's settings. */
  getSettings(options?: Options): Promise<Settings>;
  /** Change how long batches and calls are kept, and whether they are archived. Absent fields are left unchanged. A shorter retention deletes older batches and calls at once, for good; counts stay in the reports. With `archive`, calls are stored in the operator's R2 bucket before. */
  changeSettings(body: ChangeSettings, options?: Options): Promise<Settings>;
}

export const CLIENT_OPERATIONS = {
  createBatch: {"method":"POST","path":"/agents/calls/batches","takes":"body","gives":"json","again":"with a key"},
  listBatches: {"method":"GET","path":"/agents/calls/batches","takes":"query","gives":"page","again":"always"},
  getBatch: {"method":"GET","path":"/agents/calls/batches/:batch_id","takes":"query","gives":"json","again":"always"},
  changeBatch: {"method":"PATCH","path":"/agents/calls/batches/:batch_id","takes":"body","gives":"json","again":"always"},
  deleteBatch: {"method":"DELETE","path":"/agents/calls/batches/:batch_id","takes":null,"gives":"json","again":"never"},
  cancelBatch: {"method":"POST","path":"/agents/calls/batches/:batch_id/cancel","takes":null,"gives":"json","again":"with a key"},
  createLiveTicket: {"method":"POST","path":"/agents/calls/batches/:batch_id/live-ticket","takes":null,"gives":"json","again":"always"},
  pauseBatch: {"method":"POST","path":"/agents/calls/batches/:batch_id/pause","takes":null,"gives":"json","again":"with a key"},
  previewChange: {"method":"POST","path":"/agents/calls/batches/:batch_id/preview","takes":"body","gives":"json","again":"always"},
  appendRecipients: {"method":"POST","path":"/agents/calls/batches/:batch_id/recipients","takes":"body","gives":"json","again":"with a key"},
  listRecipients: {"method":"GET","path":"/agents/calls/batches/:batch_id/recipients","takes":"query","gives":"page","again":"always"},
  exportRecipients: {"method":"GET","path":"/agents/calls/batches/:batch_id/recipients.csv","takes":"query","gives":"file","again":"always"},
  getRecipient: {"method":"GET","path":"/agents/calls/batches/:batch_id/recipients/:recipient_id","takes":null,"gives":"json","again":"always"},
  resumeBatch: {"method":"POST","path":"/agents/calls/batches/:batch_id/resume","takes":null,"gives":"json","again":"with a key"},
  retryBatch: {"method":"POST","path":"/agents/calls/batches/:batch_id/retry","takes":null,"gives":"json","again":"with a key"},
  previewBatch: {"method":"POST","path":"/agents/calls/batches/preview","takes":"body","gives":"json","again":"always"},
  getConcurrency: {"method":"GET","path":"/agents/concurrency","takes":null,"gives":"json","again":"always"},
  createCalls: {"method":"POST","path":"/agents/calls","takes":"body","gives":"json","again":"with a key"},
  listCalls: {"method":"GET","path":"/agents/calls","takes":"query","gives":"page","again":"always"},
  getCall: {"method":"GET","path":"/agents/calls/:call_id","takes":null,"gives":"json","again":"always"},
  changeCall: {"method":"PATCH","path":"/agents/calls/:call_id","takes":"body","gives":"json","again":"always"},
  deleteCall: {"method":"DELETE","path":"/agents/calls/:call_id","takes":null,"gives":"json","again":"never"},
  cancelCall: {"method":"POST","path":"/agents/calls/:call_id/cancel","takes":null,"gives":"json","again":"with a key"},
  getReport: {"method":"GET","path":"/agents/reports","takes":"query","gives":"json","again":"always"},
  exportReport: {"method":"GET","path":"/agents/reports.csv","takes":"query","gives":"file","again":"always"},
  reportOptOut: {"method":"POST","path":"/agents/calls/:call_id/opt-out","takes":"body","gives":"json","again":"with a key"},
  addDoNotCall: {"method":"POST","path":"/agents/do-not-call","takes":"body","gives":"json","again":"with a key"},
  listDoNotCall: {"method":"GET","path":"/agents/do-not-call","takes":"query","gives":"page","again":"always"},
  exportDoNotCall: {"method":"GET","path":"/agents/do-not-call.csv","takes":"query","gives":"file","again":"always"},
  getDoNotCall: {"method":"GET","path":"/agents/do-not-call/:number","takes":null,"gives":"json","again":"always"},
  removeDoNotCall: {"method":"DELETE","path":"/agents/do-not-call/:number","takes":"query","gives":"json","again":"never"},
  findPerson: {"method":"GET","path":"/agents/people","takes":"query","gives":"page","again":"always"},
  erasePersonByExternalId: {"method":"DELETE","path":"/agents/people","takes":"query","gives":"json","again":"never"},
  erasePerson: {"method":"DELETE","path":"/agents/people/:number","takes":null,"gives":"json","again":"never"},
  erasePeople: {"method":"POST","path":"/agents/people/erase","takes":"body","gives":"json","again":"always"},
  listErasures: {"method":"GET","path":"/agents/people/erasures","takes":"query","gives":"page","again":"always"},
  getErasure: {"method":"GET","path":"/agents/people/erasures/:erasure_id","takes":null,"gives":"json","again":"always"},
  searchPeople: {"method":"POST","path":"/agents/people/search","takes":"body","gives":"json","again":"always"},
  createAgent: {"method":"POST","path":"/agents","takes":"body","gives":"json","again":"with a key"},
  listAgents: {"method":"GET","path":"/agents","takes":"query","gives":"page","again":"always"},
  getAgent: {"method":"GET","path":"/agents/:agent_id","takes":null,"gives":"json","again":"always"},
  changeAgent: {"method":"PATCH","path":"/agents/:agent_id","takes":"body","gives":"json","again":"always"},
  deleteAgent: {"method":"DELETE","path":"/agents/:agent_id","takes":null,"gives":"json","again":"never"},
  importPhoneNumber: {"method":"POST","path":"/agents/phone-numbers","takes":"body","gives":"json","again":"with a key"},
  listPhoneNumbers: {"method":"GET","path":"/agents/phone-numbers","takes":"query","gives":"page","again":"always"},
  getPhoneNumber: {"method":"GET","path":"/agents/phone-numbers/:phone_number_id","takes":null,"gives":"json","again":"always"},
  changePhoneNumber: {"method":"PATCH","path":"/agents/phone-numbers/:phone_number_id","takes":"body","gives":"json","again":"always"},
  deletePhoneNumber: {"method":"DELETE","path":"/agents/phone-numbers/:phone_number_id","takes":null,"gives":"json","again":"never"},
  createProvider: {"method":"POST","path":"/agents/phone-numbers/providers","takes":"body","gives":"json","again":"with a key"},
  listProviders: {"method":"GET","path":"/agents/phone-numbers/providers","takes":"query","gives":"json","again":"always"},
  getProvider: {"method":"GET","path":"/agents/phone-numbers/providers/:provider_id","takes":null,"gives":"json","again":"always"},
  changeProvider: {"method":"PATCH","path":"/agents/phone-numbers/providers/:provider_id","takes":"body","gives":"json","again":"always"},
  deleteProvider: {"method":"DELETE","path":"/agents/phone-numbers/providers/:provider_id","takes":null,"gives":"json","again":"never"},
  setPrices: {"method":"POST","path":"/agents/phone-numbers/providers/:provider_id/prices","takes":"body","gives":"json","again":"with a key"},
  listPrices: {"method":"GET","path":"/agents/phone-numbers/providers/:provider_id/prices","takes":null,"gives":"json","again":"always"},
  deletePrices: {"method":"DELETE","path":"/agents/phone-numbers/providers/:provider_id/prices/:valid_from","takes":null,"gives":"json","again":"never"},
  createWebhook: {"method":"POST","path":"/agents/webhooks","takes":"body","gives":"json","again":"never"},
  listWebhooks: {"method":"GET","path":"/agents/webhooks","takes":"query","gives":"page","again":"always"},
  getWebhook: {"method":"GET","path":"/agents/webhooks/:webhook_id","takes":null,"gives":"json","again":"always"},
  changeWebhook: {"method":"PATCH","path":"/agents/webhooks/:webhook_id","takes":"body","gives":"json","again":"always"},
  deleteWebhook: {"method":"DELETE","path":"/agents/webhooks/:webhook_id","takes":null,"gives":"json","again":"never"},
  listDeliveries: {"method":"GET","path":"/agents/webhooks/:webhook_id/deliveries","takes":"query","gives":"page","again":"always"},
  redeliver: {"method":"POST","path":"/agents/webhooks/:webhook_id/deliveries/:delivery_id/redeliver","takes":null,"gives":"json","again":"with a key"},
  testWebhook: {"method":"POST","path":"/agents/webhooks/:webhook_id/test","takes":null,"gives":"json","again":"with a key"},
  getOwnKey: {"method":"GET","path":"/agents/key","takes":null,"gives":"json","again":"always"},
  createKey: {"method":"POST","path":"/agents/keys","takes":"body","gives":"json","again":"never"},
  listKeys: {"method":"GET","path":"/agents/keys","takes":"query","gives":"page","again":"always"},
  revokeKey: {"method":"DELETE","path":"/agents/keys/:key_id","takes":"query","gives":"json","again":"never"},
  createMember: {"method":"POST","path":"/agents/members","takes":"body","gives":"json","again":"with a key"},
  listMembers: {"method":"GET","path":"/agents/members","takes":"query","gives":"page","again":"always"},
  changeMember: {"method":"PATCH","path":"/agents/members/:member_id","takes":"body","gives":"json","again":"always"},
  deleteMember: {"method":"DELETE","path":"/agents/members/:member_id","takes":null,"gives":"json","again":"never"},
  listAudit: {"method":"GET","path":"/agents/audit","takes":"query","gives":"page","again":"always"},
  exportAudit: {"method":"GET","path":"/agents/audit.csv","takes":"query","gives":"file","again":"always"},
  listBatchAudit: {"method":"GET","path":"/agents/calls/batches/:batch_id/audit","takes":"query","gives":"page","again":"always"},
  exportOwnOrganization: {"method":"GET","path":"/agents/export.tar.gz","takes":"query","gives":"file","again":"always"},
  getSettings: {"method":"GET","path":"/agents/settings","takes":null,"gives":"json","again":"always"},
  changeSettings: {"method":"PATCH","path":"/agents/settings","takes":"body","gives":"json","again":"always"},
} as const;
export interface OperatorOperations {
  /** Create an organization. */
  createOrganization(body: CreateOrganization, options?: KeyedOptions): Promise<Organization>;
  /** List organizations, newest first. Those of each jurisdiction come after those without one. */
  listOrganizations(query?: ListOrganizationsQuery, options?: Options): Listing<OrganizationPage>;
  /** Read an organization. */
  getOrganization(organizationId: string, options?: Options): Promise<Organization>;
  /** Change an organization. Absent fields are left unchanged. A lower limit ends no calls in flight. */
  changeOrganization(organizationId: string, body: ChangeOrganization, options?: Options): Promise<Organization>;
  /** Delete an organization and all of its data. For good. Its keys are refused at once, and its batches are cancelled. Calls in flight continue to their end. Then its batches, calls, webhooks and all other data are deleted, and its id is never used again. The deletion continues by itself; a repeat shows its progress. */
  deleteOrganization(organizationId: string, query?: DeleteOrganizationQuery, options?: Options): Promise<OrganizationDeletion>;
  /** Create an API key. */
  createApiKey(organizationId: string, body: CreateApiKey, options?: KeyedOptions): Promise<ApiKey>;
  /** List API keys, masked. */
  listApiKeys(organizationId: string, query?: ListApiKeysQuery, options?: Options): Listing<ApiKeyPage>;
  /** Revoke an API key. */
  revokeApiKey(organizationId: string, keyId: string, options?: Options): Promise<null>;
  /** Read the progress of an organization's deletion. */
  getOrganizationDeletion(organizationId: string, options?: Options): Promise<OrganizationDeletion>;
  /** Download everything that an organization has. A tar archive with gzip, written while it is sent: settings without secrets, reports, the do-not-call list, receipts of erasures, the audit, and every batch and direct call, as JSON and JSON lines. `manifest.json` is its last file, with the lines, bytes and SHA-256 of each. Without it the download broke off. A very large organization takes several: while the manifest has `goes_on`, repeat with it as `starting_after`. */
  exportOrganization(organizationId: string, query?: ExportOrganizationQuery, options?: Options): Promise<ReadableStream<Uint8Array>>;
  /** See which batches hold slots, and which wait for slots. */
  getLedger(organizationId: string, options?: Options): Promise<Ledger>;
  /** Encrypt stored secrets with the newest ENCRYPTION_KEY. Encrypts again the secrets that a key of ENCRYPTION_KEYS_OLD has encrypted, for one page of organizations. Continue with `starting_after` until `has_more` is false. A repeat changes nothing. */
  resealSecrets(query?: ResealSecretsQuery, options?: KeyedOptions): Promise<Reseal>;
}

export const OPERATOR_OPERATIONS = {
  createOrganization: {"method":"POST","path":"/admin/organizations","takes":"body","gives":"json","again":"with a key"},
  listOrganizations: {"method":"GET","path":"/admin/organizations","takes":"query","gives":"page","again":"always"},
  getOrganization: {"method":"GET","path":"/admin/organizations/:organization_id","takes":null,"gives":"json","again":"always"},
  changeOrganization: {"method":"PATCH","path":"/admin/organizations/:organization_id","takes":"body","gives":"json","again":"always"},
  deleteOrganization: {"method":"DELETE","path":"/admin/organizations/:organization_id","takes":"query","gives":"json","again":"never"},
  createApiKey: {"method":"POST","path":"/admin/organizations/:organization_id/api-keys","takes":"body","gives":"json","again":"never"},
  listApiKeys: {"method":"GET","path":"/admin/organizations/:organization_id/api-keys","takes":"query","gives":"page","again":"always"},
  revokeApiKey: {"method":"DELETE","path":"/admin/organizations/:organization_id/api-keys/:key_id","takes":null,"gives":"json","again":"never"},
  getOrganizationDeletion: {"method":"GET","path":"/admin/organizations/:organization_id/deletion","takes":null,"gives":"json","again":"always"},
  exportOrganization: {"method":"GET","path":"/admin/organizations/:organization_id/export.tar.gz","takes":"query","gives":"file","again":"always"},
  getLedger: {"method":"GET","path":"/admin/organizations/:organization_id/ledger","takes":null,"gives":"json","again":"always"},
  resealSecrets: {"method":"POST","path":"/admin/reseal","takes":"query","gives":"json","again":"with a key"},
} as const;
