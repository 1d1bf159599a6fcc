/** One HTTP request to a carrier: with a time limit and a limited answer; no redirects, no repeats. */

import { abortedAfter } from "../within.ts";

/** For all requests except placing a call, whose limit is in `dialer.ts`. */
export const QUESTION_TIMEOUT_MS = 10_000;
/** A list of calls is the longest answer. */
const MAX_ANSWER_BYTES = 2 * 1_024 * 1_024;
/** A refusal's status counts, and a few words of it. The rest is not read. */
const MAX_REFUSAL_BYTES = 64 * 1_024;
/** A carrier that asks for a longer pause is asked again after this time. */
const RETRY_AFTER_AT_MOST_MS = 60 * 60 * 1_000;

export type CarrierAnswer = {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
};

/** No answer: what went wrong, without secrets. */
export type NoAnswer = { readonly status: null; readonly message: string };

export type CarrierRequestInit = {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** `title`: the carrier's, for messages. */
export async function send(
  title: string,
  url: string,
  init: CarrierRequestInit,
  timeoutMs: number,
): Promise<CarrierAnswer | NoAnswer> {
  return abortedAfter(timeoutMs, async (signal) => {
    try {
      const response = await fetch(url, { ...init, redirect: "manual", signal });
      const text = response.ok ? await textOf(response) : await beginningOf(response);
      if (text === null) return { status: null, message: `${title}'s answer is too long` };
      return { status: response.status, retryAfter: response.headers.get("retry-after"), text };
    } catch {
      return {
        status: null,
        message: signal.aborted
          ? `${title} did not answer within ${timeoutMs / 1_000} s`
          : `the connection to ${title} failed before it answered`,
      };
    }
  });
}

/** Null if it is too long. Usually the length is known, and then one read costs a fraction. */
async function textOf(response: Response): Promise<string | null> {
  const told = response.headers.get("content-length");
  // Without a content encoding, which could make it longer.
  const isShort = told !== null && Number(told) <= MAX_ANSWER_BYTES && !response.headers.has("content-encoding");
  return isShort ? response.text() : readUpTo(MAX_ANSWER_BYTES, response.body);
}

async function beginningOf({ body }: Response): Promise<string> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of body as ReadableStream<Uint8Array>) {
    const part = chunk.subarray(0, MAX_REFUSAL_BYTES - size);
    size += part.byteLength;
    text += decoder.decode(part, { stream: true });
    if (size === MAX_REFUSAL_BYTES) break;
  }
  return text + decoder.decode();
}

/**
 * Reads to the end, or the connection would stay in use. Null if there is more than the limit; the rest is not read.
 */
async function readUpTo(limit: number, body: ReadableStream<Uint8Array> | null): Promise<string | null> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** The body is sent as JSON. */
export const jsonRequest = (
  method: CarrierRequestInit["method"],
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): CarrierRequestInit => {
  const asked = { ...headers, accept: "application/json" };
  return body === undefined
    ? { method, headers: asked }
    : { method, headers: { ...asked, "content-type": "application/json" }, body: JSON.stringify(body) };
};

export const messageOf = (title: string, answer: CarrierAnswer | NoAnswer): string =>
  answer.status === null ? answer.message : `${title} answered ${answer.status}`;

/** For an answer that is not usable. */
export const unavailable = (title: string, answer: CarrierAnswer | NoAnswer) =>
  ({ kind: "unavailable", message: messageOf(title, answer) }) as const;

/** A Retry-After in seconds or as an HTTP date (RFC 9110), in ms from now; null for anything else. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(RETRY_AFTER_AT_MOST_MS, Math.max(0, ms)) : null;
}
