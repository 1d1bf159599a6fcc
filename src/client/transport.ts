/** Requests and their answers. Answers are not checked against their types. */

import type { Error as ErrorAnswer } from "./api.ts";

export type Fetch = (request: Request) => Promise<Response>;

/** An answer other than 2xx. `envelope` is null if the answer is not the service's, for example a proxy's. */
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
  readonly method: string;
  /** Begins with a slash; its ids are encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  /** Repeating it does nothing twice. */
  readonly mayRepeat: boolean;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** Sent as a form if it has a file, otherwise as JSON. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
};

/** Both throw `CallbatchError`, or what `fetch` throws if no answer comes. */
export type Transport = {
  readonly json: <Answer>(sent: Sent) => Promise<Answer>;
  readonly stream: (sent: Sent) => Promise<ReadableStream<Uint8Array>>;
};

export type TransportOptions = {
  readonly baseUrl: string;
  /** Replaces the global `fetch`. */
  readonly fetch?: Fetch;
  /** How often to repeat a request that does nothing twice. Default 2. */
  readonly maxRetries?: number;
};

const USUAL_RETRIES = 2;
const FIRST_WAIT_MS = 500;
/** If the service asks for a longer wait, the client does not wait. */
const LONGEST_WAIT_MS = 60_000;
/** Statuses after which a repeat may succeed. */
const PASSING = [408, 429, 500, 502, 503, 504];

/** Half of the wait is random, so that clients which failed together do not return together. Null: do not wait. */
function waitMs(attempt: number, response: Response | null): number | null {
  const asked = Number(response?.headers.get("retry-after") ?? Number.NaN) * 1_000;
  if (asked > LONGEST_WAIT_MS) return null;
  const own = FIRST_WAIT_MS * 2 ** attempt;
  return Number.isNaN(asked) ? own / 2 + (Math.random() * own) / 2 : asked;
}

export function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

function urlOf(baseUrl: string, path: string, query: Sent["query"] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
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

/** Text and files unchanged, other values as JSON; absent values are left out. */
function formOf(fields: object): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue;
    if (value instanceof Blob) form.append(name, value, `${name}.csv`);
    else form.append(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  return form;
}

export function transport(
  { baseUrl, fetch: fetchOther = (request) => fetch(request), maxRetries = USUAL_RETRIES }: TransportOptions,
  own: Readonly<Record<string, string>>,
): Transport {
  const requestOf = ({ method, path, query, body, headers, signal }: Sent): Request => {
    const isForm = body !== undefined && "file" in body;
    return new Request(urlOf(baseUrl, path, query), {
      method,
      headers: {
        ...own,
        ...(body === undefined || isForm ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? formOf(body) : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  };

  async function open(sent: Sent): Promise<Response> {
    for (let attempt = 0; ; attempt += 1) {
      const isLast = attempt >= maxRetries;
      const response = await fetchOther(requestOf(sent)).catch((error: unknown) => {
        if (isLast || !sent.mayRepeat || sent.signal?.aborted) throw error;
        return null;
      });
      if (response?.ok) return response;
      // Too many requests: this one was not begun.
      const mayRepeat = response === null || response.status === 429 || (sent.mayRepeat && isPassing(response));
      const pause = isLast || !mayRepeat ? null : waitMs(attempt, response);
      if (pause === null) throw await errorOf(response);
      await response?.body?.cancel();
      await wait(pause, sent.signal);
    }
  }

  return {
    json: async <Answer>(sent: Sent) => parsed(await (await open(sent)).text()) as Answer,
    stream: async (sent) => (await open(sent)).body ?? new Blob().stream(),
  };
}

/** 409 with a time to return: the first request with this `Idempotency-Key` is still in flight. */
const isPassing = ({ status, headers }: Response): boolean =>
  PASSING.includes(status) || (status === 409 && headers.has("retry-after"));

async function errorOf(response: Response | null): Promise<CallbatchError> {
  const answer = parsed((await response?.text()) ?? "");
  return new CallbatchError(response?.status ?? 0, isEnvelope(answer) ? answer : null);
}
