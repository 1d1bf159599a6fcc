/** How the REST API says no: Twilio's error body and the codes that this stand-in uses. */

export type Refusal = {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export function refusalBody({ status, code, message }: Refusal) {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}

/** A 400. Where Twilio documents no code for a case, the nearest one is used and the message says what is wrong. */
export const badRequest = (code: number, message: string): Refusal => ({ status: 400, code, message });

export const notFound = (path: string): Refusal => ({
  status: 404,
  code: 20404,
  message: `The requested resource ${path} was not found`,
});

export const unauthenticated: Refusal = {
  status: 401,
  code: 20003,
  message: "Authenticate",
  headers: { "www-authenticate": 'Basic realm="Twilio API"' },
};

/** Twilio documents that a request refused so was never processed. */
export function tooManyRequests(retryAfterSeconds: number | null): Refusal {
  return {
    status: 429,
    code: 20429,
    message: "Too Many Requests",
    ...(retryAfterSeconds === null ? {} : { headers: { "retry-after": String(retryAfterSeconds) } }),
  };
}

export const serverError = (status: 500 | 503): Refusal => ({
  status,
  code: status === 500 ? 20500 : 20503,
  message: status === 500 ? "Internal Server Error" : "Service Unavailable",
});
