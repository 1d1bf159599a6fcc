/** One HTTP request to Telnyx's API of version 2, with the account's key. */

import {
  type CarrierAnswer,
  jsonRequest,
  type NoAnswer,
  QUESTION_TIMEOUT_MS,
  send,
  unavailable as unavailableAt,
} from "../http.ts";
import type { TelnyxAccount } from "./account.ts";

const TITLE = "Telnyx";
const ORIGIN = "https://api.telnyx.com";

export type TelnyxAnswer = CarrierAnswer | NoAnswer;

export class TelnyxClient {
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;

  /** `baseUrl` replaces Telnyx's host, for a stand-in. */
  constructor(account: TelnyxAccount, baseUrl: string | null) {
    this.#origin = `${baseUrl ?? ORIGIN}/v2`;
    this.#headers = { authorization: `Bearer ${account.api_key}` };
  }

  get(path: string): Promise<TelnyxAnswer> {
    return send(TITLE, this.#origin + path, jsonRequest("GET", this.#headers), QUESTION_TIMEOUT_MS);
  }

  post(path: string, body: unknown, timeoutMs: number = QUESTION_TIMEOUT_MS): Promise<TelnyxAnswer> {
    return send(TITLE, this.#origin + path, jsonRequest("POST", this.#headers, body), timeoutMs);
  }
}

export const unavailable = (answer: TelnyxAnswer) => unavailableAt(TITLE, answer);
