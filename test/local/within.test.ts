import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { answers, within } from "./within.ts";

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serving(listener: Parameters<typeof createServer>[1] & object): Promise<string> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((done) => listening.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
}

it("a server that answers with success answers; one that answers with an error, or is not there, does not", async () => {
  let status = 200;
  const url = await serving((_, response) => response.writeHead(status).end("ok"));
  expect(await answers(url)).toBe(true);
  status = 503;
  expect(await answers(url)).toBe(false);
  server?.closeAllConnections();
  await new Promise((closed) => server?.close(closed));
  expect(await answers(url)).toBe(false);
});

it.each([
  ["nothing of its answer", () => {}],
  ["only a part of its answer", (response: { write(text: string): unknown }) => response.write("half")],
] as const)("a server that sends %s does not answer", async (_, send) => {
  const url = await serving((_request, response) => void send(response));
  expect(await answers(url)).toBe(false);
});

it("a limit holds for work that ignores its signal", async () => {
  await expect(within(10, () => new Promise(() => {}))).rejects.toThrow("no answer within 10 ms");
});

it("work that ends in time gives what it gives, an error as well", async () => {
  expect(await within(10_000, async () => "done")).toBe("done");
  await expect(within(10_000, () => Promise.reject(new Error("its own")))).rejects.toThrow("its own");
});
