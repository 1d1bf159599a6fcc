/** What went wrong, for whoever looks at the page: the API's own words where it had some. */

import { CallbatchError } from "../../../client/client.ts";

export type FailureWords = {
  readonly title: string;
  readonly message: string;
  readonly issues: readonly { readonly path: string; readonly message: string }[];
  /** To look for in the logs. */
  readonly requestId: string | null;
};

const plain = (title: string, message: string): FailureWords => ({ title, message, issues: [], requestId: null });

const sentence = (text: string): string => {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
};

export function failureWords(error: unknown): FailureWords {
  if (!(error instanceof CallbatchError)) {
    return plain("The service cannot be reached", "Check the connection; this page goes on as soon as it answers.");
  }
  const { envelope, status } = error;
  if (envelope === null) {
    return plain("The service did not answer", `Something in between answered with status ${status}. Try again.`);
  }
  return {
    title: envelope.title,
    message: sentence(envelope.message),
    issues: envelope.issues ?? [],
    requestId: status >= 500 ? envelope.request_id : null,
  };
}
