/** One HTTP request to Twilio's REST API, with the account's credentials. */

import { toBase64 } from "../../calling/secrets/base64.ts";
import { type CarrierAnswer, type NoAnswer, send } from "../http.ts";
import type { TwilioAccount, TwilioRegion } from "./account.ts";

/** Hosts name edge and region together (Twilio, "Global Infrastructure"); those without an edge were switched off. */
const BASE_URLS = {
  us1: "https://api.twilio.com",
  ie1: "https://api.dublin.ie1.twilio.com",
  au1: "https://api.sydney.au1.twilio.com",
} as const satisfies Record<TwilioRegion, string>;

/** Of the text's UTF-8: `btoa` throws for characters beyond Latin-1. */
const base64 = (text: string): string => toBase64(new TextEncoder().encode(text));

type Answer = Promise<CarrierAnswer | NoAnswer>;

export class TwilioClient {
  readonly #origin: string;
  readonly #account: string;
  readonly #authorization: string;

  /** `baseUrl` replaces Twilio's hosts, for a stand-in carrier. */
  constructor(account: TwilioAccount, baseUrl: string | null) {
    this.#origin = baseUrl ?? BASE_URLS[account.region];
    this.#account = `/2010-04-01/Accounts/${account.account_sid}`;
    this.#authorization = `Basic ${base64(`${account.api_key_sid}:${account.api_key_secret}`)}`;
  }

  get(path: string, timeoutMs: number): Answer {
    return this.#send(`${this.#origin}${this.#account}${path}`, { method: "GET" }, timeoutMs);
  }

  /** A page's `next_page_uri`, which is relative to the host. */
  getRelative(uri: string, timeoutMs: number): Answer {
    return this.#send(`${this.#origin}${uri}`, { method: "GET" }, timeoutMs);
  }

  post(path: string, form: URLSearchParams, timeoutMs: number): Answer {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const init = { method: "POST" as const, body: form.toString(), headers };
    return this.#send(`${this.#origin}${this.#account}${path}`, init, timeoutMs);
  }

  #send(
    url: string,
    init: { method: "GET" | "POST"; body?: string; headers?: Record<string, string> },
    timeoutMs: number,
  ): Answer {
    const headers = { ...init.headers, authorization: this.#authorization, accept: "application/json" };
    return send("Twilio", url, { ...init, headers }, timeoutMs);
  }
}
