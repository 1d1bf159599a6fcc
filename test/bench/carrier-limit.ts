/**
 * How many calls a second the stand-in carrier can take and call back by itself. Requests are made here, and callbacks
 * are answered without work. No contender can be measured beyond this limit.
 */

import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { BenchCarrier } from "./carrier.ts";

const CALLS = 4_000;
const AT_ONCE = 64;
const ACCOUNT = `AC${"0".repeat(32)}`;
const AUTHORIZATION = `Basic ${Buffer.from(`SK${"0".repeat(32)}:secret`).toString("base64")}`;

export async function carrierLimit(carrier: BenchCarrier): Promise<number> {
  const server = createServer((incoming, response) => {
    incoming.resume();
    incoming.on("end", () => response.writeHead(204).end());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  try {
    const started = performance.now();
    let left = CALLS;
    const caller = async (): Promise<void> => {
      for (; left > 0; ) {
        left -= 1;
        await place(carrier, agent, `http://${host}/callback/${left}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, caller));
    await carrier.untilOver(host, CALLS, 60_000);
    return Math.round((CALLS / (performance.now() - started)) * 1_000);
  } finally {
    agent.destroy();
    server.closeAllConnections();
    server.close();
    await carrier.forget(host);
  }
}

function place(carrier: BenchCarrier, agent: Agent, statusCallback: string): Promise<void> {
  const form = new URLSearchParams({
    To: "+14155550199",
    From: "+12025550100",
    Twiml: "<Response><Say>hello</Say></Response>",
    StatusCallback: statusCallback,
    StatusCallbackMethod: "POST",
  });
  for (const event of ["answered", "completed"]) form.append("StatusCallbackEvent", event);
  const headers = { authorization: AUTHORIZATION, "content-type": "application/x-www-form-urlencoded" };
  return new Promise((resolve, reject) => {
    const url = `${carrier.url}/2010-04-01/Accounts/${ACCOUNT}/Calls.json`;
    const sent = request(url, { method: "POST", headers, agent }, (response) => {
      response.resume();
      response.on("end", () => (response.statusCode === 201 ? resolve() : reject(new Error(`${response.statusCode}`))));
    });
    sent.on("error", reject);
    sent.end(form.toString());
  });
}
