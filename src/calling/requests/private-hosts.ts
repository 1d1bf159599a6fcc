/**
 * Hosts outside of the public Internet, by their names and addresses. What a name resolves to is known only when a
 * connection is made, and is checked there if the platform allows it (SECURITY.md).
 */

/** Prefixes that are not public (IANA, "IPv4 Special-Purpose Address Registry"), and Azure's metadata address. */
const PRIVATE_V4: readonly (readonly [prefix: readonly number[], bits: number])[] = [
  [[0], 8],
  [[10], 8],
  [[100, 64], 10],
  [[127], 8],
  [[168, 63, 129, 16], 32],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 0, 0], 24],
  [[192, 0, 2], 24],
  [[192, 88, 99], 24],
  [[192, 168], 16],
  [[198, 18], 15],
  [[198, 51, 100], 24],
  [[203, 0, 113], 24],
  [[224], 3],
];

/**
 * Endings of names that are never public. Some are reserved (IANA, "Special-Use Domain Names"), and ICANN keeps some
 * out of the root because networks use them. Others belong to clusters, service registries and clouds.
 */
const PRIVATE_ENDS = [
  ["localhost", "localdomain", "local", "internal", "intranet", "private", "lan", "home", "corp", "mail", "home.arpa"],
  ["test", "invalid", "onion", "alt", "in-addr.arpa", "ip6.arpa"],
  ["svc", "cluster", "consul", "docker", "kubernetes", "node", "pod", "vpn", "workgroup"],
  ["metadata.goog", "metadata.tencentyun.com", "metadata.packet.net", "metadata.platformequinix.com"],
].flat();

/** Public domains whose names resolve to an address in the name, to this machine, or to two addresses in turn. */
const NAMES_OF_ADDRESSES = [
  ["nip.io", "sslip.io", "xip.io", "xip.name", "ip6.name", "hipio.net", "traefik.me", "backname.io", "plex.direct"],
  ["localtest.me", "lvh.me", "vcap.me", "lacolhost.com", "local.gd", "localho.st", "localhost.direct", "local.direct"],
  [
    "local-ip.co",
    "local-ip.sh",
    "local-ip.medicmobile.org",
    "localcert.net",
    "fuf.me",
    "yoogle.com",
    "127-0-0-1.org.uk",
  ],
  ["1u.ms", "rbndr.us", "ip.addr.tools", "lndo.site", "ddev.site", "dockerhost.dev"],
].flat();

const ENDS: ReadonlySet<string> = new Set([...PRIVATE_ENDS, ...NAMES_OF_ADDRESSES]);

const asNumber = (octets: readonly number[]): number =>
  [0, 1, 2, 3].reduce((sum, index) => sum * 256 + (octets[index] ?? 0), 0);

function isPrivateV4(octets: readonly number[]): boolean {
  const address = asNumber(octets);
  return PRIVATE_V4.some(([prefix, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor(asNumber(prefix) / size);
  });
}

/**
 * `host` without brackets, as the URL parser writes it: lower case, longest run of zeros as `::`. Public addresses lie
 * in 2000::/3. Those that map, embed or translate to IPv4 lie outside, except Teredo (in 2001::/23) and 6to4
 * (2002::/16).
 */
const isPrivateV6 = (host: string): boolean =>
  !/^[23][0-9a-f]{3}:/.test(host) || /^(2001:(:|[01]?[0-9a-f]{1,2}:|db8:)|2002:|3fff:(:|[0-9a-f]{1,3}:))/.test(host);

/** An address in a name, like `10.0.0.1.example.com` or `10-0-0-1.example.com`: a resolver may well answer with it. */
function namesPrivateV4(host: string): boolean {
  const quads = host.matchAll(/(?<![a-z0-9])(?=(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})(?![a-z0-9]))/g);
  return [...quads].some(([, ...octets]) => isPrivateV4(octets.map(Number)));
}

const endsOf = (labels: readonly string[]): string[] => labels.map((_, index) => labels.slice(index).join("."));

/** `hostname` from the URL parser, which turns every form of an IPv4 address into four decimal octets. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, "");
  if (host.startsWith("[")) return isPrivateV6(host.slice(1, -1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateV4(host.split(".").map(Number));
  const labels = host.split(".");
  // Resolvers differ in how they treat an empty label.
  if (labels.length < 2 || labels.includes("")) return true;
  return endsOf(labels).some((end) => ENDS.has(end)) || namesPrivateV4(host);
}
