/** Ports of this machine. */

import { createServer } from "node:net";
import { StartFailure } from "./start-failure.ts";

const HOST = "127.0.0.1";

/** Listens for a moment. Returns the port (0 means any free one), or the error. */
function tryPort(port: number): Promise<{ port: number } | { code: string }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve({ code: error.code ?? error.message }));
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address();
      const listening = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => resolve({ port: listening }));
    });
  });
}

/** `variable`: the setting for another port. */
export async function requireFreePort(port: number, purpose: string, variable: string): Promise<void> {
  const tried = await tryPort(port);
  if ("port" in tried) return;
  const why =
    tried.code === "EADDRINUSE" ? "is in use by another program" : `cannot be listened on here (${tried.code})`;
  throw new StartFailure(
    `Port ${port} for ${purpose} ${why}. Stop that program, or choose another port, like ${variable}=${port + 100}.`,
  );
}

const RELEASE_TIMEOUT_MS = 5_000;
const POLL_MS = 10;

/**
 * Resolves when no process listens on the port, or after some seconds. A process counts as ended when its first thread
 * ends, while another thread may hold its sockets a moment longer.
 */
export async function portReleased(port: number): Promise<void> {
  const giveUpAt = performance.now() + RELEASE_TIMEOUT_MS;
  while ("code" in (await tryPort(port)) && performance.now() < giveUpAt) {
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
}

/** Below the ports of outgoing connections: one of those could take a port while its server is down. */
const [LOWEST, HIGHEST] = [15_000, 32_000];
const ATTEMPTS = 50;

/** A free port that is likely to stay free. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const tried = await tryPort(LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST)));
    if ("port" in tried) return tried.port;
  }
  throw new StartFailure(`No free port found on ${HOST} between ${LOWEST} and ${HIGHEST}.`);
}
