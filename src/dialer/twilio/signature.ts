/**
 * Twilio's request signatures (Twilio, "Webhooks security"): base64 of HMAC-SHA1, under the account's auth token, of the
 * URL as Twilio called it followed by the parameters of a form body in the order of their names.
 */

const encoder = new TextEncoder();

/** A repeated parameter counts once for each of its different values, sorted. */
function signedParameters(form: URLSearchParams): string {
  const byName = new Map<string, Set<string>>();
  for (const [name, value] of form) byName.set(name, (byName.get(name) ?? new Set()).add(value));
  return [...byName.keys()]
    .sort()
    .flatMap((name) => [...(byName.get(name) ?? [])].sort().map((value) => name + value))
    .join("");
}

const withEncodedQuotes = (url: string): string => url.replace(/\?.*$/s, (query) => query.replaceAll("'", "%27"));

/** Twilio signs the URL without a port or with the scheme's port written out, by its product; its quotes as `%27`. */
function urlForms(url: string): string[] {
  const parsed = new URL(url);
  const rest = url.slice(url.indexOf("/", url.indexOf("//") + 2));
  const userinfo = url.slice(url.indexOf("//") + 2, url.lastIndexOf("@", url.indexOf(rest)) + 1);
  const origin = (port: string) => `${parsed.protocol}//${userinfo}${parsed.hostname}${port}${rest}`;
  const usualPort = parsed.protocol === "https:" ? ":443" : ":80";
  const forms = [url, origin(""), origin(usualPort)];
  return [...new Set([...forms, ...forms.map(withEncodedQuotes)])];
}

async function bodyHashMatches(url: string, body: string): Promise<boolean> {
  const claimed = new URL(url).searchParams.get("bodySHA256");
  const digest = await crypto.subtle.digest("SHA-256", encoder.encode(body));
  return claimed === [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

export type SignedRequest = {
  /** As Twilio called it: what we told it, with any query. */
  readonly url: string;
  /** The form's text, or any other body, which the URL's `bodySHA256` then covers. */
  readonly body: string;
  readonly isForm: boolean;
};

/** In constant time: the comparison is WebCrypto's. */
export async function isSignedBy(
  authToken: string,
  signature: string | null,
  request: SignedRequest,
): Promise<boolean> {
  const given = signature === null ? null : decodeBase64(signature);
  if (given === null) return false;
  if (!request.isForm && request.body !== "" && !(await bodyHashMatches(request.url, request.body))) return false;
  const parameters = request.isForm ? signedParameters(new URLSearchParams(request.body)) : "";
  const key = await crypto.subtle.importKey("raw", encoder.encode(authToken), { name: "HMAC", hash: "SHA-1" }, false, [
    "verify",
  ]);
  for (const url of urlForms(request.url)) {
    if (await crypto.subtle.verify("HMAC", key, given, encoder.encode(url + parameters))) return true;
  }
  return false;
}
