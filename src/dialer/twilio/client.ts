/** One HTTP request to Twilio's REST API: credentials, time limit, bounded answer. Never retried here. */

import type { TwilioAccount, TwilioRegion } from "./account.ts";

/** Hosts name edge and region together (Twilio, "Global Infrastructure"); the ones without an edge were switched off. */
const BASE_URLS = {
  us1: "https://api.twilio.com",
  ie1: "https://api.dublin.ie1.twilio.com",
  au1: "https://api.sydney.au1.twilio.com",
} as const satisfies Record<TwilioRegion, string>;

/** A list of calls is the longest answer: 1,000 entries. */
const MAX_ANSWER_CHARACTERS = 8 * 1_024 * 1_024;

/** Of the text's UTF-8: `btoa` alone throws for a secret with a character beyond Latin-1. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

export type TwilioAnswer = {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
};

/** No answer: what went wrong, without anything secret. */
export type NoAnswer = { readonly status: null; readonly message: string };

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

  get(path: string, timeoutMs: number): Promise<TwilioAnswer | NoAnswer> {
    return this.#send(`${this.#origin}${this.#account}${path}`, { method: "GET" }, timeoutMs);
  }

  /** A page's `next_page_uri`, which is relative to the host. */
  getRelative(uri: string, timeoutMs: number): Promise<TwilioAnswer | NoAnswer> {
    return this.#send(`${this.#origin}${uri}`, { method: "GET" }, timeoutMs);
  }

  post(path: string, form: URLSearchParams, timeoutMs: number): Promise<TwilioAnswer | NoAnswer> {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const init = { method: "POST", body: form.toString(), headers };
    return this.#send(`${this.#origin}${this.#account}${path}`, init, timeoutMs);
  }

  async #send(
    url: string,
    init: { method: string; body?: string; headers?: Record<string, string> },
    timeoutMs: number,
  ): Promise<TwilioAnswer | NoAnswer> {
    // Cleared as soon as the answer is there: a pending timer would keep the object in memory, which is billed.
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), timeoutMs);
    try {
      const response = await fetch(url, {
        ...init,
        headers: { ...init.headers, authorization: this.#authorization, accept: "application/json" },
        redirect: "manual",
        signal: giveUp.signal,
      });
      // Read to its end, or the connection stays in use.
      const text = await response.text();
      if (text.length > MAX_ANSWER_CHARACTERS) return { status: null, message: "Twilio's answer is too long" };
      return { status: response.status, retryAfter: response.headers.get("retry-after"), text };
    } catch {
      return {
        status: null,
        message: giveUp.signal.aborted
          ? `Twilio did not answer within ${timeoutMs / 1_000} s`
          : "the connection to Twilio failed before it answered",
      };
    } finally {
      clearTimeout(timer);
    }
  }
}
