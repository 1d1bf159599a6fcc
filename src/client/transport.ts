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
/** The same, for an answer that is no JSON. */
export type Open = (method: string, path: string, sent?: Sent) => Promise<Response>;

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

export function transport(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  fetchOther: Fetch = (request) => fetch(request),
): { readonly send: Send; readonly open: Open } {
  const open: Open = async (method, path, { query, body, headers: more } = {}) => {
    const isForm = body instanceof FormData;
    const response = await fetchOther(
      new Request(urlOf(baseUrl, path, query), {
        method,
        headers: {
          ...headers,
          ...(body === undefined || isForm ? {} : { "content-type": "application/json" }),
          ...more,
        },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      }),
    );
    if (response.ok) return response;
    const answer = parsed(await response.text());
    throw new CallbatchError(response.status, isEnvelope(answer) ? answer : null);
  };
  return {
    open,
    send: async <Answer>(method: string, path: string, sent?: Sent) =>
      parsed(await (await open(method, path, sent)).text()) as Answer,
  };
}

/** Empty where the answer has no body. */
export const bytesOf = (response: Response): ReadableStream<Uint8Array> => response.body ?? new Blob().stream();

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
