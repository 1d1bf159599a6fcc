/** Bodies that are begun and never ended: each connection is given up, and others are served meanwhile. */

import { connect, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { DEMO } from "../local/provision.ts";
import { BATCHES } from "../local/wire.ts";
import { Cleanup, isolated, startProvisioned } from "./support.ts";

const CONNECTIONS = 300;
const cleanup = new Cleanup();
afterEach(() => cleanup.run());

const begin = (port: number): Promise<{ socket: Socket; answer: Promise<string> }> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", reject);
    socket.once("connect", () => {
      const answer = new Promise<string>((answered) => {
        let text = "";
        socket.setEncoding("utf8").on("data", (part: string) => {
          text += part;
          if (text.includes("\r\n\r\n")) answered(text);
        });
        socket.on("close", () => answered(text));
        socket.on("error", () => answered(text));
      });
      socket.write(
        [
          `POST ${BATCHES} HTTP/1.1`,
          "Host: localhost",
          `X-API-Key: ${DEMO.apiKey}`,
          "Cartesia-Version: 2026-03-01",
          "Content-Type: application/json",
          "Content-Length: 100000",
          "",
          '{"name": "never',
        ].join("\r\n"),
      );
      resolve({ socket, answer });
    });
  });

it("300 unfinished bodies are given up, and others are served meanwhile", async () => {
  const { service, client } = await startProvisioned(await isolated(cleanup), cleanup);
  const begun = await Promise.all(Array.from({ length: CONNECTIONS }, () => begin(service.settings.port)));
  cleanup.add(async () => {
    for (const { socket } of begun) socket.destroy();
  });
  expect((await client.send("GET", BATCHES)).status).toBe(200);
  const answers = await Promise.all(begun.map(({ answer }) => answer));
  const statuses = new Set(answers.map((text) => text.slice(0, text.indexOf("\r\n"))));
  // 503: what waited for room behind them (one organization sends 8 MiB at once).
  expect(statuses).toContain("HTTP/1.1 408 Request Timeout");
  expect(["HTTP/1.1 408 Request Timeout", "HTTP/1.1 503 Service Unavailable"]).toEqual(
    expect.arrayContaining([...statuses]),
  );
  expect((await client.send("GET", BATCHES)).status).toBe(200);
});
