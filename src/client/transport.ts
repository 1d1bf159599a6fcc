/** One request and its answer. What the service says it answers with is taken at its word. */

import type { ErrorAnswer } from "../api/schemas/common-answers.ts";

export type Fetch = (request: Request) => Promise<Response>;

/** An answer other than 2xx. `envelope` is null where something else than the service answered, like a proxy. */
export class CallbatchError extends Error {
  override readonly name = "CallbatchError";
  readonly status: number;
  readonly envelope: ErrorAnswer | null;

  constructor(status: number, envelope: ErrorAnswer | null) {
    super(envelope === null ? `HTTP ${status}` : `${envelope.title}: ${envelope.message}`);
    this.status = status;
    this.envelope = envelope;
  }
}

export type Sent = {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** A form as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Throws `CallbatchError`; where no answer comes, what `fetch` throws. `path` begins with a slash, its ids are encoded. */
export type Send = <Answer>(method: string, path: string, sent?: Sent) => Promise<Answer>;

function urlOf(baseUrl: string, path: string, query: Sent["query"] = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  const text = new URLSearchParams(given).toString();
  return `${baseUrl.replace(/\/+$/, "")}${path}${text === "" ? "" : `?${text}`}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isEnvelope = (body: unknown): body is ErrorAnswer =>
  typeof body === "object" && body !== null && "error_code" in body && "request_id" in body;

export const transport =
  (baseUrl: string, headers: Readonly<Record<string, string>>, fetchOther: Fetch = (request) => fetch(request)): Send =>
  async <Answer>(method: string, path: string, { query, body, headers: more }: Sent = {}): Promise<Answer> => {
    const isJson = body !== undefined && !(body instanceof FormData);
    const response = await fetchOther(
      new Request(urlOf(baseUrl, path, query), {
        method,
        headers: { ...headers, ...(isJson ? { "content-type": "application/json" } : {}), ...more },
        ...(isJson ? { body: JSON.stringify(body) } : body instanceof FormData ? { body } : {}),
      }),
    );
    const answer = parsed(await response.text());
    if (!response.ok) throw new CallbatchError(response.status, isEnvelope(answer) ? answer : null);
    return answer as Answer;
  };

/** Text and files as they are, numbers as text, anything else as JSON; nothing for what is not given. */
export function formOf(fields: object): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue;
    if (value instanceof Blob) form.append(name, value, `${name}.csv`);
    else form.append(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  return form;
}

/** A path with its ids. */
export const path = (parts: TemplateStringsArray, ...ids: readonly string[]): string =>
  String.raw({ raw: parts }, ...ids.map(encodeURIComponent));
