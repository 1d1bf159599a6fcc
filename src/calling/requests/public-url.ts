/**
 * URLs and hosts from organizations that we, or a carrier, will call. Outside development they must be encrypted and
 * lead to a public host's usual ports. So a client cannot make this service, or its carrier, reach a network that the
 * client cannot reach itself.
 */

import { isPrivateHost } from "./private-hosts.ts";

type Schemes = { readonly secure: "https:" | "wss:"; readonly plain: "http:" | "ws:" };

export const WEB_SOCKET: Schemes = { secure: "wss:", plain: "ws:" };
export const WEB: Schemes = { secure: "https:", plain: "http:" };

/** Where URLs may lead. */
export type Reach = {
  /** In development: anywhere, and unencrypted. */
  readonly allowsPrivate: boolean;
  /** Ports besides the usual ones. */
  readonly morePorts: readonly number[];
};

/** The ports of HTTP and of SIP. Behind others are databases, caches and consoles. */
export const USUAL_PORTS: readonly number[] = [443, 80, 5060, 5061];

const NOT_PUBLIC = "must lead to a public host, not to a private or loopback address";

/** `port` from the URL parser: empty for the scheme's own port. */
function portProblem(port: string, { morePorts }: Reach): string | null {
  const ports = [...USUAL_PORTS, ...morePorts];
  if (port === "" || ports.includes(Number(port))) return null;
  return `must lead to one of the ports ${ports.join(", ")}, not to ${port}; an operator can allow more (ALLOWED_PORTS)`;
}

/** Null if the URL may be used, otherwise what to change. */
export function publicUrlProblem(value: string, schemes: Schemes, reach: Reach): string | null {
  const url = URL.parse(value);
  const wanted = schemes.secure.slice(0, -1);
  if (url === null || (url.protocol !== schemes.secure && url.protocol !== schemes.plain)) {
    return `must be a URL that begins with ${wanted}://`;
  }
  if (url.username !== "" || url.password !== "") return "must not contain credentials";
  if (reach.allowsPrivate) return null;
  if (url.protocol !== schemes.secure) return `must begin with ${wanted}://, so that the connection is encrypted`;
  return isPrivateHost(url.hostname) ? NOT_PUBLIC : portProblem(url.port, reach);
}

/** The same for a host with an optional port, like `trunk.example.com:5061`. */
export function publicHostProblem(value: string, reach: Reach): string | null {
  const url = URL.parse(`https://${value}/`);
  if (url === null) return "must be a host's name or address, with an optional port";
  if (reach.allowsPrivate) return null;
  return isPrivateHost(url.hostname) ? NOT_PUBLIC : portProblem(url.port, reach);
}
