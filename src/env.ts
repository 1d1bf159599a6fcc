/**
 * The Worker's variables and secrets, parsed once. The bindings' types come from `wrangler types` (Cloudflare's
 * recommendation: they match this Worker's compatibility date and bindings exactly); what an operator may leave out is
 * optional here.
 */

type Variables = {
  /** Secret. The operators' bearer token; without it `/admin` does not exist. */
  ADMIN_TOKEN?: string;
  /** Secret. Encrypts provider credentials at rest; without it no provider can be stored. */
  ENCRYPTION_KEY?: string;
  /** Where carriers reach this service, like `https://calls.example.com`. Default: where the create request came in. */
  PUBLIC_BASE_URL?: string;
  /** Replaces Twilio's hosts, for a stand-in carrier. */
  TWILIO_API_BASE_URL?: string;
  /** `true` in development only: organizations' URLs may be unencrypted and lead to private addresses. */
  ALLOW_PRIVATE_URLS?: string;
  /** How long after its answer a call is first asked about, when nothing is heard of it. Default 60. */
  CALL_CHECK_SECONDS?: string;
};

export type Bindings = Cloudflare.Env & Variables;

export type Settings = {
  readonly adminToken: string | null;
  readonly encryptionKey: string | null;
  readonly publicBaseUrl: string | null;
  readonly twilioApiBaseUrl: string | null;
  readonly allowsPrivateUrls: boolean;
  readonly callCheckMs: number;
};

const DEFAULT_CALL_CHECK_SECONDS = 60;

const given = (text: string | undefined): string | null => (text === undefined || text === "" ? null : text);
const withoutSlash = (url: string | null): string | null => url?.replace(/\/+$/, "") ?? null;

export function settingsOf(env: Variables): Settings {
  const checkSeconds = Number(given(env.CALL_CHECK_SECONDS) ?? DEFAULT_CALL_CHECK_SECONDS);
  return {
    adminToken: given(env.ADMIN_TOKEN),
    encryptionKey: given(env.ENCRYPTION_KEY),
    publicBaseUrl: withoutSlash(given(env.PUBLIC_BASE_URL)),
    twilioApiBaseUrl: withoutSlash(given(env.TWILIO_API_BASE_URL)),
    allowsPrivateUrls: env.ALLOW_PRIVATE_URLS === "true",
    callCheckMs:
      (Number.isFinite(checkSeconds) && checkSeconds > 0 ? checkSeconds : DEFAULT_CALL_CHECK_SECONDS) * 1_000,
  };
}
