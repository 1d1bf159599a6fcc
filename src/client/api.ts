/** Made by `npm run client:types` (`build/generate.ts`). A test fails where it is not up to date. */

import type { KeyedOptions, Listing, Options } from "./method.ts";

export type CreateProvider =
  | {
      /** Without it one is made. */
      id?: string | null | undefined;
      type: "twilio";
      /** Without it the account's id. */
      label?: string | null | undefined;
      account_sid: string;
      api_key_sid: string;
      api_key_secret: string;
      /** With it the signature of every callback is verified. */
      auth_token?: string | null | undefined;
      region?: ("us1" | "ie1" | "au1") | null | undefined;
      /** Calls that may begin in a second. Without it what the carrier allows every account; `null`: no limit. */
      calls_per_second?: number | null | undefined;
    }
  | {
      /** Without it one is made. */
      id?: string | null | undefined;
      type: "cartesia";
      label: string;
      /** An API key of Cartesia's, like `sk_car_…`. */
      api_key: string;
      /** The secret of the agents' webhook to `/callbacks/cartesia`. Without it the calls are asked about instead. */
      webhook_secret?: string | null | undefined;
      /** Calls that may begin in a second. Without it what the carrier allows every account; `null`: no limit. */
      calls_per_second?: number | null | undefined;
    }
  | (
      | {
          /** Without it one is made. */
          id?: string | null | undefined;
          type: "sip_trunk";
          gateway: "livekit";
          label: string;
          outbound: {
            /** Where the trunk's carrier takes calls: `host` or `host:port`. Without a port 5060, and 5061 for tls. */
            address: string;
            /**
             * @deprecated
             * An older name of `address`.
             */
            hostname?: string | undefined;
            transport?: ("udp" | "tcp" | "tls") | null | undefined;
            /** Write-only; a read shows the user's name as `auth_username`. */
            credentials?: {
              username: string;
              password: string;
            } | null | undefined;
            /** Where most calls go, for a gateway that routes by it. */
            destination_country?: string | null | undefined;
            media_encryption?: ("disabled" | "allowed" | "required") | null | undefined;
          };
          /** The gateways by the region of the batches that they dial. */
          regions: {
            US?: {
              /** The server, like `https://my-project.livekit.cloud`. */
              url: string;
              api_key: string;
              /** Signs our requests and LiveKit's webhooks. */
              api_secret: string;
            } | null | undefined;
            EU?: {
              /** The server, like `https://my-project.livekit.cloud`. */
              url: string;
              api_key: string;
              /** Signs our requests and LiveKit's webhooks. */
              api_secret: string;
            } | null | undefined;
            APAC?: {
              /** The server, like `https://my-project.livekit.cloud`. */
              url: string;
              api_key: string;
              /** Signs our requests and LiveKit's webhooks. */
              api_secret: string;
            } | null | undefined;
          };
          /** Calls that may begin in a second. Without it what the carrier allows every account; `null`: no limit. */
          calls_per_second?: number | null | undefined;
        }
      | {
          /** Without it one is made. */
          id?: string | null | undefined;
          type: "sip_trunk";
          gateway: "jambonz";
          label: string;
          outbound: {
            /** Where the trunk's carrier takes calls: `host` or `host:port`. Without a port 5060, and 5061 for tls. */
            address: string;
            /**
             * @deprecated
             * An older name of `address`.
             */
            hostname?: string | undefined;
            transport?: ("udp" | "tcp" | "tls") | null | undefined;
            /** Write-only; a read shows the user's name as `auth_username`. */
            credentials?: {
              username: string;
              password: string;
            } | null | undefined;
            /** Where most calls go, for a gateway that routes by it. */
            destination_country?: string | null | undefined;
            media_encryption?: ("disabled" | "allowed" | "required") | null | undefined;
          };
          /** The gateways by the region of the batches that they dial. */
          regions: {
            US?: {
              /** The REST API's base, like `https://api.jambonz.cloud/v1`. */
              url: string;
              account_sid: string;
              /** A key of the account's. */
              api_key: string;
              /** With it the signature of every status hook is verified. */
              webhook_secret?: string | null | undefined;
            } | null | undefined;
            EU?: {
              /** The REST API's base, like `https://api.jambonz.cloud/v1`. */
              url: string;
              account_sid: string;
              /** A key of the account's. */
              api_key: string;
              /** With it the signature of every status hook is verified. */
              webhook_secret?: string | null | undefined;
            } | null | undefined;
            APAC?: {
              /** The REST API's base, like `https://api.jambonz.cloud/v1`. */
              url: string;
              account_sid: string;
              /** A key of the account's. */
              api_key: string;
              /** With it the signature of every status hook is verified. */
              webhook_secret?: string | null | undefined;
            } | null | undefined;
          };
          /** By whose speech recognition jambonz tells a machine from a person. Every region's account needs speech credentials of this vendor. */
          recognizer?: {
            /** As jambonz writes it: `deepgram`, `google`, `microsoft` … */
            vendor: string;
            /** As the vendor writes it, like `en-US`. */
            language: string;
            /** Of the account's speech credentials, where they have one. */
            label?: string | null | undefined;
          } | null | undefined;
          /** Calls that may begin in a second. Without it what the carrier allows every account; `null`: no limit. */
          calls_per_second?: number | null | undefined;
        }
    )
  | {
      /** Without it one is made. */
      id?: string | null | undefined;
      type: "http";
      label: string;
      /** Where the dialer's protocol begins: https, without credentials, query and fragment, at a public host. */
      url: string;
      /** Write-only. Every request to the dialer carries it as `Authorization: Bearer`. */
      token: string;
      /** Write-only. `whsec_` and base64 of 24 to 64 bytes, as Standard Webhooks has it, or 16 to 256 printable characters that are the key as they are. */
      webhook_secret: string;
      detects_machines?: boolean | null | undefined;
      /** Calls that may begin in a second. Without it what the carrier allows every account; `null`: no limit. */
      calls_per_second?: number | null | undefined;
    }
  | {
      /** Without it one is made. */
      id?: string | null | undefined;
      type: "telnyx";
      label: string;
      /** An API key of version 2, like `KEY…`. */
      api_key: string;
      /** The id of the Voice API (Call Control) application that places the calls. */
      connection_id: string;
      /** The account's public key, with which the signature of every callback is verified. */
      public_key: string;
      /** Calls that may begin in a second. Without it what the carrier allows every account; `null`: no limit. */
      calls_per_second?: number | null | undefined;
    };
