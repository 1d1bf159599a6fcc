/** A carrier's own 404 says that it knows no such call. Another one, of a proxy before it, says nothing: the call may go on. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Dialer } from "../../src/dialer/dialer.ts";
import { JambonzDialer } from "../../src/dialer/jambonz/dialer.ts";
import { LiveKitDialer } from "../../src/dialer/livekit/dialer.ts";
import { TelnyxDialer } from "../../src/dialer/telnyx/dialer.ts";
import { TwilioDialer } from "../../src/dialer/twilio/dialer.ts";
import { TELNYX } from "../carrier/telnyx/known.ts";
import { CALL_SID, SAMPLE_AGENT, SAMPLE_TRUNK, sampleAccount, sampleContext } from "./samples.ts";
import { ScriptedServer } from "./scripted-server.ts";

const UUID = "2531329f-fb09-4ef7-887e-84e648214436";
const JAMBONZ = { url: "https://x.example.com", account_sid: UUID, api_key: "key", webhook_secret: null };
const LIVEKIT = { url: "https://x.example.com", api_key: "key", api_secret: "secret" };
const only = <Gateway>(US: Gateway) => ({ US, EU: null, APAC: null });
const telnyx = { api_key: TELNYX.apiKey, connection_id: TELNYX.connectionId, public_key: TELNYX.publicKey };
const QUERY = { callId: "ac_1", to: "+12125550100", from: "+14155550142", agent: SAMPLE_AGENT, placedAfter: 0 };

/** Their dialers, an id of a call, and how each says that it does not know it. */
const CARRIERS: readonly (readonly [string, (url: string) => Dialer, string, string])[] = [
  ["Twilio", (url) => new TwilioDialer(sampleAccount(), url), CALL_SID, '{"code":20404,"message":"not found"}'],
  ["Telnyx", (url) => new TelnyxDialer(telnyx, url), `v3:x/${UUID}`, '{"errors":[{"code":"10005","title":"?"}]}'],
  [
    "jambonz",
    (url) => new JambonzDialer({ outbound: SAMPLE_TRUNK, regions: only(JAMBONZ), recognizer: null }, url, "US"),
    UUID,
    "Not Found",
  ],
  [
    "LiveKit",
    (url) => new LiveKitDialer({ outbound: SAMPLE_TRUNK, regions: only(LIVEKIT) }, url, "US"),
    "ac_1",
    '{"code":"not_found","msg":"participant does not exist"}',
  ],
];
/** What Traefik, nginx, Envoy and Cloudflare say while a service is being replaced. */
const PAGES = ["404 page not found\n", "<html><h1>404 Not Found</h1></html>", "", "default backend - 404"];

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

describe.each(CARRIERS)("a 404 of %s", (_, dialerAt, id, own) => {
  it("is believed in its own form, for a call that is to be ended", async () => {
    server.answers({ status: 404, body: own });
    expect(await dialerAt(server.url).end(id, true)).toEqual({ kind: "ending" });
  });

  it.each(PAGES)("is not believed with a proxy's page: %j", async (body) => {
    const dialer = dialerAt(server.url);
    server.answers(({ url }) =>
      // Telnyx's log is asked first.
      url.includes("/call_events") ? { status: 200, body: '{"data":[]}' } : { status: 404, body },
    );
    expect((await dialer.fetch(id, sampleContext())).kind).toBe("unavailable");
    expect((await dialer.find(QUERY, sampleContext())).kind).toBe("unavailable");
    expect((await dialer.end(id, true)).kind).toBe("unavailable");
  });
});
