/** A client of the HTTP API: an address, and the headers of every request. */

import { API_VERSION } from "./wire.ts";
import { within } from "./within.ts";

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** Longer than any request takes, so that a hanging service fails and does not stay silent. */
const REQUEST_TIMEOUT_MS = 30_000;

export class Client {
  readonly #baseUrl: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(baseUrl: string, headers: Readonly<Record<string, string>> = {}) {
    this.#baseUrl = baseUrl;
    this.#headers = headers;
  }

  static ofOrganization(baseUrl: string, apiKey: string): Client {
    return new Client(baseUrl, { "X-API-Key": apiKey, "Cartesia-Version": API_VERSION });
  }

  static ofOperator(baseUrl: string, adminToken: string): Client {
    return new Client(baseUrl, { Authorization: `Bearer ${adminToken}` });
  }

  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    return within(REQUEST_TIMEOUT_MS, async (signal) => {
      const response = await fetch(this.#baseUrl + path, {
        method,
        headers: { ...this.#headers, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal,
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: parsed(text) };
    });
  }

  /** The answer's body. Without success: an error that shows the answer. */
  async get<T>(path: string): Promise<T> {
    return successOf(await this.send("GET", path), `GET ${path}`) as T;
  }

  async post<T>(path: string, body?: unknown): Promise<T> {
    return successOf(await this.send("POST", path, body), `POST ${path}`) as T;
  }
}

function parsed(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

function successOf(answer: Answer, what: string): unknown {
  if (answer.status < 300) return answer.body;
  throw new Error(`${what} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
}
