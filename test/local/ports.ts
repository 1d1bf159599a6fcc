/** Ports of this machine. */

import { createServer } from "node:net";
import { StartFailure } from "./start-failure.ts";

const HOST = "127.0.0.1";

/** Listens for a moment: the port itself with 0 for "any", or what went wrong. */
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

/** `variable`: what to set to use another port. */
export async function requireFreePort(port: number, purpose: string, variable: string): Promise<void> {
  const tried = await tryPort(port);
  if ("port" in tried) return;
  const why =
    tried.code === "EADDRINUSE" ? "is in use by another program" : `cannot be listened on here (${tried.code})`;
  throw new StartFailure(
    `Port ${port} for ${purpose} ${why}. Stop that program, or choose another port, like ${variable}=${port + 100}.`,
  );
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const tried = await tryPort(0);
  if ("code" in tried) throw new StartFailure(`No free port on ${HOST}: ${tried.code}.`);
  return tried.port;
}