export type ChangeProvider =
  | {
      label?: string | undefined;
      api_key_sid?: string | undefined;
      api_key_secret?: string | undefined;
      auth_token?: string | null | undefined;
      /** Brings its credentials along: they are valid in one region. Refused (409) while a call may use it. */
      region?: "us1" | "ie1" | "au1" | undefined;
      /** `null`: no limit. */
      calls_per_second?: number | null | undefined;
    }
  | {
      label?: string | undefined;
      api_key?: string | undefined;
      webhook_secret?: string | null | undefined;
      /** `null`: no limit. */
      calls_per_second?: number | null | undefined;
    }
  | {
      label?: string | undefined;
      outbound?: {
        /** Where the trunk's carrier takes calls: `host` or `host:port`. Without a port 5060, and 5061 for tls. */
        address?: string | undefined;
        /**
         * @deprecated
         * An older name of `address`.
         */
        hostname?: string | undefined;
        transport?: ("udp" | "tcp" | "tls") | null | undefined;
        credentials?: {
          username: string;
          password: string;
        } | null | undefined;
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
  | {
      label?: string | undefined;
      outbound?: {
        /** Where the trunk's carrier takes calls: `host` or `host:port`. Without a port 5060, and 5061 for tls. */
        address?: string | undefined;
        /**
         * @deprecated
         * An older name of `address`.
         */
        hostname?: string | undefined;
        transport?: ("udp" | "tcp" | "tls") | null | undefined;
        credentials?: {
          username: string;
          password: string;
        } | null | undefined;
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
      recognizer?: {
        /** As jambonz writes it: `deepgram`, `google`, `microsoft` … */
        vendor?: string | undefined;
        /** As the vendor writes it, like `en-US`. */
        language?: string | undefined;
        label?: string | null | undefined;
      } | null | undefined;
      /** `null`: no limit. */
      calls_per_second?: number | null | undefined;
    }
  | {
      label?: string | undefined;
      /** Write-only. Every request to the dialer carries it as `Authorization: Bearer`. */
      token?: string | undefined;
      /** Write-only. `whsec_` and base64 of 24 to 64 bytes, as Standard Webhooks has it, or 16 to 256 printable characters that are the key as they are. */
      webhook_secret?: string | undefined;
      /** The dialer tells a machine from a person; its `GET /protocol` has to say so too. */
      detects_machines?: boolean | undefined;
      /** `null`: no limit. */
      calls_per_second?: number | null | undefined;
    }
  | {
      label?: string | undefined;
      /** An API key of version 2, like `KEY…`. */
      api_key?: string | undefined;
      /** The account's public key, with which the signature of every callback is verified. */
      public_key?: string | undefined;
      /** `null`: no limit. */
      calls_per_second?: number | null | undefined;
    };
export type RecipientsCsv = string;
export type DoNotCallCsv = string;
export type Provider =
  | {
      id: string;
      type: "twilio";
      label: string;
      account_sid: string;
      /** Masked. */
      api_key_sid: string;
      region: "us1" | "ie1" | "au1";
      /** Whether the signatures of callbacks are verified. */
      has_auth_token: boolean;
      /** Calls that may begin in a second; null: as many as there are. */
      calls_per_second: number | null;
      /** What is left of it for a minute at most after the carrier said it is too fast. */
      effective_calls_per_second?: number | undefined;
      created_at: string;
      updated_at: string;
    }
  | {
      id: string;
      type: "cartesia";
      label: string;
      /** Masked. */
      api_key: string;
      /** Whether webhooks are heard; otherwise the calls are asked about. */
      has_webhook_secret: boolean;
      /** Calls that may begin in a second; null: as many as there are. */
      calls_per_second: number | null;
      /** What is left of it for a minute at most after the carrier said it is too fast. */
      effective_calls_per_second?: number | undefined;
      created_at: string;
      updated_at: string;
    }
  | (
      | {
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
            /** Empty where there are no credentials. */
            auth_username: string | null;
            destination_country?: string | null | undefined;
            media_encryption: ("disabled" | "allowed" | "required") | null;
          };
          regions: {
            US: {
              url: string;
              /** Masked. */
              api_key: string;
            } | null;
            EU: {
              url: string;
              /** Masked. */
              api_key: string;
            } | null;
            APAC: {
              url: string;
              /** Masked. */
              api_key: string;
            } | null;
          };
          /** Calls that may begin in a second; null: as many as there are. */
          calls_per_second: number | null;
          /** What is left of it for a minute at most after the carrier said it is too fast. */
          effective_calls_per_second?: number | undefined;
          created_at: string;
          updated_at: string;
        }
      | {
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
            /** Empty where there are no credentials. */
            auth_username: string | null;
            destination_country?: string | null | undefined;
            media_encryption: ("disabled" | "allowed" | "required") | null;
          };
          regions: {
            US: {
              url: string;
              account_sid: string;
              /** Masked. */
              api_key: string;
              /** Whether the signatures of status hooks are verified. */
              has_webhook_secret: boolean;
            } | null;
            EU: {
              url: string;
              account_sid: string;
              /** Masked. */
              api_key: string;
              /** Whether the signatures of status hooks are verified. */
              has_webhook_secret: boolean;
            } | null;
            APAC: {
              url: string;
              account_sid: string;
              /** Masked. */
              api_key: string;
              /** Whether the signatures of status hooks are verified. */
              has_webhook_secret: boolean;
            } | null;
          };
          recognizer: {
            vendor: string;
            language: string;
            label: string | null;
          } | null;
          /** Calls that may begin in a second; null: as many as there are. */
          calls_per_second: number | null;
          /** What is left of it for a minute at most after the carrier said it is too fast. */
          effective_calls_per_second?: number | undefined;
          created_at: string;
          updated_at: string;
        }
    )
  | {
      id: string;
      type: "http";
      label: string;
      url: string;
      /** Masked. */
      token: string;
      detects_machines: boolean;
      /** Calls that may begin in a second; null: as many as there are. */
      calls_per_second: number | null;
      /** What is left of it for a minute at most after the carrier said it is too fast. */
      effective_calls_per_second?: number | undefined;
      created_at: string;
      updated_at: string;
    }
  | {
      id: string;
      type: "telnyx";
      label: string;
      /** Masked. */
      api_key: string;
      connection_id: string;
      public_key: string;
      /** Calls that may begin in a second; null: as many as there are. */
      calls_per_second: number | null;
      /** What is left of it for a minute at most after the carrier said it is too fast. */
      effective_calls_per_second?: number | undefined;
      created_at: string;
      updated_at: string;
    };
export type ProviderList = Provider[];
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
  /** Of numbers without a country code: ISO 3166, two letters. With it, numbers may be written as people write them. What is valid in that country is its number. */
  default_country?: string | null | undefined;
  /** `true`: a number without a country code that could also be another country's is refused. */
  strict_country?: boolean | null | undefined;
  /** Calls at once, at most the organization's limit. Without it: half of that limit, and with `calls_per_second` no more than that keeps busy, if calls last three minutes. */
  target_concurrency_limit?: number | null | undefined;
  /** Without it: 60. */
  ringing_timeout_seconds?: number | null | undefined;
  /** Without it: 480. */
  max_call_duration_minutes?: number | null | undefined;
  /** When dialing may begin: in the future, within 30 days. Without it: at once. */
  scheduled_at?: string | null | undefined;
  /** The same number more than once in the list. Without it: allow. */
  on_duplicate?: ("allow" | "skip" | "reject") | null | undefined;
  /** Who is called again without anybody's request. */
  retry_policy?: RetryPolicy | null | undefined;
  /** When people may be called, by the clock on their wall. */
  calling_window?: NewCallingWindow | null | undefined;
  /** When the batch stops by itself because its carrier fails. */
  circuit_breaker?: CircuitBreaker | null | undefined;
  /** Calls that the batch begins in a second, at most. The organization's, the provider's and the number's limits hold as well. */
  calls_per_second?: number | null | undefined;
  /** Asks the carrier who answers, where it can tell. hang_up: a machine ends the call, as one that nobody answered. continue: the agent goes on. Without it nobody is asked. */
  on_voicemail?: ("hang_up" | "continue") | null | undefined;
  /** Only for a number of a SIP trunk. A telephony account's region gives the batch's. */
  region?: ("US" | "EU" | "APAC") | null | undefined;
}
export interface NewRecipient {
  /** E.164, and of a possible length for its country. A country's own trunk prefix behind its code is taken away. */
  to_number: string;
  /** Any JSON object of at most 16 KiB; the agent gets it, and so do the answers. */
  metadata?: {
    [k: string]: unknown;
  } | null | undefined;
  /** Where the recipient is, in place of what the number says. */
  timezone?: string | null | undefined;
  /** Your own name for the recipient: its calls and their events have it. Once in a batch: appended again it is skipped. */
  external_id?: string | null | undefined;
}
export interface RetryPolicy {
  /** Calls to one recipient, the first included. */
  max_attempts: number;
  /** @minItems 1 */
  retry_on: ("dial_no_answer" | "dial_busy" | "dial_failed" | "voicemail")[];
  /**
   * From an end to the next attempt: before the second, the third, and so on; the last counts for the rest.
   *
   * @minItems 1
   * @maxItems 9
   */
  intervals_minutes?: number[] | undefined;
  /** Between two calls to one number, by whichever batch of the organization. The stricter of this and the organization's counts. */
  min_gap_minutes?: number | null | undefined;
  /** Calls to one number on one day where it is, by whichever batch; where that is not known, by UTC. */
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
  /** Fewer calls in the window say nothing about a carrier. */
  min_calls?: number | undefined;
  /** Of the calls in the window, from which on the batch stops. */
  failure_share?: number | undefined;
  /** Calls that ended, or were answered, within it. */
  window_minutes?: number | undefined;
  /** From the stop to the trial call. `null`: only a human resumes the batch. */
  cool_down_minutes?: number | null | undefined;
}
export interface CreateBatchForm {
  name: string;
  agent_id: string;
  from_number_id: string;
  /** Of numbers without a country code: ISO 3166, two letters. With it, numbers may be written as people write them. What is valid in that country is its number. */
  default_country?: string | null | undefined;
  /** `true`: a number without a country code that could also be another country's is refused. */
  strict_country?: boolean | null | undefined;
  /** Calls at once, at most the organization's limit. Without it: half of that limit, and with `calls_per_second` no more than that keeps busy, if calls last three minutes. */
  target_concurrency_limit?: number | null | undefined;
  /** Without it: 60. */
  ringing_timeout_seconds?: number | null | undefined;
  /** Without it: 480. */
  max_call_duration_minutes?: number | null | undefined;
  /** When dialing may begin: in the future, within 30 days. Without it: at once. */
  scheduled_at?: string | null | undefined;
  /** The same number more than once in the list. Without it: allow. */
  on_duplicate?: ("allow" | "skip" | "reject") | null | undefined;
  /** Who is called again without anybody's request. */
  retry_policy?: RetryPolicy | null | undefined;
  /** When people may be called, by the clock on their wall. */
  calling_window?: NewCallingWindow | null | undefined;
  /** When the batch stops by itself because its carrier fails. */
  circuit_breaker?: CircuitBreaker | null | undefined;
  /** Calls that the batch begins in a second, at most. The organization's, the provider's and the number's limits hold as well. */
  calls_per_second?: number | null | undefined;
  /** Asks the carrier who answers, where it can tell. hang_up: a machine ends the call, as one that nobody answered. continue: the agent goes on. Without it nobody is asked. */
  on_voicemail?: ("hang_up" | "continue") | null | undefined;
  /** Only for a number of a SIP trunk. A telephony account's region gives the batch's. */
  region?: ("US" | "EU" | "APAC") | null | undefined;
  /** The name of the column with the numbers, as its first line says it; `column_2` where nothing names it. Without it the column is guessed: the one most of whose values are phone numbers, and of several the one whose name says so. Where two are as good as each other it is required. */
  number_column?: string | undefined;
  /** Of a workbook: the name of the sheet. Without it: the first that is not hidden. */
  sheet?: string | undefined;
  /** A list as CSV (UTF-8, UTF-16 with its mark or Windows-1252; separated by commas, semicolons, tabs or pipes) or as a workbook (.xlsx). At most 5000 rows of at most 200 columns, and 502000 values in all. A column of numbers, `timezone` and `external_id` where there are some; every other is metadata. Lines above the one that names the columns are passed over. */
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
  /** Of numbers without a country code: ISO 3166, two letters. With it, numbers may be written as people write them. What is valid in that country is its number. */
  default_country?: string | null | undefined;
  /** `true`: a number without a country code that could also be another country's is refused. */
  strict_country?: boolean | null | undefined;
  /** Calls at once, at most the organization's limit. Without it: half of that limit, and with `calls_per_second` no more than that keeps busy, if calls last three minutes. */
  target_concurrency_limit?: number | null | undefined;
  /** Without it: 60. */
  ringing_timeout_seconds?: number | null | undefined;
  /** Without it: 480. */
  max_call_duration_minutes?: number | null | undefined;
  /** When dialing may begin: in the future, within 30 days. Without it: at once. */
  scheduled_at?: string | null | undefined;
  /** The same number more than once in the list. Without it: allow. */
  on_duplicate?: ("allow" | "skip" | "reject") | null | undefined;
  /** Who is called again without anybody's request. */
  retry_policy?: RetryPolicy | null | undefined;
  /** When people may be called, by the clock on their wall. */
  calling_window?: NewCallingWindow | null | undefined;
  /** When the batch stops by itself because its carrier fails. */
  circuit_breaker?: CircuitBreaker | null | undefined;
  /** Calls that the batch begins in a second, at most. The organization's, the provider's and the number's limits hold as well. */
  calls_per_second?: number | null | undefined;
  /** Asks the carrier who answers, where it can tell. hang_up: a machine ends the call, as one that nobody answered. continue: the agent goes on. Without it nobody is asked. */
  on_voicemail?: ("hang_up" | "continue") | null | undefined;
  /** Only for a number of a SIP trunk. A telephony account's region gives the batch's. */
  region?: ("US" | "EU" | "APAC") | null | undefined;
  /** How long a call is assumed to take, from dialing to its end. Without it: 60. */
  expected_call_seconds?: number | null | undefined;
}
export interface PreviewBatchForm {
  name: string;
  agent_id: string;
  from_number_id: string;
  /** Of numbers without a country code: ISO 3166, two letters. With it, numbers may be written as people write them. What is valid in that country is its number. */
  default_country?: string | null | undefined;
  /** `true`: a number without a country code that could also be another country's is refused. */
  strict_country?: boolean | null | undefined;
  /** Calls at once, at most the organization's limit. Without it: half of that limit, and with `calls_per_second` no more than that keeps busy, if calls last three minutes. */
  target_concurrency_limit?: number | null | undefined;
  /** Without it: 60. */
  ringing_timeout_seconds?: number | null | undefined;
  /** Without it: 480. */
  max_call_duration_minutes?: number | null | undefined;
  /** When dialing may begin: in the future, within 30 days. Without it: at once. */
  scheduled_at?: string | null | undefined;
  /** The same number more than once in the list. Without it: allow. */
  on_duplicate?: ("allow" | "skip" | "reject") | null | undefined;
  /** Who is called again without anybody's request. */
  retry_policy?: RetryPolicy | null | undefined;
  /** When people may be called, by the clock on their wall. */
  calling_window?: NewCallingWindow | null | undefined;
  /** When the batch stops by itself because its carrier fails. */
  circuit_breaker?: CircuitBreaker | null | undefined;
  /** Calls that the batch begins in a second, at most. The organization's, the provider's and the number's limits hold as well. */
  calls_per_second?: number | null | undefined;
  /** Asks the carrier who answers, where it can tell. hang_up: a machine ends the call, as one that nobody answered. continue: the agent goes on. Without it nobody is asked. */
  on_voicemail?: ("hang_up" | "continue") | null | undefined;
  /** Only for a number of a SIP trunk. A telephony account's region gives the batch's. */
  region?: ("US" | "EU" | "APAC") | null | undefined;
  /** The name of the column with the numbers, as its first line says it; `column_2` where nothing names it. Without it the column is guessed: the one most of whose values are phone numbers, and of several the one whose name says so. Where two are as good as each other it is required. */
  number_column?: string | undefined;
  /** Of a workbook: the name of the sheet. Without it: the first that is not hidden. */
  sheet?: string | undefined;
  /** How long a call is assumed to take, from dialing to its end. Without it: 60. */
  expected_call_seconds?: number | null | undefined;
  /** A list as CSV (UTF-8, UTF-16 with its mark or Windows-1252; separated by commas, semicolons, tabs or pipes) or as a workbook (.xlsx). At most 5000 rows of at most 200 columns, and 502000 values in all. A column of numbers, `timezone` and `external_id` where there are some; every other is metadata. Lines above the one that names the columns are passed over. */
  file: Blob;
}
export interface AppendRecipients {
  /**
   * @minItems 1
   * @maxItems 5000
   */
  recipients: NewRecipient[];
  /** Of numbers without a country code: ISO 3166, two letters. With it, numbers may be written as people write them. What is valid in that country is its number. */
  default_country?: string | null | undefined;
  /** `true`: a number without a country code that could also be another country's is refused. */
  strict_country?: boolean | null | undefined;
  /** A number that is in the batch already, or more than once in the list. Without it: skip, so that the request can be repeated. */
  on_duplicate?: ("allow" | "skip" | "reject") | null | undefined;
}
export interface AppendRecipientsForm {
  /** Of numbers without a country code: ISO 3166, two letters. With it, numbers may be written as people write them. What is valid in that country is its number. */
  default_country?: string | null | undefined;
  /** `true`: a number without a country code that could also be another country's is refused. */
  strict_country?: boolean | null | undefined;
  /** A number that is in the batch already, or more than once in the list. Without it: skip, so that the request can be repeated. */
  on_duplicate?: ("allow" | "skip" | "reject") | null | undefined;
  /** The name of the column with the numbers, as its first line says it; `column_2` where nothing names it. Without it the column is guessed: the one most of whose values are phone numbers, and of several the one whose name says so. Where two are as good as each other it is required. */
  number_column?: string | undefined;
  /** Of a workbook: the name of the sheet. Without it: the first that is not hidden. */
  sheet?: string | undefined;
  /** A list as CSV (UTF-8, UTF-16 with its mark or Windows-1252; separated by commas, semicolons, tabs or pipes) or as a workbook (.xlsx). At most 5000 rows of at most 200 columns, and 502000 values in all. A column of numbers, `timezone` and `external_id` where there are some; every other is metadata. Lines above the one that names the columns are passed over. */
  file: Blob;
}
export interface ChangeBatch {
  name?: string | undefined;
  target_concurrency_limit?: number | undefined;
  /** Until somebody was dialed. `null`: at once. */
  scheduled_at?: string | null | undefined;
  /** For calls that end from now on; its gap and daily number hold at once. `null`: only a human calls again. */
  retry_policy?: RetryPolicy | null | undefined;
  /** For everybody who waits. `null`: only the organization's holds. */
  calling_window?: NewCallingWindow | null | undefined;
  /** Fields that are left out are as on create. `null`: the batch has none, and goes on if it had stopped. */
  circuit_breaker?: CircuitBreaker | null | undefined;
  /** `null`: as fast as it may. */
  calls_per_second?: number | null | undefined;
  /** `true`: people who wait and could never be called then fail. Without it such a change is refused, and nothing is changed. */
  allow_failures?: boolean | undefined;
}
export interface PreviewChange {
  name?: string | undefined;
  target_concurrency_limit?: number | undefined;
  /** Until somebody was dialed. `null`: at once. */
  scheduled_at?: string | null | undefined;
  /** For calls that end from now on; its gap and daily number hold at once. `null`: only a human calls again. */
  retry_policy?: RetryPolicy | null | undefined;
  /** For everybody who waits. `null`: only the organization's holds. */
  calling_window?: NewCallingWindow | null | undefined;
  /** Fields that are left out are as on create. `null`: the batch has none, and goes on if it had stopped. */
  circuit_breaker?: CircuitBreaker | null | undefined;
  /** `null`: as fast as it may. */
  calls_per_second?: number | null | undefined;
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
  /** Asks the carrier who answers, where it can tell. hang_up: a machine ends the call, as one that nobody answered. continue: the agent goes on. Without it nobody is asked. */
  on_voicemail?: ("hang_up" | "continue") | null | undefined;
}
export interface AddDoNotCall {
  number?: string | null | undefined;
  numbers?: string[] | null | undefined;
  /** Why; kept with each of them. */
  reason?: string | null | undefined;
}
export interface AddDoNotCallForm {
  /** Of numbers without a country code: ISO 3166, two letters. With it, numbers may be written as people write them. What is valid in that country is its number. */
  default_country?: string | null | undefined;
  /** `true`: a number without a country code that could also be another country's is refused. */
  strict_country?: boolean | null | undefined;
  /** The name of the column with the numbers, as its first line says it; `column_2` where nothing names it. Without it the column is guessed: the one most of whose values are phone numbers, and of several the one whose name says so. Where two are as good as each other it is required. */
  number_column?: string | undefined;
  /** Of a workbook: the name of the sheet. Without it: the first that is not hidden. */
  sheet?: string | undefined;
  /** Of every row that has none of its own. */
  reason?: string | null | undefined;
  /** A list as CSV (UTF-8, UTF-16 with its mark or Windows-1252; separated by commas, semicolons, tabs or pipes) or as a workbook (.xlsx). At most 10000 rows: a column of numbers, and `reason` where there is one. Other columns are passed over. */
  file: Blob;
}
export interface OptOut {
  reason?: string | null | undefined;
}
export interface CreateAgent {
  /** Without it one is made. */
  id?: string | null | undefined;
  name: string;
  connection:
    | {
        type: "websocket";
        /** Where an answered call's audio goes: a WebSocket's URL without credentials, query and fragment. */
        url: string;
      }
    | {
        type: "cartesia";
        /** The agent's id at Cartesia. */
        agent_id: string;
      }
    | {
        type: "livekit";
        /** The agent's name at LiveKit. */
        agent_name: string;
      };
  webhook_id?: string | null | undefined;
}
export interface ChangeAgent {
  name?: string | undefined;
  connection?:
    | {
        type: "websocket";
        /** Where an answered call's audio goes: a WebSocket's URL without credentials, query and fragment. */
        url: string;
      }
    | {
        type: "cartesia";
        /** The agent's id at Cartesia. */
        agent_id: string;
      }
    | {
        type: "livekit";
        /** The agent's name at LiveKit. */
        agent_name: string;
      } | undefined;
  webhook_id?: string | null | undefined;
}
export interface ImportPhoneNumber {
  /** Without it one is made. */
  id?: string | null | undefined;
  label: string;
  /** E.164, and of a possible length for its country. A country's own trunk prefix behind its code is taken away. */
  number: string;
  provider:
    | {
        id: string;
      }
    | {
        type: "twilio";
        account_sid: string;
        /** Needed where the account is linked in several regions. */
        region?: ("us1" | "ie1" | "au1") | null | undefined;
      };
  /** The number's id at its carrier, where the carrier goes by that. */
  carrier_number_id?: string | null | undefined;
  agent_id?: string | null | undefined;
  /** Calls from this number that may begin in a second, at most. */
  calls_per_second?: number | null | undefined;
}
export interface ChangePhoneNumber {
  label?: string | undefined;
  agent_id?: string | null | undefined;
  /** Another provider of the same type. Refused (409) while a batch or a direct call uses the number. */
  provider?:
    | {
        id: string;
      }
    | {
        type: "twilio";
        account_sid: string;
        /** Needed where the account is linked in several regions. */
        region?: ("us1" | "ie1" | "au1") | null | undefined;
      } | undefined;
  calls_per_second?: number | null | undefined;
}
export interface CreateWebhook {
  /** Without it the URL's host. */
  display_name?: string | null | undefined;
  /** Where events are sent with POST: https, without credentials, to a public host. */
  url: string;
  /** Without it one is made, and shown in this answer alone. */
  secret?: string | null | undefined;
  /** Without it every event is sent. */
  events?:
    | (
        | "call_started"
        | "call_completed"
        | "call_failed"
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
  /** Where events are sent with POST: https, without credentials, to a public host. */
  url?: string | undefined;
  /** `null` makes a new one, and shows it in this answer alone. For a day the one before signs too. */
  secret?: string | null | undefined;
  /**
   * @minItems 1
   * @maxItems 8
   */
  events?: (
    | "call_started"
    | "call_completed"
    | "call_failed"
    | "batch_admitted"
    | "batch_completed"
    | "batch_cancelled"
    | "batch_circuit_opened"
    | "batch_circuit_closed"
  )[] | undefined;
  enabled?: boolean | undefined;
}
export interface CreateOrganization {
  /** Without it one is made. */
  id?: string | null | undefined;
  name: string;
  /** Where the organization is kept: every request of its clients goes there. Never changed. Without it: near the sender of this request. */
  region?: ("US" | "EU" | "APAC") | null | undefined;
  agent_call_concurrency_limit: number;
  reserved_concurrency?: number | null | undefined;
  agents_usage_limit?: number | null | undefined;
  calling_window?: {
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
  } | null | undefined;
  min_gap_minutes?: number | null | undefined;
  max_attempts_per_number_per_day?: number | null | undefined;
  calls_per_second?: number | null | undefined;
}
export interface ChangeOrganization {
  name?: string | undefined;
  agent_call_concurrency_limit?: number | undefined;
  /** How many calls at once are kept for direct calls: batches never get them. Below the limit; 0 where none. */
  reserved_concurrency?: number | undefined;
  agents_usage_limit?: number | null | undefined;
  calling_window?: {
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
  } | null | undefined;
  min_gap_minutes?: number | null | undefined;
  max_attempts_per_number_per_day?: number | null | undefined;
  calls_per_second?: number | null | undefined;
}
export interface CreateApiKey {
  label: string;
  /** A chosen key: `sk_<organization>_<secret>`. Without it one is made. */
  key?: string | null | undefined;
}
export interface McpRequest {
  jsonrpc: "2.0";
  id?: string | number | undefined;
  method: string;
  [k: string]: unknown;
}
export interface CallbackForm {
  CallSid: string;
  CallStatus?: string | undefined;
  [k: string]: unknown;
}
export interface SharedCallback {
  [k: string]: unknown;
}
export interface Batch {
  id: string;
  name: string;
  agent_id: string;
  from_number_id: string;
  region: "US" | "EU" | "APAC";
  target_concurrency_limit: number;
  /** pending: nobody was dialed yet. in_progress: some were, not all. completed: all were, and some may still be talking: everybody is over when total_calls_finished is total_calls_scheduled. failed: nobody could be dialed. cancelled: before all were dialed. */
  status: "pending" | "in_progress" | "completed" | "failed" | "cancelled";
  /** Recipients in the batch. */
  total_calls_scheduled: number;
  /** Recipients handed to the dialer, also where no call could be placed. */
  total_calls_dispatched: number;
  /** Recipients whose latest attempt is over. */
  total_calls_finished: number;
  /** Recipients who were called, whatever came of it; those who are called again stay among them. */
  recipients_called: number;
  /** Recipients who answered a call, or whose machine did. Absent in a batch that last told before this was counted. */
  recipients_answered?: number | undefined;
  retry_count: number;
  created_at: string;
  last_updated_at: string;
  scheduled_at?: string | undefined;
  /** When its concurrency was granted and dialing began. */
  admitted_at?: string | undefined;
  /** Since when it is paused, while it is. */
  paused_at?: string | undefined;
  /** Where the batch has one. */
  circuit_breaker?: {
    /** closed: the batch dials. open: it dials nobody. trial: one call is made, and decides. */
    state: "closed" | "open" | "trial";
    /** Since when, where it has ever opened. */
    since?: string | undefined;
    /** While open: when the trial call is made. Absent where only a human resumes. */
    until?: string | undefined;
    /** Calls that counted when it opened. While it is closed: so far; Get alone has it. */
    calls?: number | undefined;
    /** Those of them that the carrier failed. */
    failed_calls?: number | undefined;
    /** This and what follows: its settings. Get alone has them. */
    min_calls?: number | undefined;
    failure_share?: number | undefined;
    window_minutes?: number | undefined;
    cool_down_minutes?: number | null | undefined;
  } | undefined;
  /** In the answer to Create and to Append, where there are some. */
  country_readings?: {
    /** Numbers that were read as default_country's, and that look like another country's with a + before them. */
    also_another_country: number;
    /** Numbers that begin with default_country's own code, and have no +. */
    with_country_code: number;
    /** The first 100 of them. */
    numbers: {
      /** The recipient's place in the request, from 0. */
      index: number;
      /** Its line in the file. */
      line?: number | undefined;
      written: string;
      /** As it was read. */
      to_number: string;
      /** What else it could be. */
      could_be?: string | undefined;
      /** The country that it would be of: ISO 3166, or its calling code. */
      country?: string | undefined;
    }[];
  } | undefined;
  /** In the answer to Create and to Append: how many were left out because of on_duplicate skip. */
  skipped_duplicates?: number | undefined;
  /** In the answer to Create and to Append: how many were left out because their numbers are on the do-not-call list. */
  skipped_do_not_call?: number | undefined;
  /** Where a file was sent: what it was taken for. Columns without a name are called `column_1`, `column_2` … */
  file?: {
    format: "csv" | "xlsx";
    /** Of CSV. */
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
    /** Of CSV. */
    separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
    /** Of a workbook. */
    sheet?: string | undefined;
    /** The line that names the columns; absent where none does. */
    header_line?: number | undefined;
    /** From where the numbers were taken. */
    number_column: string;
    timezone_column?: string | undefined;
    external_id_column?: string | undefined;
    /** Every other column: of recipients it is what the agent gets. */
    metadata_columns: string[];
    /** Rows with a recipient or number. */
    rows: number;
  } | undefined;
  /** While somebody waits and nobody is dialed: why. In a list: as the batch last told. */
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
  /** Until when, as far as it is known. */
  waiting_until?: string | undefined;
}
export interface BatchPreview {
  total_recipients: number;
  /** Nothing stands in their way when dialing begins but slots and pace. */
  called: number;
  /** They are called later, each for a reason. */
  delayed: number;
  /** They would not be in the batch. */
  skipped: number;
  /** They would be in the batch and fail without a call. */
  failed: number;
  /** How many are delayed, skipped or failed for which reason; each is counted once. */
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
  /** The first 100 of those who are delayed, skipped or failed. */
  people: {
    /** The recipient's place in the request, from 0. */
    index: number;
    /** Its line in the file. */
    line?: number | undefined;
    to_number: string;
    outcome: "delayed" | "skipped" | "failed";
    /** duplicate: on_duplicate skip leaves it out. do_not_call: its number is on the list. window: its calling window is shut. contact_gap: its number was called too short a time ago, or stands in this list before. daily_cap: it was called as often that day as may be. unknown_timezone: nobody knows where it is, and the window blocks that. window_never_open: its windows are never open together. window_expired: its turn comes after the window's time is over. */
    reason:
      | "duplicate"
      | "do_not_call"
      | "window"
      | "contact_gap"
      | "daily_cap"
      | "unknown_timezone"
      | "window_never_open"
      | "window_expired";
    /** The time zones it may be in, where they decide. */
    timezone?: string | undefined;
    /** When it may be called, where it is delayed; absent where that is more than a year ahead. */
    next_eligible_at?: string | undefined;
  }[];
  /** How many more of them there are. */
  people_left_out: number;
  /** Where the request names a default_country. */
  country_readings?: {
    /** Numbers that were read as default_country's, and that look like another country's with a + before them. */
    also_another_country: number;
    /** Numbers that begin with default_country's own code, and have no +. */
    with_country_code: number;
    /** The first 100 of them. */
    numbers: {
      /** The recipient's place in the request, from 0. */
      index: number;
      /** Its line in the file. */
      line?: number | undefined;
      written: string;
      /** As it was read. */
      to_number: string;
      /** What else it could be. */
      could_be?: string | undefined;
      /** The country that it would be of: ISO 3166, or its calling code. */
      country?: string | undefined;
    }[];
  } | undefined;
  slots: {
    /** The batch's target_concurrency_limit, as it was given or would be set. */
    needed: number;
    /** What batches could have now. */
    free: number;
    /** Batches that wait for slots, and come first. */
    waiting_batches: number;
    /** Whether the batch would have its slots at once. */
    granted_at_once: boolean;
  };
  /** Where a file was sent: what it was taken for. Columns without a name are called `column_1`, `column_2` … */
  file?: {
    format: "csv" | "xlsx";
    /** Of CSV. */
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
    /** Of CSV. */
    separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
    /** Of a workbook. */
    sheet?: string | undefined;
    /** The line that names the columns; absent where none does. */
    header_line?: number | undefined;
    /** From where the numbers were taken. */
    number_column: string;
    timezone_column?: string | undefined;
    external_id_column?: string | undefined;
    /** Every other column: of recipients it is what the agent gets. */
    metadata_columns: string[];
    /** Rows with a recipient or number. */
    rows: number;
  } | undefined;
  estimate: {
    /** The assumption behind all of this: how long each call takes. */
    expected_call_seconds: number;
    /** The pace that holds; absent where nothing limits it. */
    calls_per_second?: number | undefined;
    /** When dialing may begin: now, or the batch's scheduled_at. */
    starts_at: string;
    /** When the last call would be over, if the slots were there at starts_at and nobody were called a second time. Absent where nobody is called. */
    ends_at?: string | undefined;
    /** From starts_at to ends_at. */
    duration_seconds: number;
    /** First calls to everybody who is called or delayed, until the windows expire. */
    calls: number;
    /** Who would still wait when the windows expire, or after a year. */
    not_reached: number;
    /** The calls' time together, by the assumption. */
    expected_minutes: number;
    /** What they can take together at most: each attempt of the retry policy, each as long as a call may last. */
    most_minutes: number;
  };
}
export interface BatchPage {
  /** Newest first, or in the order of `sort`. */
  data: Batch[];
  /** More lies in the direction that was asked for. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
  /** How many batches there are by status: of the agent, where one is given, whatever else is asked for. */
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
  /** pending: nobody was dialed yet. in_progress: some were, not all. completed: all were, and some may still be talking: everybody is over when total_calls_finished is total_calls_scheduled. failed: nobody could be dialed. cancelled: before all were dialed. */
  status: "pending" | "in_progress" | "completed" | "failed" | "cancelled";
  /** Recipients in the batch. */
  total_calls_scheduled: number;
  /** Recipients handed to the dialer, also where no call could be placed. */
  total_calls_dispatched: number;
  /** Recipients whose latest attempt is over. */
  total_calls_finished: number;
  /** Recipients who were called, whatever came of it; those who are called again stay among them. */
  recipients_called: number;
  /** Recipients who answered a call, or whose machine did. Absent in a batch that last told before this was counted. */
  recipients_answered?: number | undefined;
  retry_count: number;
  created_at: string;
  last_updated_at: string;
  scheduled_at?: string | undefined;
  /** When its concurrency was granted and dialing began. */
  admitted_at?: string | undefined;
  /** Since when it is paused, while it is. */
  paused_at?: string | undefined;
  /** Where the batch has one. */
  circuit_breaker?: {
    /** closed: the batch dials. open: it dials nobody. trial: one call is made, and decides. */
    state: "closed" | "open" | "trial";
    /** Since when, where it has ever opened. */
    since?: string | undefined;
    /** While open: when the trial call is made. Absent where only a human resumes. */
    until?: string | undefined;
    /** Calls that counted when it opened. While it is closed: so far; Get alone has it. */
    calls?: number | undefined;
    /** Those of them that the carrier failed. */
    failed_calls?: number | undefined;
    /** This and what follows: its settings. Get alone has them. */
    min_calls?: number | undefined;
    failure_share?: number | undefined;
    window_minutes?: number | undefined;
    cool_down_minutes?: number | null | undefined;
  } | undefined;
  /** In the answer to Create and to Append, where there are some. */
  country_readings?: {
    /** Numbers that were read as default_country's, and that look like another country's with a + before them. */
    also_another_country: number;
    /** Numbers that begin with default_country's own code, and have no +. */
    with_country_code: number;
    /** The first 100 of them. */
    numbers: {
      /** The recipient's place in the request, from 0. */
      index: number;
      /** Its line in the file. */
      line?: number | undefined;
      written: string;
      /** As it was read. */
      to_number: string;
      /** What else it could be. */
      could_be?: string | undefined;
      /** The country that it would be of: ISO 3166, or its calling code. */
      country?: string | undefined;
    }[];
  } | undefined;
  /** In the answer to Create and to Append: how many were left out because of on_duplicate skip. */
  skipped_duplicates?: number | undefined;
  /** In the answer to Create and to Append: how many were left out because their numbers are on the do-not-call list. */
  skipped_do_not_call?: number | undefined;
  /** Where a file was sent: what it was taken for. Columns without a name are called `column_1`, `column_2` … */
  file?: {
    format: "csv" | "xlsx";
    /** Of CSV. */
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
    /** Of CSV. */
    separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
    /** Of a workbook. */
    sheet?: string | undefined;
    /** The line that names the columns; absent where none does. */
    header_line?: number | undefined;
    /** From where the numbers were taken. */
    number_column: string;
    timezone_column?: string | undefined;
    external_id_column?: string | undefined;
    /** Every other column: of recipients it is what the agent gets. */
    metadata_columns: string[];
    /** Rows with a recipient or number. */
    rows: number;
  } | undefined;
  /** While somebody waits and nobody is dialed: why. In a list: as the batch last told. */
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
  /** Until when, as far as it is known. */
  waiting_until?: string | undefined;
  ringing_timeout_seconds: number;
  max_call_duration_minutes: number;
  /** When it will be over if it goes on as in the last ten minutes; absent where that is not known. */
  estimated_end_at?: string | undefined;
  calling_window?: CallingWindow | undefined;
  retry_policy?: {
    max_attempts: number;
    retry_on: ("dial_no_answer" | "dial_busy" | "dial_failed" | "voicemail")[];
    intervals_minutes: number[];
    min_gap_minutes?: number | undefined;
    max_attempts_per_number_per_day?: number | undefined;
  } | undefined;
  /** Calls that it begins in a second, at most. */
  calls_per_second?: number | undefined;
  on_voicemail?: "hang_up" | "continue" | undefined;
  /** In the order submitted. */
  recipients: Recipient[];
}
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
export interface Recipient {
  id: string;
  /** Empty once it is erased. */
  to_number: string;
  /** When its personal data was erased. */
  redacted_at?: string | undefined;
  /** queued: waits. dispatched: handed to the dialer. started: the call is connected. completed: it ended well. failed: no call could be placed, or the latest attempt failed. cancelled: never dialed. */
  status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
  created_at: string;
  external_id?: string | undefined;
  /** As it was submitted. */
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
  /** Where `on_voicemail` was given and the carrier has told. unknown: it listened and could not tell. */
  answered_by?: "human" | "machine" | "unknown" | undefined;
  /** Why no call could be placed. */
  error_message?: string | undefined;
  /** Why nobody tried to. do_not_call: its number is on the list. window_expired: its calling window's time is over. window_never_open: it may never be called. */
  failure_reason?: "do_not_call" | "window_expired" | "window_never_open" | "not_now" | "not_in_time" | undefined;
  /** While it waits for a calling window: the time zones it may be in. */
  timezone?: string | undefined;
  /** While it waits: when it may be called, as far as it is known. */
  next_eligible_at?: string | undefined;
  /** While somebody waits and nobody is dialed: why. In a list: as the batch last told. */
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
  /** Until when, as far as it is known. */
  waiting_until?: string | undefined;
  /** Where they were asked for: each attempt, the oldest first. */
  attempts?: {
    /** Counts the recipient's attempts from 1. */
    attempt: number;
    /** Once it was dialed. */
    agent_call_id?: string | undefined;
    status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
    created_at: string;
    /** When it was handed to the dialer. */
    dispatched_at?: string | undefined;
    answered_at?: string | undefined;
    ended_at?: string | undefined;
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
    /** Where `on_voicemail` was given and the carrier has told. unknown: it listened and could not tell. */
    answered_by?: "human" | "machine" | "unknown" | undefined;
    /** Why no call could be placed, or what is not known of it so far. */
    error_message?: string | undefined;
    /** The carrier's own code for the failure or refusal, where it names one. */
    carrier_code?: string | undefined;
    /** The final SIP status, where the carrier tells it: 486 is busy. */
    sip_code?: number | undefined;
  }[] | undefined;
}
export interface RecipientPage {
  /** In the order submitted. */
  data: {
    id: string;
    /** Empty once it is erased. */
    to_number: string;
    /** When its personal data was erased. */
    redacted_at?: string | undefined;
    /** queued: waits. dispatched: handed to the dialer. started: the call is connected. completed: it ended well. failed: no call could be placed, or the latest attempt failed. cancelled: never dialed. */
    status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
    created_at: string;
    external_id?: string | undefined;
    /** As it was submitted. */
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
    /** Where `on_voicemail` was given and the carrier has told. unknown: it listened and could not tell. */
    answered_by?: "human" | "machine" | "unknown" | undefined;
    /** Why no call could be placed. */
    error_message?: string | undefined;
    /** Why nobody tried to. do_not_call: its number is on the list. window_expired: its calling window's time is over. window_never_open: it may never be called. */
    failure_reason?: "do_not_call" | "window_expired" | "window_never_open" | "not_now" | "not_in_time" | undefined;
    /** While it waits for a calling window: the time zones it may be in. */
    timezone?: string | undefined;
    /** While it waits: when it may be called, as far as it is known. */
    next_eligible_at?: string | undefined;
    /** While somebody waits and nobody is dialed: why. In a list: as the batch last told. */
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
    /** Until when, as far as it is known. */
    waiting_until?: string | undefined;
    /** Where they were asked for: each attempt, the oldest first. */
    attempts?: {
      /** Counts the recipient's attempts from 1. */
      attempt: number;
      /** Once it was dialed. */
      agent_call_id?: string | undefined;
      status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
      created_at: string;
      /** When it was handed to the dialer. */
      dispatched_at?: string | undefined;
      answered_at?: string | undefined;
      ended_at?: string | undefined;
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
      /** Where `on_voicemail` was given and the carrier has told. unknown: it listened and could not tell. */
      answered_by?: "human" | "machine" | "unknown" | undefined;
      /** Why no call could be placed, or what is not known of it so far. */
      error_message?: string | undefined;
      /** The carrier's own code for the failure or refusal, where it names one. */
      carrier_code?: string | undefined;
      /** The final SIP status, where the carrier tells it: 486 is busy. */
      sip_code?: number | undefined;
    }[] | undefined;
    /** How often it was, or is to be, called; 0 before the first time. */
    attempt_count: number;
    /** When its latest attempt was handed to the dialer. */
    dispatched_at?: string | undefined;
    answered_at?: string | undefined;
    ended_at?: string | undefined;
  }[];
  /** More lies in the direction that was asked for. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
  /** How many there are on all pages; absent where `q` is given. */
  total?: number | undefined;
}
export interface Appended {
  id: string;
  name: string;
  agent_id: string;
  from_number_id: string;
  region: "US" | "EU" | "APAC";
  target_concurrency_limit: number;
  /** pending: nobody was dialed yet. in_progress: some were, not all. completed: all were, and some may still be talking: everybody is over when total_calls_finished is total_calls_scheduled. failed: nobody could be dialed. cancelled: before all were dialed. */
  status: "pending" | "in_progress" | "completed" | "failed" | "cancelled";
  /** Recipients in the batch. */
  total_calls_scheduled: number;
  /** Recipients handed to the dialer, also where no call could be placed. */
  total_calls_dispatched: number;
  /** Recipients whose latest attempt is over. */
  total_calls_finished: number;
  /** Recipients who were called, whatever came of it; those who are called again stay among them. */
  recipients_called: number;
  /** Recipients who answered a call, or whose machine did. Absent in a batch that last told before this was counted. */
  recipients_answered?: number | undefined;
  retry_count: number;
  created_at: string;
  last_updated_at: string;
  scheduled_at?: string | undefined;
  /** When its concurrency was granted and dialing began. */
  admitted_at?: string | undefined;
  /** Since when it is paused, while it is. */
  paused_at?: string | undefined;
  /** Where the batch has one. */
  circuit_breaker?: {
    /** closed: the batch dials. open: it dials nobody. trial: one call is made, and decides. */
    state: "closed" | "open" | "trial";
    /** Since when, where it has ever opened. */
    since?: string | undefined;
    /** While open: when the trial call is made. Absent where only a human resumes. */
    until?: string | undefined;
    /** Calls that counted when it opened. While it is closed: so far; Get alone has it. */
    calls?: number | undefined;
    /** Those of them that the carrier failed. */
    failed_calls?: number | undefined;
    /** This and what follows: its settings. Get alone has them. */
    min_calls?: number | undefined;
    failure_share?: number | undefined;
    window_minutes?: number | undefined;
    cool_down_minutes?: number | null | undefined;
  } | undefined;
  /** In the answer to Create and to Append, where there are some. */
  country_readings?: {
    /** Numbers that were read as default_country's, and that look like another country's with a + before them. */
    also_another_country: number;
    /** Numbers that begin with default_country's own code, and have no +. */
    with_country_code: number;
    /** The first 100 of them. */
    numbers: {
      /** The recipient's place in the request, from 0. */
      index: number;
      /** Its line in the file. */
      line?: number | undefined;
      written: string;
      /** As it was read. */
      to_number: string;
      /** What else it could be. */
      could_be?: string | undefined;
      /** The country that it would be of: ISO 3166, or its calling code. */
      country?: string | undefined;
    }[];
  } | undefined;
  /** In the answer to Create and to Append: how many were left out because of on_duplicate skip. */
  skipped_duplicates?: number | undefined;
  /** In the answer to Create and to Append: how many were left out because their numbers are on the do-not-call list. */
  skipped_do_not_call?: number | undefined;
  /** Where a file was sent: what it was taken for. Columns without a name are called `column_1`, `column_2` … */
  file?: {
    format: "csv" | "xlsx";
    /** Of CSV. */
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
    /** Of CSV. */
    separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
    /** Of a workbook. */
    sheet?: string | undefined;
    /** The line that names the columns; absent where none does. */
    header_line?: number | undefined;
    /** From where the numbers were taken. */
    number_column: string;
    timezone_column?: string | undefined;
    external_id_column?: string | undefined;
    /** Every other column: of recipients it is what the agent gets. */
    metadata_columns: string[];
    /** Rows with a recipient or number. */
    rows: number;
  } | undefined;
  /** How many are new in the batch. */
  appended_recipients: number;
  /** How many were left out because their external_id is there already. */
  skipped_external_ids?: number | undefined;
}
export interface RecipientDetail {
  id: string;
  /** Empty once it is erased. */
  to_number: string;
  /** When its personal data was erased. */
  redacted_at?: string | undefined;
  /** queued: waits. dispatched: handed to the dialer. started: the call is connected. completed: it ended well. failed: no call could be placed, or the latest attempt failed. cancelled: never dialed. */
  status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
  created_at: string;
  external_id?: string | undefined;
  /** As it was submitted. */
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
  /** Where `on_voicemail` was given and the carrier has told. unknown: it listened and could not tell. */
  answered_by?: "human" | "machine" | "unknown" | undefined;
  /** Why no call could be placed. */
  error_message?: string | undefined;
  /** Why nobody tried to. do_not_call: its number is on the list. window_expired: its calling window's time is over. window_never_open: it may never be called. */
  failure_reason?: "do_not_call" | "window_expired" | "window_never_open" | "not_now" | "not_in_time" | undefined;
  /** While it waits for a calling window: the time zones it may be in. */
  timezone?: string | undefined;
  /** While it waits: when it may be called, as far as it is known. */
  next_eligible_at?: string | undefined;
  /** While somebody waits and nobody is dialed: why. In a list: as the batch last told. */
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
  /** Until when, as far as it is known. */
  waiting_until?: string | undefined;
  /** Each attempt to reach it, the oldest first. */
  attempts: {
    /** Counts the recipient's attempts from 1. */
    attempt: number;
    /** Once it was dialed. */
    agent_call_id?: string | undefined;
    status: "queued" | "dispatched" | "started" | "completed" | "failed" | "cancelled";
    created_at: string;
    /** When it was handed to the dialer. */
    dispatched_at?: string | undefined;
    answered_at?: string | undefined;
    ended_at?: string | undefined;
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
    /** Where `on_voicemail` was given and the carrier has told. unknown: it listened and could not tell. */
    answered_by?: "human" | "machine" | "unknown" | undefined;
    /** Why no call could be placed, or what is not known of it so far. */
    error_message?: string | undefined;
    /** The carrier's own code for the failure or refusal, where it names one. */
    carrier_code?: string | undefined;
    /** The final SIP status, where the carrier tells it: 486 is busy. */
    sip_code?: number | undefined;
  }[];
  /** How often it was, or is to be, called; 0 before the first time. */
  attempt_count: number;
  /** When its latest attempt was handed to the dialer. */
  dispatched_at?: string | undefined;
  answered_at?: string | undefined;
  ended_at?: string | undefined;
}
export interface ChangePreview {
  /** Recipients who wait. Nobody else is concerned. */
  waiting: number;
  /** They may be called when they may be now. */
  same: number;
  /** They may be called earlier than now. */
  sooner: number;
  /** They may be called later than now. */
  delayed: number;
  /** They could never be called: the change is refused, unless it says `allow_failures`. */
  failed: number;
  /** Why they would fail, and how many for each reason. */
  reasons: {
    unknown_timezone?: number | undefined;
    window_never_open?: number | undefined;
    window_expired?: number | undefined;
  };
  /** When the first of them may be called then. */
  first_eligible_at?: string | undefined;
  /** The first 100 who are affected: those who fail, then those who wait longer. */
  people: {
    /** The recipient's. */
    id: string;
    to_number: string;
    outcome: "sooner" | "delayed" | "failed";
    /** Where it would fail. unknown_timezone: nothing says what time it is there. window_never_open: no allowed hour comes within two months. window_expired: the calling window ends before. */
    reason?: "unknown_timezone" | "window_never_open" | "window_expired" | undefined;
    /** The time zones it may be in. */
    timezone?: string | undefined;
    /** When it may be called then. */
    next_eligible_at?: string | undefined;
  }[];
  /** How many more of them there are. */
  people_left_out: number;
}
export interface LiveTicket {
  ticket: string;
  /** For one WebSocket. */
  url: string;
  expires_at: string;
}
export interface LiveMessage {
  /** snapshot: the first message. changes: what is new since the one before. */
  type: "snapshot" | "changes";
  at: string;
  batch: {
    id: string;
    /** pending: nobody was dialed yet. in_progress: some were, not all. completed: all were, and some may still be talking: everybody is over when total_calls_finished is total_calls_scheduled. failed: nobody could be dialed. cancelled: before all were dialed. */
    status: "pending" | "in_progress" | "completed" | "failed" | "cancelled";
    /** Recipients in the batch. */
    total_calls_scheduled: number;
    /** Recipients handed to the dialer, also where no call could be placed. */
    total_calls_dispatched: number;
    /** Recipients whose latest attempt is over. */
    total_calls_finished: number;
    /** Recipients who were called, whatever came of it; those who are called again stay among them. */
    recipients_called: number;
    /** Recipients who answered a call, or whose machine did. Absent in a batch that last told before this was counted. */
    recipients_answered?: number | undefined;
    retry_count: number;
    target_concurrency_limit: number;
    last_updated_at: string;
    /** Where the batch has one. */
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
  /** Calls that go on. */
  in_flight: number;
  /** What the organization granted; null while the batch waits for some, or needs none. */
  slots: number | null;
  /** In changes: those that changed. */
  recipients?: {
    id: string;
    /** queued: waits. dispatched: handed to the dialer. started: the call is connected. completed: it ended well. failed: no call could be placed, or the latest attempt failed. cancelled: never dialed. */
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
    /** Where `on_voicemail` was given and the carrier has told. unknown: it listened and could not tell. */
    answered_by?: "human" | "machine" | "unknown" | undefined;
    /** Why no call could be placed. */
    error_message?: string | undefined;
  }[] | undefined;
  /** More changed at once than is told one by one: read the batch again. */
  reload?: true | undefined;
}
export interface Concurrency {
  /** Of calls at once, for all batches and direct calls of the organization. */
  limit: number;
  /** Of the limit, what batches never get: for direct calls. */
  reserved: number;
  /** Slots granted to batches and to direct calls. */
  in_use: number;
  /** What is left of the limit. A batch gets it only when no older one waits. */
  free: number;
  /** Of what is in use, what direct calls hold. */
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
    /** No recipient waits in it: what it holds shrinks to its calls in flight. */
    draining: boolean;
    /** As it said some seconds ago. Far fewer than its slots: it does not use them, and could do with fewer. */
    calls_in_flight: number;
  }[];
  /** In the order of their turn. */
  waiting: {
    batch: {
      id: string;
      name: string;
    };
    /** Calls at once. */
    slots: number;
    created_at: string;
  }[];
}
export interface DirectCalls {
  /** One for each destination, in the order of the request. */
  calls: {
    number: string;
    /** Of the call, however it goes on. */
    agent_call_id?: string | undefined;
    /** In place of `agent_call_id`, where no call was placed. */
    error?: {
      error_code: "concurrency_limited" | "do_not_call" | "outside_calling_window" | "call_not_placed";
      title: string;
      /** What is known, in words for a person. */
      message: string;
    } | undefined;
  }[];
}
export interface CallPage {
  /** Newest first. */
  data: Call[];
  /** More lies in the direction that was asked for. */
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
  /** Where `on_voicemail` was given and the carrier has told. unknown: it listened and could not tell. */
  answered_by?: "human" | "machine" | "unknown" | undefined;
  /** Your own name for the recipient. */
  external_id?: string | undefined;
  /** As it was submitted. */
  metadata?: {
    [k: string]: unknown;
  } | undefined;
}
export interface CallCancelled {
  cancelled: true;
}
export interface DoNotCallAdded {
  /** Numbers that are new on the list. */
  added: number;
  /** Numbers that were on it, and those that were sent twice. */
  already_listed: number;
  /** Of a file that was sent with a default_country. */
  country_readings?: {
    /** Numbers that were read as default_country's, and that look like another country's with a + before them. */
    also_another_country: number;
    /** Numbers that begin with default_country's own code, and have no +. */
    with_country_code: number;
    /** The first 100 of them. */
    numbers: {
      /** The recipient's place in the request, from 0. */
      index: number;
      /** Its line in the file. */
      line?: number | undefined;
      written: string;
      /** As it was read. */
      to_number: string;
      /** What else it could be. */
      could_be?: string | undefined;
      /** The country that it would be of: ISO 3166, or its calling code. */
      country?: string | undefined;
    }[];
  } | undefined;
  /** Where a file was sent: what it was taken for. Columns without a name are called `column_1`, `column_2` … */
  file?: {
    format: "csv" | "xlsx";
    /** Of CSV. */
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
    /** Of CSV. */
    separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
    /** Of a workbook. */
    sheet?: string | undefined;
    /** The line that names the columns; absent where none does. */
    header_line?: number | undefined;
    /** From where the numbers were taken. */
    number_column: string;
    timezone_column?: string | undefined;
    external_id_column?: string | undefined;
    /** Every other column: of recipients it is what the agent gets. */
    metadata_columns: string[];
    /** Rows with a recipient or number. */
    rows: number;
  } | undefined;
}
export interface DoNotCallEntryPage {
  /** Newest first. */
  data: DoNotCallEntry[];
  /** More lies in the direction that was asked for. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface DoNotCallEntry {
  id: string;
  number: string;
  reason?: string | undefined;
  /** The call in which it was asked for. */
  call_id?: string | undefined;
  added_at: string;
  /** By its API key. */
  added_by: {
    id: string;
    label: string;
  };
  /** Since then it may be called. */
  removed_at?: string | undefined;
  /** By its API key. */
  removed_by?: {
    id: string;
    label: string;
  } | undefined;
  removal_reason?: string | undefined;
}
export interface DoNotCallHistory {
  id: string;
  number: string;
  reason?: string | undefined;
  /** The call in which it was asked for. */
  call_id?: string | undefined;
  added_at: string;
  /** By its API key. */
  added_by: {
    id: string;
    label: string;
  };
  /** Since then it may be called. */
  removed_at?: string | undefined;
  /** By its API key. */
  removed_by?: {
    id: string;
    label: string;
  } | undefined;
  removal_reason?: string | undefined;
  /** The number's earlier entries, newest first. */
  earlier: DoNotCallEntry[];
}
export interface Agent {
  id: string;
  name: string;
  connection:
    | {
        type: "websocket";
        url: string;
      }
    | {
        type: "cartesia";
        agent_id: string;
      }
    | {
        type: "livekit";
        agent_name: string;
      };
  /** Where the events of its calls go. `null`: where all others go. */
  webhook_id: string | null;
  created_at: string;
  updated_at: string;
}
export interface AgentPage {
  /** Newest first. */
  data: Agent[];
  /** More lies in the direction that was asked for. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface PhoneNumber {
  id: string;
  label: string;
  number: string;
  carrier_number_id?: string | undefined;
  agent: {
    id: string;
    name: string;
  } | null;
  provider: Provider;
  /** Calls that may begin in a second; null: as many as there are. */
  calls_per_second: number | null;
  /** What is left of it for a minute at most after the carrier said it is too fast. */
  effective_calls_per_second?: number | undefined;
  created_at: string;
  updated_at: string;
}
export interface PhoneNumberPage {
  /** Newest first. */
  data: PhoneNumber[];
  /** More lies in the direction that was asked for. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface Webhook {
  id: string;
  display_name: string;
  url: string;
  events: (
    | "call_started"
    | "call_completed"
    | "call_failed"
    | "batch_admitted"
    | "batch_completed"
    | "batch_cancelled"
    | "batch_circuit_opened"
    | "batch_circuit_closed"
  )[];
  enabled: boolean;
  /** Why nothing is sent to it. */
  disabled_reason?: string | undefined;
  /** Only in the answer that makes it. */
  secret?: string | undefined;
  created_at: string;
  updated_at: string;
}
export interface WebhookPage {
  /** Newest first. */
  data: Webhook[];
  /** More lies in the direction that was asked for. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface WebhookDeleted {
  id: string;
}
export interface Delivery {
  /** The event's: the header `webhook-id`. */
  id: string;
  type:
    | "call_started"
    | "call_completed"
    | "call_failed"
    | "batch_admitted"
    | "batch_completed"
    | "batch_cancelled"
    | "batch_circuit_opened"
    | "batch_circuit_closed"
    | "test";
  /** pending: it will be tried (again). delivered: answered with 2xx. failed: not tried again by itself. */
  status: "pending" | "delivered" | "failed";
  attempts: number;
  /** When it happened. */
  created_at: string;
  last_attempt_at?: string | undefined;
  next_attempt_at?: string | undefined;
  /** Of the last attempt, where it was answered. */
  response_status?: number | undefined;
  /** Why the last attempt did not count as received. */
  error_message?: string | undefined;
  batch_id?: string | undefined;
  call_id?: string | undefined;
}
export interface DeliveryPage {
  /** Newest first. */
  data: Delivery[];
  /** More lies in the direction that was asked for. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface Organization {
  id: string;
  name: string;
  agent_call_concurrency_limit: number;
  /** Of these, the ones that batches never get: for direct calls. */
  reserved_concurrency: number;
  /** How many recipients may be accepted in all. */
  agents_usage_limit?: number | undefined;
  calling_window?: CallingWindow1 | undefined;
  /** Between two calls to one number, whatever a batch says. */
  min_gap_minutes?: number | undefined;
  /** Calls to one number a day, whatever a batch says. */
  max_attempts_per_number_per_day?: number | undefined;
  /** Calls that may begin in a second; null: as many as there are. */
  calls_per_second: number | null;
  /** What is left of it for a minute at most after the carrier said it is too fast. */
  effective_calls_per_second?: number | undefined;
  /** How many recipients were accepted so far. */
  agents_usage: number;
  created_at: string;
}
/** Nobody is called outside of it, whatever a batch says. */
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
export interface OrganizationPage {
  /** Newest first. */
  data: Organization[];
  /** More lies in the direction that was asked for. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface Ledger {
  limit: number;
  /** Of the limit, what batches never get. */
  reserved: number;
  in_use: number;
  /** Of what is in use, what direct calls hold. */
  calls_outside_batches: number;
  /** Oldest first. */
  holding: {
    batch_id: string;
    /** direct: a request for direct calls, which is no batch. */
    kind: "batch" | "direct";
    /** Calls at once. */
    slots: number;
    /** No recipient waits in it: what it holds shrinks to its calls in flight. */
    draining: boolean;
    /** The batch knows of its grant. */
    confirmed: boolean;
    created_at: string;
  }[];
  /** In the order of their turn. */
  waiting: {
    batch_id: string;
    /** Calls at once. */
    slots: number;
    created_at: string;
  }[];
}
export interface Reseal {
  /** Newest first. */
  data: {
    organization_id: string;
    /** Secrets that an older key had sealed, and the newest one seals now. */
    resealed: number;
    /** Secrets that the newest key had sealed already. */
    current: number;
    /** Secrets that no key opens: the key that sealed them is missing. */
    unopened: number;
  }[];
  /** More lies in the direction that was asked for. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface ApiKey {
  id: string;
  label: string;
  /** In full in the answer that creates it, masked in all others. */
  key: string;
  created_at: string;
}
export interface ApiKeyPage {
  /** Newest first. */
  data: ApiKey[];
  /** More lies in the direction that was asked for. */
  has_more: boolean;
  /** The id to pass in the same direction for the next page; null at the end. */
  next_page: string | null;
}
export interface McpAnswer {
  jsonrpc: "2.0";
  id?: string | number | undefined;
  [k: string]: unknown;
}
export interface Health {
  status: "ok";
  /** The release of the tz database by which clocks go. */
  tz_database: string;
  /** The table of the time zones that numbers are in. */
  number_zones: {
    /** When the table was made. */
    made: string;
    /** From which release of its data. */
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
    | "in_use"
    | "call_not_over"
    | "idempotency_key_reused"
    | "idempotency_key_under_way"
    | "idempotency_outcome_unknown"
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
  /** What to change, in words for a person. */
  message: string;
  /** The same as the header `X-Request-Id`. */
  request_id: string;
  /**
   * Of a request whose fields are at fault: each field, and what is wrong with it.
   *
   * @maxItems 50
   */
  issues?: {
    path: string;
    message: string;
  }[] | undefined;
}
export interface CallEvent {
  type: "call_started" | "call_completed" | "call_failed";
  /** The event's id, the same in every delivery of it, and the header `webhook-id`. */
  request_id: string;
  webhook_id: string;
  organization_id: string;
  /** When it happened. */
  timestamp: string;
  agent_id: string;
  /** Absent where it is a direct call. */
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
  /** Where `on_voicemail` was given and the carrier has told. unknown: it listened and could not tell. */
  answered_by?: "human" | "machine" | "unknown" | undefined;
  /** Your own name for the recipient. */
  external_id?: string | undefined;
  /** As it was submitted. */
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
  batch: Batch1;
}
/** The batch at that moment, without its recipients. */
export interface Batch1 {
  id: string;
  name: string;
  agent_id: string;
  from_number_id: string;
  region: "US" | "EU" | "APAC";
  target_concurrency_limit: number;
  /** pending: nobody was dialed yet. in_progress: some were, not all. completed: all were, and some may still be talking: everybody is over when total_calls_finished is total_calls_scheduled. failed: nobody could be dialed. cancelled: before all were dialed. */
  status: "pending" | "in_progress" | "completed" | "failed" | "cancelled";
  /** Recipients in the batch. */
  total_calls_scheduled: number;
  /** Recipients handed to the dialer, also where no call could be placed. */
  total_calls_dispatched: number;
  /** Recipients whose latest attempt is over. */
  total_calls_finished: number;
  /** Recipients who were called, whatever came of it; those who are called again stay among them. */
  recipients_called: number;
  /** Recipients who answered a call, or whose machine did. Absent in a batch that last told before this was counted. */
  recipients_answered?: number | undefined;
  retry_count: number;
  created_at: string;
  last_updated_at: string;
  scheduled_at?: string | undefined;
  /** When its concurrency was granted and dialing began. */
  admitted_at?: string | undefined;
  /** Since when it is paused, while it is. */
  paused_at?: string | undefined;
  /** Where the batch has one. */
  circuit_breaker?: {
    /** closed: the batch dials. open: it dials nobody. trial: one call is made, and decides. */
    state: "closed" | "open" | "trial";
    /** Since when, where it has ever opened. */
    since?: string | undefined;
    /** While open: when the trial call is made. Absent where only a human resumes. */
    until?: string | undefined;
    /** Calls that counted when it opened. While it is closed: so far; Get alone has it. */
    calls?: number | undefined;
    /** Those of them that the carrier failed. */
    failed_calls?: number | undefined;
    /** This and what follows: its settings. Get alone has them. */
    min_calls?: number | undefined;
    failure_share?: number | undefined;
    window_minutes?: number | undefined;
    cool_down_minutes?: number | null | undefined;
  } | undefined;
  /** In the answer to Create and to Append, where there are some. */
  country_readings?: {
    /** Numbers that were read as default_country's, and that look like another country's with a + before them. */
    also_another_country: number;
    /** Numbers that begin with default_country's own code, and have no +. */
    with_country_code: number;
    /** The first 100 of them. */
    numbers: {
      /** The recipient's place in the request, from 0. */
      index: number;
      /** Its line in the file. */
      line?: number | undefined;
      written: string;
      /** As it was read. */
      to_number: string;
      /** What else it could be. */
      could_be?: string | undefined;
      /** The country that it would be of: ISO 3166, or its calling code. */
      country?: string | undefined;
    }[];
  } | undefined;
  /** In the answer to Create and to Append: how many were left out because of on_duplicate skip. */
  skipped_duplicates?: number | undefined;
  /** In the answer to Create and to Append: how many were left out because their numbers are on the do-not-call list. */
  skipped_do_not_call?: number | undefined;
  /** Where a file was sent: what it was taken for. Columns without a name are called `column_1`, `column_2` … */
  file?: {
    format: "csv" | "xlsx";
    /** Of CSV. */
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
    /** Of CSV. */
    separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
    /** Of a workbook. */
    sheet?: string | undefined;
    /** The line that names the columns; absent where none does. */
    header_line?: number | undefined;
    /** From where the numbers were taken. */
    number_column: string;
    timezone_column?: string | undefined;
    external_id_column?: string | undefined;
    /** Every other column: of recipients it is what the agent gets. */
    metadata_columns: string[];
    /** Rows with a recipient or number. */
    rows: number;
  } | undefined;
  /** While somebody waits and nobody is dialed: why. In a list: as the batch last told. */
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
  /** Until when, as far as it is known. */
  waiting_until?: string | undefined;
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
  /** The id of an item: the page holds the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
  /** Of this agent. */
  agent_id?: string | undefined;
  /** Only batches with names that have, for each word of this, a word that begins with it. Accents, upper and lower case make no difference. */
  q?: string | undefined;
  /** Only these: some of pending, in_progress, completed, failed, cancelled, with commas between them or given more than once. */
  status?: string | undefined;
  /** Created at this time or later. */
  created_at_gte?: string | undefined;
  /** Created at this time or earlier. */
  created_at_lte?: string | undefined;
  /** Only those with a start, at this time or later. */
  scheduled_at_gte?: string | undefined;
  /** Only those with a start, at this time or earlier. */
  scheduled_at_lte?: string | undefined;
  /** newest and oldest: by creation. start: by `scheduled_at`, the soonest first, and only those with one. Usual: start where `scheduled_at_gte` or `scheduled_at_lte` is given, else newest. */
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
  /** The id of a recipient: the page holds those right before it. Not together with `starting_after`. */
  ending_before?: string | undefined;
  /** Only these: some of queued, dispatched, started, completed, failed, cancelled, with commas between them or given more than once. */
  status?: string | undefined;
  /** Only these, by status and end reason together: some of completed, unanswered, busy, failed, talking, dialing, queued, cancelled. unanswered and busy are what their calls ended with, failed every other failure. */
  outcome?: string | undefined;
  /** Only those whose number contains this, or whose external_id and metadata have each word of it in some value; accents, upper and lower case make no difference. */
  q?: string | undefined;
  /** Only the one with this `external_id`. */
  external_id?: string | undefined;
}
export interface ExportRecipientsQuery {
  /** Only these: some of queued, dispatched, started, completed, failed, cancelled, with commas between them or given more than once. */
  status?: string | undefined;
  /** Only these, by status and end reason together: some of completed, unanswered, busy, failed, talking, dialing, queued, cancelled. unanswered and busy are what their calls ended with, failed every other failure. */
  outcome?: string | undefined;
  /** Only those whose number contains this, or whose external_id and metadata have each word of it in some value; accents, upper and lower case make no difference. */
  q?: string | undefined;
  /** Between two values. Spreadsheets of many European countries expect `semicolon`. */
  separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
  /** `false`: without the mark at the beginning by which spreadsheets know UTF-8. */
  bom?: "true" | "false" | undefined;
}
export interface ListCallsQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page holds the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
  /** Of this agent; needed where neither `batch_id`, `external_id` nor `to_number` is given. */
  agent_id?: string | undefined;
  /** Of this batch: one entry for each attempt. */
  batch_id?: string | undefined;
  /** Only calls to recipients with this `external_id`, by itself those of all agents. */
  external_id?: string | undefined;
  /** Only calls to this number in E.164, by itself those of all agents: a person across batches. */
  to_number?: string | undefined;
  /** Attempts made at this time or later. */
  start_time_gte?: string | undefined;
  /** Attempts made at this time or earlier. */
  start_time_lte?: string | undefined;
  /** Accepted as published. callbatch keeps no transcripts, so it adds nothing. */
  expand?: "transcript" | undefined;
}
export interface ListDoNotCallQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page holds the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
  /** How the number begins, in E.164 with or without `+`; or how it ends, from 4 digits on. What is found is listed by number. */
  q?: string | undefined;
  /** This number alone. */
  number?: string | undefined;
  /** Entries that were ended stay known. */
  status?: "listed" | "removed" | "all" | undefined;
}
export interface ExportDoNotCallQuery {
  /** How the number begins, in E.164 with or without `+`; or how it ends, from 4 digits on. What is found is listed by number. */
  q?: string | undefined;
  /** Entries that were ended stay known. */
  status?: "listed" | "removed" | "all" | undefined;
  /** Between two values. Spreadsheets of many European countries expect `semicolon`. */
  separator?: "comma" | "semicolon" | "tab" | "pipe" | undefined;
  /** `false`: without the mark at the beginning by which spreadsheets know UTF-8. */
  bom?: "true" | "false" | undefined;
}
export interface RemoveDoNotCallQuery {
  /** Why it may be called again; kept with the entry. */
  reason: string;
}
export interface ListAgentsQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page holds the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface ListPhoneNumbersQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page holds the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
  /** Only those whose label, number or agent's name contains this. */
  q?: string | undefined;
  /** Of this agent. */
  agent_id?: string | undefined;
  /** Of this provider. */
  provider_id?: string | undefined;
  /** Of providers of this type. */
  type?: "twilio" | "cartesia" | "sip_trunk" | "http" | "telnyx" | undefined;
}
export interface ListProvidersQuery {
  /** Only those whose label contains this. */
  q?: string | undefined;
  /** Of this type. */
  type?: "twilio" | "cartesia" | "sip_trunk" | "http" | "telnyx" | undefined;
  /** Of this Twilio account. */
  account_sid?: string | undefined;
}
export interface ListWebhooksQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page holds the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface ListDeliveriesQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page holds the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface ListOrganizationsQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page holds the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface ResealSecretsQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page holds the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}
export interface ListApiKeysQuery {
  limit?: number | undefined;
  /** The id of an item: the page begins with the next older one. */
  starting_after?: string | undefined;
  /** The id of an item: the page holds the nearest newer ones. Not together with `starting_after`. */
  ending_before?: string | undefined;
}

