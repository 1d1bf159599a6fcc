/**
 * URLs that organizations give us and that we, or a carrier, will call. Outside development they are encrypted and lead
 * to a public host, so that nobody makes this service, or its carrier, talk to a network that they cannot reach themselves.
 */

type Schemes = { readonly secure: "https:" | "wss:"; readonly plain: "http:" | "ws:" };

export const WEB_SOCKET: Schemes = { secure: "wss:", plain: "ws:" };
export const WEB: Schemes = { secure: "https:", plain: "http:" };

/** First and last octets that are not the public Internet's (IANA, "IPv4 Special-Purpose Address Registry"). */
const PRIVATE_V4: readonly (readonly [prefix: readonly number[], bits: number])[] = [
  [[0], 8],
  [[10], 8],
  [[100, 64], 10],
  [[127], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 0, 0], 24],
  [[192, 168], 16],
  [[198, 18], 15],
  [[224], 3],
];
const PRIVATE_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$/;

const asNumber = (octets: readonly number[]): number =>
  [0, 1, 2, 3].reduce((sum, index) => sum * 256 + (octets[index] ?? 0), 0);

function isPrivateV4(octets: readonly number[]): boolean {
  const address = asNumber(octets);
  return PRIVATE_V4.some(([prefix, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor(asNumber(prefix) / size);
  });
}

/** `host` without brackets, as the URL parser writes it: lower case, longest run of zeros as `::`. */
function isPrivateV6(host: string): boolean {
  // Everything that is assigned to the public lies in 2000::/3; what maps or embeds IPv4 does not.
  return !/^[23][0-9a-f]{3}:/.test(host) || host.startsWith("2001:db8:") || host.startsWith("2002:");
}

/** The URL parser has turned every way to write an IPv4 address into four decimal octets. */
function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, "");
  if (host.startsWith("[")) return isPrivateV6(host.slice(1, -1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateV4(host.split(".").map(Number));
  return !host.includes(".") || PRIVATE_NAMES.test(host);
}

/** Null where the URL may be used, otherwise what to change. `allowsPrivate`: in development. */
export function publicUrlProblem(value: string, schemes: Schemes, allowsPrivate: boolean): string | null {
  const url = URL.parse(value);
  const wanted = schemes.secure.slice(0, -1);
  if (url === null || (url.protocol !== schemes.secure && url.protocol !== schemes.plain)) {
    return `must be a URL that begins with ${wanted}://`;
  }
  if (url.username !== "" || url.password !== "") return "must not carry credentials";
  if (allowsPrivate) return null;
  if (url.protocol !== schemes.secure) return `must begin with ${wanted}://, so that what is said is encrypted`;
  if (isPrivateHost(url.hostname)) return "must lead to a public host, not to a private or loopback address";
  return null;
}
