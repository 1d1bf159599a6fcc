/** One HTTP request to Telnyx's API of version 2, with the account's key. */

import { type CarrierAnswer, messageOf, type NoAnswer, send } from "../http.ts";
import type { TelnyxAccount } from "./account.ts";

const TITLE = "Telnyx";
const ORIGIN = "https://api.telnyx.com";
const QUESTION_TIMEOUT_MS = 10_000;

export type TelnyxAnswer = CarrierAnswer | NoAnswer;

export class TelnyxClient {
  readonly #origin: string;
  readonly #authorization: string;

  /** `baseUrl` replaces Telnyx's host, for a stand-in. */
  constructor(account: TelnyxAccount, baseUrl: string | null) {
    this.#origin = `${baseUrl ?? ORIGIN}/v2`;
    this.#authorization = `Bearer ${account.api_key}`;
  }

  get(path: string): Promise<TelnyxAnswer> {
    const headers = { authorization: this.#authorization, accept: "application/json" };
    return send(TITLE, this.#origin + path, { method: "GET", headers }, QUESTION_TIMEOUT_MS);
  }

  post(path: string, body: unknown, timeoutMs: number = QUESTION_TIMEOUT_MS): Promise<TelnyxAnswer> {
    const headers = {
      authorization: this.#authorization,
      accept: "application/json",
      "content-type": "application/json",
    };
    return send(TITLE, this.#origin + path, { method: "POST", headers, body: JSON.stringify(body) }, timeoutMs);
  }
}

export const unavailable = (answer: TelnyxAnswer): { readonly kind: "unavailable"; readonly message: string } => ({
  kind: "unavailable",
  message: messageOf(TITLE, answer),
});
