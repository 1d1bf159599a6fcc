/** Error texts for the page; the API's own if it sent one. */

import { CallbatchError } from "../../../client/client.ts";
import { labelOfPath } from "../text/labels.ts";

export type FailureWords = {
  readonly title: string;
  readonly message: string;
  readonly issues: readonly { readonly path: string; readonly message: string }[];
  /** For a search in the logs. */
  readonly requestId: string | null;
};

const plain = (title: string, message: string): FailureWords => ({ title, message, issues: [], requestId: null });

export const sentence = (text: string): string => {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
};

/** What failed: a read, which is repeated automatically, or an action of the user. */
export type Failed = "reading" | "action";

const UNREACHED: Readonly<Record<Failed, string>> = {
  reading: "Check your connection. This page continues when the service answers.",
  action: "Check your connection and whether it was done anyway, then try again.",
};

/** The API knows the client no longer: the key or the sign-in has ended, or never was. */
export const isUnauthorized = (error: unknown): boolean => error instanceof CallbatchError && error.status === 401;

/** No error from the API: the service, or something before it, did not answer. */
export const isUnreached = (error: unknown): boolean =>
  error !== null && !(error instanceof CallbatchError && error.envelope !== null);

/** The service answered, but the action was not done. */
export class NotDone extends Error {
  readonly title: string;
  constructor(title: string, message: string) {
    super(message);
    this.title = title;
  }
}

export function failureWords(error: unknown, failed: Failed = "reading"): FailureWords {
  if (error instanceof NotDone) return plain(error.title, error.message === "" ? "" : sentence(error.message));
  if (!(error instanceof CallbatchError)) return plain("The service cannot be reached", UNREACHED[failed]);
  const { envelope, status } = error;
  if (envelope === null) {
    return plain("The service did not answer", `Something in between answered with status ${status}. Try again.`);
  }
  const issues = (envelope.issues ?? []).map(({ path, message }) => ({ path: labelOfPath(path), message }));
  const [only] = issues;
  return {
    title: envelope.title,
    message: sentence(only === undefined ? envelope.message : `${only.path} ${only.message}`),
    issues,
    requestId: status >= 500 ? envelope.request_id : null,
  };
}
