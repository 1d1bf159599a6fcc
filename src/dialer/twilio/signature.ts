/**
 * Twilio's request signatures (Twilio, "Webhooks security"): base64 of HMAC-SHA1 under the account's auth token. It
 * covers the URL as Twilio called it, and a form's parameters in the order of their names.
 */

import { fromBase64 } from "../../calling/secrets/base64.ts";
import { sha256 } from "../../calling/secrets/digest.ts";

const encoder = new TextEncoder();

/** A form's parameters, decoded, in order. */
export type Form = readonly (readonly [name: string, value: string])[];

/** By name, then by value. Equal values of a repeated parameter count once. */
function signedParameters(form: Form): string {
  const sorted = [...form].sort(([nameA, a], [nameB, b]) => compare(nameA, nameB) || compare(a, b));
  let text = "";
  let last: readonly [string, string] | null = null;
  for (const pair of sorted) {
    if (last === null || last[0] !== pair[0] || last[1] !== pair[1]) text += pair[0] + pair[1];
    last = pair;
  }
  return text;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const withEncodedQuotes = (url: string): string => url.replace(/\?.*$/s, (query) => query.replaceAll("'", "%27"));

/**
 * By product, Twilio signs the URL without a port or with the scheme's port, and quotes as `%27`. The URL as we gave it
 * comes first, because it nearly always fits.
 */
function* urlForms(url: string): Generator<string, undefined> {
  yield url;
  const parsed = new URL(url);
  const rest = url.slice(url.indexOf("/", url.indexOf("//") + 2));
  const userinfo = url.slice(url.indexOf("//") + 2, url.lastIndexOf("@", url.indexOf(rest)) + 1);
  const origin = (port: string) => `${parsed.protocol}//${userinfo}${parsed.hostname}${port}${rest}`;
  const usualPort = parsed.protocol === "https:" ? ":443" : ":80";
  const forms = [url, origin(""), origin(usualPort)];
  yield* new Set([...forms.slice(1), ...forms.map(withEncodedQuotes)]);
}

async function bodyHashMatches(url: string, body: string): Promise<boolean> {
  const claimed = new URL(url).searchParams.get("bodySHA256");
  return claimed === (await sha256(body));
}

export type SignedRequest = {
  /** As Twilio called it: the URL that we gave, with any query. */
  readonly url: string;
  /** A form's parameters, or any other body, which the URL's `bodySHA256` then covers. */
  readonly content: Form | string;
};

/** The signatures of one account. */
export class Signatures {
  readonly #authToken: string;
  /** Made from the token once; losing it is safe. */
  #key: CryptoKey | null = null;

  constructor(authToken: string) {
    this.#authToken = authToken;
  }

  /** In constant time, by WebCrypto. */
  async isOf(signature: string | null, { url: told, content }: SignedRequest): Promise<boolean> {
    const given = signature === null ? null : fromBase64(signature);
    if (given === null) return false;
    const isForm = typeof content !== "string";
    if (!isForm && content !== "" && !(await bodyHashMatches(told, content))) return false;
    const parameters = isForm ? signedParameters(content) : "";
    this.#key ??= await keyOf(this.#authToken);
    for (const url of urlForms(told)) {
      if (await crypto.subtle.verify("HMAC", this.#key, given, encoder.encode(url + parameters))) return true;
    }
    return false;
  }
}

const keyOf = (authToken: string): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", encoder.encode(authToken), { name: "HMAC", hash: "SHA-1" }, false, ["verify"]);