export interface ClientOperations {
  /** Queue up to 5,000 calls. One bad recipient refuses the whole request, and nothing is stored. Nobody is dialed twice: with an `Idempotency-Key` the request may be repeated after an answer that never came. */
  createBatch(body: CreateBatch | CreateBatchForm, options?: KeyedOptions): Promise<Batch>;
  /** See what would come of a batch before it is created. Nothing is stored and nobody is called. It takes what Create takes, and refuses what Create refuses. How long it would take rests on an assumption about the calls, which the answer names and the request may give. */
  previewBatch(body: PreviewBatch | PreviewBatchForm, options?: Options): Promise<BatchPreview>;
  /** List batches, newest first. */
  listBatches(query?: ListBatchesQuery, options?: Options): Listing<BatchPage>;
  /** Read a batch and its recipients. */
  getBatch(batchId: string, query?: GetBatchQuery, options?: Options): Promise<BatchDetail>;
  /** Look through a batch's recipients, in the order submitted. Recipients change while they are read: one that has another status by now is still good as `starting_after` or `ending_before`. */
  listRecipients(batchId: string, query?: ListRecipientsQuery, options?: Options): Listing<RecipientPage>;
  /** Add recipients to a batch that runs, waits or is over. All or nothing. A recipient whose `external_id` is in the batch already is skipped. So is one whose number is, unless `on_duplicate` says otherwise. So the request may be repeated. Numbers on the do-not-call list are left out. */
  appendRecipients(batchId: string, body: AppendRecipients | AppendRecipientsForm, options?: KeyedOptions): Promise<Appended>;
  /** Read one recipient with each of its attempts. */
  getRecipient(batchId: string, recipientId: string, options?: Options): Promise<RecipientDetail>;
  /** Download a batch's recipients and what became of them, as CSV. A row for each in the order submitted, as it is when it is read; columns of results, then one for each key of the metadata. What a spreadsheet would run as a formula has an apostrophe before it. Create takes the file again: then numbers, time zones and metadata are taken, and the results are left out. */
  exportRecipients(batchId: string, query?: ExportRecipientsQuery, options?: Options): Promise<ReadableStream<Uint8Array>>;
  /** Change what a batch is to do. Fields that are not given stay as they are. The start can be moved until somebody was dialed. A change by which people who wait could never be called is refused, unless it says `allow_failures`; the preview tells who they are. */
  changeBatch(batchId: string, body: ChangeBatch, options?: Options): Promise<Batch>;
  /** See what a change would do to those who wait. Nothing is changed. It takes what Change takes, and refuses what Change refuses, but for failures: it counts them. */
  previewChange(batchId: string, body: PreviewChange, options?: Options): Promise<ChangePreview>;
  /** Dial nobody until it is resumed. Calls in flight run to their end. The slots go to others; the batch keeps its place in the line. */
  pauseBatch(batchId: string, options?: KeyedOptions): Promise<Batch>;
  /** Dial on. Whether a human paused the batch or its circuit breaker stopped it: then without a trial call. */
  resumeBatch(batchId: string, options?: KeyedOptions): Promise<Batch>;
  /** Cancel those who wait. Calls in flight run to their end and are counted, and nobody is called again by itself. A batch that was dialed in full stays what it is. */
  cancelBatch(batchId: string, options?: KeyedOptions): Promise<Batch>;
  /** Call those again whose latest attempt failed. They keep their ids and get a new call each. Where nobody failed, nothing changes. 404 where the batch's agent or number was deleted, 400 where its carrier no longer connects the agent. */
  retryBatch(batchId: string, options?: KeyedOptions): Promise<Batch>;
  /** Get a ticket to watch a batch live. */
  createLiveTicket(batchId: string, options?: KeyedOptions): Promise<LiveTicket>;
  /** See which batches hold the organization's slots, and which wait for some. */
  getConcurrency(options?: Options): Promise<Concurrency>;
  /** Call people now. Within the same concurrency limit as batches, now or never: those who cannot be called at this moment are refused, one by one, and do not wait. The answer comes when the carrier has taken or refused each call, after 15 s at most. */
  createCalls(body: CreateCalls, options?: KeyedOptions): Promise<DirectCalls>;
  /** List the calls of a batch, an agent or a person, newest first. */
  listCalls(query?: ListCallsQuery, options?: Options): Listing<CallPage>;
  /** Read a call. */
  getCall(callId: string, options?: Options): Promise<Call>;
  /** Erase the personal data of a call. Number, metadata, external id, the carrier's ids and messages, and events of the call. The other attempts to reach the same recipient of the batch are erased with it. That there was a call, when, and how it ended stays. A repeat answers the same. */
  deleteCall(callId: string, options?: Options): Promise<Call>;
  /** End a call that is going on. The carrier is told to hang up; the call then ends with the reason `api_cancelled`. */
  cancelCall(callId: string, options?: KeyedOptions): Promise<CallCancelled>;
  /** List one number, or up to 10,000, also as a CSV file. It is answered when every batch that dials has heard of it, or, should one not answer, when nothing that it was told before counts any more, after 20 s. Calls in flight run to their end. */
  addDoNotCall(body: AddDoNotCall | AddDoNotCallForm, options?: KeyedOptions): Promise<DoNotCallAdded>;
  /** List entries, newest first. */
  listDoNotCall(query?: ListDoNotCallQuery, options?: Options): Listing<DoNotCallEntryPage>;
  /** Download the list as CSV, newest entries first. Who listed a number when and why, and who took it off. What a spreadsheet would run as a formula has an apostrophe before it. The file can be sent again as it is, but for rows of numbers that were taken off. */
  exportDoNotCall(query?: ExportDoNotCallQuery, options?: Options): Promise<ReadableStream<Uint8Array>>;
  /** Read what is known of a number. Its newest entry, with `removed_at` where the number may be called again, and the entries before it. */
  getDoNotCall(number: string, options?: Options): Promise<DoNotCallHistory>;
  /** Let a number be called again. The entry stays known, with who ended it when and why. Recipients that failed for it stay failed. */
  removeDoNotCall(number: string, query: RemoveDoNotCallQuery, options?: Options): Promise<DoNotCallEntry>;
  /** Report that a callee does not want to be called again. Lists the number that was called. For agents, and for receivers of call events. */
  reportOptOut(callId: string, body?: OptOut, options?: KeyedOptions): Promise<DoNotCallAdded>;
  /** Create an agent. */
  createAgent(body: CreateAgent, options?: KeyedOptions): Promise<Agent>;
  /** List agents, newest first. */
  listAgents(query?: ListAgentsQuery, options?: Options): Listing<AgentPage>;
  /** Read an agent. */
  getAgent(agentId: string, options?: Options): Promise<Agent>;
  /** Change an agent. Fields that are not given stay as they are. */
  changeAgent(agentId: string, body: ChangeAgent, options?: Options): Promise<Agent>;
  /** Delete an agent. */
  deleteAgent(agentId: string, options?: Options): Promise<null>;
  /** Import a phone number. */
  importPhoneNumber(body: ImportPhoneNumber, options?: KeyedOptions): Promise<PhoneNumber>;
  /** List phone numbers, newest first. */
  listPhoneNumbers(query?: ListPhoneNumbersQuery, options?: Options): Listing<PhoneNumberPage>;
  /** Read a phone number. */
  getPhoneNumber(phoneNumberId: string, options?: Options): Promise<PhoneNumber>;
  /** Change a phone number. Fields that are not given stay as they are. */
  changePhoneNumber(phoneNumberId: string, body: ChangePhoneNumber, options?: Options): Promise<PhoneNumber>;
  /** Delete a phone number. */
  deletePhoneNumber(phoneNumberId: string, options?: Options): Promise<null>;
  /** Create a provider. */
  createProvider(body: CreateProvider, options?: KeyedOptions): Promise<Provider>;
  /** List providers, newest first. */
  listProviders(query?: ListProvidersQuery, options?: Options): Promise<ProviderList>;
  /** Read a provider. */
  getProvider(providerId: string, options?: Options): Promise<Provider>;
  /** Change a provider. Fields that are not given stay as they are. */
  changeProvider(providerId: string, body: ChangeProvider, options?: Options): Promise<Provider>;
  /** Delete a provider. */
  deleteProvider(providerId: string, options?: Options): Promise<null>;
  /** Create a webhook. Of every event from now on a delivery is made; batches at work hear of it within about a second. */
  createWebhook(body: CreateWebhook, options?: KeyedOptions): Promise<Webhook>;
  /** List webhooks, newest first. */
  listWebhooks(query?: ListWebhooksQuery, options?: Options): Listing<WebhookPage>;
  /** Read a webhook. */
  getWebhook(webhookId: string, options?: Options): Promise<Webhook>;
  /** Change a webhook. Fields that are not given stay as they are. */
  changeWebhook(webhookId: string, body: ChangeWebhook, options?: Options): Promise<Webhook>;
  /** Delete a webhook, and with it its deliveries. */
  deleteWebhook(webhookId: string, options?: Options): Promise<WebhookDeleted>;
  /** Send an event of type test, to see that it arrives. */
  testWebhook(webhookId: string, options?: KeyedOptions): Promise<Delivery>;
  /** List a webhook's deliveries, newest first. All that will be tried again, and about a hundred of those that are over. */
  listDeliveries(webhookId: string, query?: ListDeliveriesQuery, options?: Options): Listing<DeliveryPage>;
  /** Deliver an event again. At once, with the same `webhook-id`, and for a day again where it fails. */
  redeliver(webhookId: string, deliveryId: string, options?: KeyedOptions): Promise<Delivery>;
}

