/**
 * A server that receives webhooks, for all test files in workerd. The path says what it does: `/<name>/ok`,
 * `/<name>/fail/5` (503 to the first five requests for an event), `/<name>/hang`. More paths: `/<name>/gone` (410),
 * `/<name>/redirect` (to `/<name>/ok`), `/<name>/busy` (429 with Retry-After). It records every request unchanged; `GET
 * /__received/<name>` returns them.
 */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    receiverUrl: string;
  }
}

export type Received = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Receiver = {
  readonly url: string;
  readonly received: (name: string) => readonly Received[];
  close(): Promise<void>;
};

/** `witness` sees each request as it comes. */
export async function startReceiver(port = 0, witness: (request: Received) => void = () => {}): Promise<Receiver> {
  const received = new Map<string, Received[]>();
  const server = createServer(async (request, response) => {
    const [, name = "", action = "", count = "0"] = (request.url ?? "").split("/");
    if (name === "__received") {
      response.end(JSON.stringify(received.get(action) ?? []));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
    const all = received.get(name) ?? [];
    const one: Received = { path: request.url ?? "", headers, body };
    received.set(name, [...all, one]);
    witness(one);
    const times = all.filter((one) => one.headers["webhook-id"] === headers["webhook-id"]).length;
    if (action === "hang") return;
    if (action === "gone") response.writeHead(410);
    else if (action === "redirect") response.writeHead(302, { location: `/${name}/ok` });
    else if (action === "busy") response.writeHead(429, { "retry-after": "7200" });
    else if (action === "fail" && times < Number(count)) response.writeHead(503);
    response.end("thank you");
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const { port: chosen } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${chosen}`,
    received: (name) => received.get(name) ?? [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const receiver = await startReceiver();
  project.provide("receiverUrl", receiver.url);
  return () => receiver.close();
}
