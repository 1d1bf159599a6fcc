/** Labels for fields and carriers. Pure. */

const INITIALS = new Set(["sid", "api", "url", "id", "sip", "uri", "us", "eu", "apac", "http", "dtmf"]);
/** In their owners' spelling. */
const NAMES: Readonly<Record<string, string>> = {
  livekit: "LiveKit",
  jambonz: "jambonz",
  twilio: "Twilio",
  telnyx: "Telnyx",
  cartesia: "Cartesia",
  websocket: "WebSocket",
};

const wordOf = (word: string): string =>
  NAMES[word.toLowerCase()] ?? (INITIALS.has(word.toLowerCase()) ? word.toUpperCase() : word);

/** "api_key_sid" becomes "API key SID". */
export function labelOf(name: string): string {
  const [first = "", ...more] = name.split("_").map(wordOf);
  const begin =
    first in NAMES || Object.values(NAMES).includes(first) ? first : first.charAt(0).toUpperCase() + first.slice(1);
  return [begin, ...more].join(" ");
}

/** A path in a request: "recipients[3].to_number" becomes "Recipients 4 · To number". */
export const labelOfPath = (path: string): string =>
  path
    .split(".")
    .map((part) => labelOf(part.replace(/\[(\d+)\]/g, (_, place: string) => ` ${Number(place) + 1}`)))
    .join(" · ");
