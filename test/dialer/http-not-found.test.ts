/** A 404 of the protocol says that the dialer knows no such call; another one, of a proxy or a wrong URL, says nothing. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HttpDialer } from "../../src/dialer/http/dialer.ts";
import { SAMPLE_AGENT, sampleContext } from "./samples.ts";
import { ScriptedServer } from "./scripted-server.ts";

const CALL_ID = "ac_1";
const QUERY = { callId: CALL_ID, to: "+12125550100", from: "+14155550142", agent: SAMPLE_AGENT, placedAfter: 0 };

let server: ScriptedServer;
let dialer: HttpDialer;
beforeEach(async () => {
  server = await ScriptedServer.start();
  const secrets = { token: "a token of the dialer", webhook_secret: "whsec_c2VjcmV0LW9mLXRoZS1zaW11bGF0ZWQtZGlhbGVy" };
  dialer = new HttpDialer({ url: server.url, detects_machines: false, ...secrets }, server.url);
});
afterEach(() => server.stop());

const answers = async () => [
  (await dialer.fetch(CALL_ID, sampleContext())).kind,
  (await dialer.find(QUERY, sampleContext())).kind,
  (await dialer.end(CALL_ID)).kind,
];

it("is believed in the protocol's form", async () => {
  const body = JSON.stringify({ code: "call_not_found", message: "no such call" });
  server.answers({ status: 404, body });
  expect(await answers()).toEqual(["absent", "found", "ending"]);
});

describe("is not believed", () => {
  it.each(["", "<html>404</html>", '{"message":"Not Found"}', '{"code":"number_not_found","message":"?"}'])(
    "with %j",
    async (body) => {
      server.answers({ status: 404, body });
      expect(await answers()).toEqual(["unavailable", "unavailable", "unavailable"]);
    },
  );
});