export const CLIENT_OPERATIONS = {
  createBatch: {"method":"POST","path":"/agents/calls/batches","takes":"body","gives":"json","again":"with a key"},
  previewBatch: {"method":"POST","path":"/agents/calls/batches/preview","takes":"body","gives":"json","again":"always"},
  listBatches: {"method":"GET","path":"/agents/calls/batches","takes":"query","gives":"page","again":"always"},
  getBatch: {"method":"GET","path":"/agents/calls/batches/:batch_id","takes":"query","gives":"json","again":"always"},
  listRecipients: {"method":"GET","path":"/agents/calls/batches/:batch_id/recipients","takes":"query","gives":"page","again":"always"},
  appendRecipients: {"method":"POST","path":"/agents/calls/batches/:batch_id/recipients","takes":"body","gives":"json","again":"with a key"},
  getRecipient: {"method":"GET","path":"/agents/calls/batches/:batch_id/recipients/:recipient_id","takes":null,"gives":"json","again":"always"},
  exportRecipients: {"method":"GET","path":"/agents/calls/batches/:batch_id/recipients.csv","takes":"query","gives":"file","again":"always"},
  changeBatch: {"method":"PATCH","path":"/agents/calls/batches/:batch_id","takes":"body","gives":"json","again":"always"},
  previewChange: {"method":"POST","path":"/agents/calls/batches/:batch_id/preview","takes":"body","gives":"json","again":"always"},
  pauseBatch: {"method":"POST","path":"/agents/calls/batches/:batch_id/pause","takes":null,"gives":"json","again":"with a key"},
  resumeBatch: {"method":"POST","path":"/agents/calls/batches/:batch_id/resume","takes":null,"gives":"json","again":"with a key"},
  cancelBatch: {"method":"POST","path":"/agents/calls/batches/:batch_id/cancel","takes":null,"gives":"json","again":"with a key"},
  retryBatch: {"method":"POST","path":"/agents/calls/batches/:batch_id/retry","takes":null,"gives":"json","again":"with a key"},
  createLiveTicket: {"method":"POST","path":"/agents/calls/batches/:batch_id/live-ticket","takes":null,"gives":"json","again":"always"},
  getConcurrency: {"method":"GET","path":"/agents/concurrency","takes":null,"gives":"json","again":"always"},
  createCalls: {"method":"POST","path":"/agents/calls","takes":"body","gives":"json","again":"with a key"},
  listCalls: {"method":"GET","path":"/agents/calls","takes":"query","gives":"page","again":"always"},
  getCall: {"method":"GET","path":"/agents/calls/:call_id","takes":null,"gives":"json","again":"always"},
  deleteCall: {"method":"DELETE","path":"/agents/calls/:call_id","takes":null,"gives":"json","again":"never"},
  cancelCall: {"method":"POST","path":"/agents/calls/:call_id/cancel","takes":null,"gives":"json","again":"with a key"},
  addDoNotCall: {"method":"POST","path":"/agents/do-not-call","takes":"body","gives":"json","again":"with a key"},
  listDoNotCall: {"method":"GET","path":"/agents/do-not-call","takes":"query","gives":"page","again":"always"},
  exportDoNotCall: {"method":"GET","path":"/agents/do-not-call.csv","takes":"query","gives":"file","again":"always"},
  getDoNotCall: {"method":"GET","path":"/agents/do-not-call/:number","takes":null,"gives":"json","again":"always"},
  removeDoNotCall: {"method":"DELETE","path":"/agents/do-not-call/:number","takes":"query","gives":"json","again":"never"},
  reportOptOut: {"method":"POST","path":"/agents/calls/:call_id/opt-out","takes":"body","gives":"json","again":"with a key"},
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
  createWebhook: {"method":"POST","path":"/agents/webhooks","takes":"body","gives":"json","again":"never"},
  listWebhooks: {"method":"GET","path":"/agents/webhooks","takes":"query","gives":"page","again":"always"},
  getWebhook: {"method":"GET","path":"/agents/webhooks/:webhook_id","takes":null,"gives":"json","again":"always"},
  changeWebhook: {"method":"PATCH","path":"/agents/webhooks/:webhook_id","takes":"body","gives":"json","again":"always"},
  deleteWebhook: {"method":"DELETE","path":"/agents/webhooks/:webhook_id","takes":null,"gives":"json","again":"never"},
  testWebhook: {"method":"POST","path":"/agents/webhooks/:webhook_id/test","takes":null,"gives":"json","again":"with a key"},
  listDeliveries: {"method":"GET","path":"/agents/webhooks/:webhook_id/deliveries","takes":"query","gives":"page","again":"always"},
  redeliver: {"method":"POST","path":"/agents/webhooks/:webhook_id/deliveries/:delivery_id/redeliver","takes":null,"gives":"json","again":"with a key"},
} as const;
export interface OperatorOperations {
  /** Create an organization. */
  createOrganization(body: CreateOrganization, options?: KeyedOptions): Promise<Organization>;
  /** List organizations, newest first. */
  listOrganizations(query?: ListOrganizationsQuery, options?: Options): Listing<OrganizationPage>;
  /** Read an organization. */
  getOrganization(organizationId: string, options?: Options): Promise<Organization>;
  /** Change an organization. Fields that are not given stay as they are. A lowered limit takes nothing back from who is talking. */
  changeOrganization(organizationId: string, body: ChangeOrganization, options?: Options): Promise<Organization>;
  /** See who holds slots, and who waits for some. */
  getLedger(organizationId: string, options?: Options): Promise<Ledger>;
  /** Seal stored secrets with the newest ENCRYPTION_KEY. Of a page of organizations: what keys of ENCRYPTION_KEYS_OLD had sealed. Go on with `starting_after` until `has_more` is false. A repeat changes nothing. */
  resealSecrets(query?: ResealSecretsQuery, options?: KeyedOptions): Promise<Reseal>;
  /** Make an API key. */
  createApiKey(organizationId: string, body: CreateApiKey, options?: KeyedOptions): Promise<ApiKey>;
  /** List API keys, masked. */
  listApiKeys(organizationId: string, query?: ListApiKeysQuery, options?: Options): Listing<ApiKeyPage>;
  /** Revoke an API key. */
  revokeApiKey(organizationId: string, keyId: string, options?: Options): Promise<null>;
}

export const OPERATOR_OPERATIONS = {
  createOrganization: {"method":"POST","path":"/admin/organizations","takes":"body","gives":"json","again":"with a key"},
  listOrganizations: {"method":"GET","path":"/admin/organizations","takes":"query","gives":"page","again":"always"},
  getOrganization: {"method":"GET","path":"/admin/organizations/:organization_id","takes":null,"gives":"json","again":"always"},
  changeOrganization: {"method":"PATCH","path":"/admin/organizations/:organization_id","takes":"body","gives":"json","again":"always"},
  getLedger: {"method":"GET","path":"/admin/organizations/:organization_id/ledger","takes":null,"gives":"json","again":"always"},
  resealSecrets: {"method":"POST","path":"/admin/reseal","takes":"query","gives":"json","again":"with a key"},
  createApiKey: {"method":"POST","path":"/admin/organizations/:organization_id/api-keys","takes":"body","gives":"json","again":"never"},
  listApiKeys: {"method":"GET","path":"/admin/organizations/:organization_id/api-keys","takes":"query","gives":"page","again":"always"},
  revokeApiKey: {"method":"DELETE","path":"/admin/organizations/:organization_id/api-keys/:key_id","takes":null,"gives":"json","again":"never"},
} as const;
