/** What jambonz's words, answers and signatures mean, beside what the conformance suite sees over HTTP. */

import { describe, expect, it } from "vitest";
import type { PlaceOutcome } from "../../../src/dialer/dialer.ts";
import { jambonzFields } from "../../../src/dialer/jambonz/account.ts";
import { receiveFromJambonz } from "../../../src/dialer/jambonz/callback.ts";
import { jambonz } from "../../../src/dialer/jambonz/carrier.ts";
import { placeOutcomeOf } from "../../../src/dialer/jambonz/outcome.ts";
import { createCallBody, type Placing, sipUriOf } from "../../../src/dialer/jambonz/request.ts";
import { isSignedByJambonz, signatureOf } from "../../../src/dialer/jambonz/signature.ts";
import { progressOf } from "../../../src/dialer/jambonz/words.ts";
import { sampleContext, sampleOrder } from "../samples.ts";
import { ScriptedServer } from "../scripted-server.ts";

const GATEWAY = {
  url: "https://us.example.com/v1/",
  account_sid: "9351f46a-678c-43f5-b8a6-d4eb58d131af",
  api_key: "key",
  webhook_secret: null,
};
const TRUNK = {
  hostname: "trunk.example.com:5061",
  transport: "tls",
  credentials: { username: "user", password: "password" },
  destination_country: null,
  media_encryption: null,
} as const;
const PLACING = { outbound: TRUNK, recognizer: null };
const SID = "2531329f-fb09-4ef7-887e-84e648214436";

describe("a signature", () => {
  const body = `{"call_sid":"${SID}","call_status":"completed"}`;
  const [secret, seconds] = ["wh_secret_1234567890", "1614265330"];
  const v1 = "d0249764e729f52a74b26eabb1d4c5a2ddfb63d313c42a62fce0d229eb042ae7";
  const now = Number(seconds) * 1_000;

  it("is the HMAC-SHA256 of time and body, in hexadecimal", async () => {
    expect(await signatureOf(secret, seconds, body)).toBe(v1);
  });
  it.each([
    ["its own", `t=${seconds},v1=${v1}`, now, true],
    ["one of several, while the secret changes", `t=${seconds},v1=${"0".repeat(64)},v1=${v1}`, now, true],
    ["spaces", `t=${seconds}, v1=${v1}`, now, true],
    ["five minutes", `t=${seconds},v1=${v1}`, now + 300_000, true],
    ["more than five minutes", `t=${seconds},v1=${v1}`, now + 301_000, false],
    ["a clock far ahead", `t=${seconds},v1=${v1}`, now - 301_000, false],
    ["another scheme", `t=${seconds},v0=${v1}`, now, false],
    ["no time", `v1=${v1}`, now, false],
    ["a time that is none", `t=hello,v1=${v1}`, now, false],
    ["nothing", "", now, false],
  ])("is judged with %s", async (_, header, at, verdict) => {
    expect(await isSignedByJambonz(secret, header, body, at)).toBe(verdict);
  });
});

describe("the words for a call", () => {
  it.each(["queued", "trying", "ringing", "alerting", "early-media"])("%s: it rings", (call_status) => {
    expect(progressOf({ call_status }, sampleContext())).toEqual({ kind: "ringing" });
  });
  it("in-progress: it was answered", () => {
    expect(progressOf({ call_status: "in-progress", sip_status: 200 }, sampleContext())).toEqual({ kind: "answered" });
  });
  it.each([
    ["by the callee", { call_termination_by: "caller" }, {}, "client_hangup"],
    ["by the agent's side", { call_termination_by: "jambonz" }, {}, "agent_hangup"],
    ["by us", { call_termination_by: "jambonz" }, { endedBecause: "api_cancelled" }, "api_cancelled"],
    ["by its limit", { call_termination_by: "jambonz", duration: "600" }, {}, "max_duration"],
    [
      "by a limit that is longer than jambonz remembers",
      { duration: 3_540 },
      { maxDurationSeconds: 9_999 },
      "max_duration",
    ],
    ["by nobody that is named", {}, {}, "client_hangup"],
    ["by nobody that is named, after the agent had closed", {}, { agentClosed: true }, "agent_hangup"],
  ] as const)("completed %s", (_, call, context, endReason) => {
    const progress = progressOf({ call_status: "completed", duration: 12, ...call }, sampleContext(context));
    expect(progress).toMatchObject({ kind: "ended", completed: true, endReason });
  });
  it.each([
    ["busy", 486, "dial_busy"],
    ["busy", 603, "dial_busy"],
    ["no-answer", 487, "dial_no_answer"],
    // jambonz calls these failed.
    ["failed", 480, "dial_no_answer"],
    ["failed", 408, "dial_no_answer"],
    ["failed", 404, "dial_failed"],
    ["failed", "503", "dial_failed"],
    // Without a final status the word is all there is.
    ["busy", 100, "dial_busy"],
    ["no-answer", undefined, "dial_no_answer"],
    ["failed", 200, "dial_failed"],
  ])("%s with %j", (call_status, sip_status, endReason) => {
    const progress = progressOf({ call_status, sip_status }, sampleContext());
    expect(progress).toMatchObject({ kind: "ended", completed: false, endReason, durationSeconds: null });
  });
  it("cancelled by us while it rang", () => {
    const context = sampleContext({ endedBecause: "dial_no_answer" });
    expect(progressOf({ call_status: "failed", sip_status: 503 }, context)).toMatchObject({
      endReason: "dial_no_answer",
    });
  });
  it.each([[{ call_status: "answered" }], [{}], [null], [[]], ["completed"]])("%j is no word of a call", (call) => {
    expect(progressOf(call, sampleContext())).toBeNull();
  });
});

describe("the answer to a request to place a call", () => {
  const { kind: _, ...placed } = { kind: "placed", carrierCallId: SID };
  it.each<[number, string, PlaceOutcome["kind"]]>([
    [201, JSON.stringify({ sid: placed.carrierCallId, callId: "x" }), "placed"],
    [201, '{"sid":"CA1"}', "unknown"],
    [202, "", "unknown"],
    [480, '{"msg":"no available feature servers at this time"}', "try_later"],
    [429, "", "try_later"],
    [401, "Unauthorized", "try_later"],
    [403, '{"msg":"insufficient permissions"}', "try_later"],
    [400, '{"msg":"unauthorized createCall request for account x"}', "try_later"],
    [400, '{"msg":"missing from parameter"}', "refused"],
    [404, "Not Found", "try_later"],
    [405, "<html>Not allowed</html>", "refused"],
    [422, '{"msg":"x"}', "refused"],
    [500, "Internal Server Error", "unknown"],
    [408, "", "unknown"],
    [302, "", "unknown"],
  ])("%i %s is %s", (status, text, kind) => {
    expect(placeOutcomeOf(status, null, text, 0).kind).toBe(kind);
  });
});

it("an answer that is not jambonz's has no code: it does not say that only this call was refused", () => {
  expect(placeOutcomeOf(405, null, "<html>Not allowed</html>", 0)).toMatchObject({ kind: "refused", code: null });
  expect(placeOutcomeOf(422, null, '{"msg":"x"}', 0)).toMatchObject({ kind: "refused", code: "422" });
});

describe("a request to place a call", () => {
  it("dials the trunk, with our call's id in the callee's address", () => {
    const order = sampleOrder({ metadata: '{"name":"Zoë \\"Z\\""}', maxDurationSeconds: 28_800 });
    const body = createCallBody(PLACING, order);
    expect(body).toMatchObject({
      from: "+14155550199",
      to: {
        type: "sip",
        sipUri: "sip:+14155550100@trunk.example.com:5061;transport=tls;callbatch=ac_sample",
        auth: { username: "user", password: "password" },
      },
      timeout: 30,
      timeLimit: 3_540,
      tag: { agent_call_id: "ac_sample" },
      call_status_hook: { url: `${order.statusCallbackUrl}#rc=5&rp=all`, method: "POST" },
    });
    const [listen] = JSON.parse(String(body.app_json));
    expect(listen).toMatchObject({ verb: "listen", url: "wss://agent.example.com/audio" });
    expect(JSON.parse(listen.metadata.metadata)).toEqual({ name: 'Zoë "Z"' });
  });
  it("leaves out what the trunk has not", () => {
    const trunk = { ...TRUNK, transport: null, credentials: null };
    expect(sipUriOf(trunk, "+1", "ac_1")).toBe("sip:+1@trunk.example.com:5061;callbatch=ac_1");
    expect(createCallBody({ ...PLACING, outbound: trunk }, sampleOrder()).to).not.toHaveProperty("auth");
  });
});

describe("who answered", () => {
  const recognizer = { vendor: "deepgram", language: "en-US", label: null };
  const amdOf = (asksWhoAnswers: boolean, account: Placing) =>
    createCallBody(account, sampleOrder({ asksWhoAnswers })).amd;
  const told = async (type: unknown, fields: Record<string, unknown> = {}, path = "/callbacks/who-answered") => {
    const call = { call_sid: SID, account_sid: GATEWAY.account_sid, call_status: "in-progress", ...fields };
    const request = { method: "POST", pathAndQuery: path, headers: {}, body: JSON.stringify({ ...call, type }) };
    const outcome = await receiveFromJambonz(GATEWAY, request, sampleContext(), 0);
    return outcome.kind === "event" && outcome.event.kind === "progress" ? outcome.event.progress : outcome.kind;
  };

  it("is asked where the order does, by the provider's recognizer, and told with repeats", () => {
    const account = { ...PLACING, recognizer: { ...recognizer, label: "main" } };
    expect(amdOf(true, account)).toEqual({
      actionHook: { url: `${sampleOrder().statusCallbackUrl}/who-answered#rc=5&rp=all`, method: "POST" },
      recognizer: { vendor: "deepgram", language: "en-US", label: "main" },
    });
    expect(amdOf(true, { ...PLACING, recognizer })).not.toHaveProperty("recognizer.label");
    expect(amdOf(false, account)).toBeUndefined();
    // A batch that was created before the provider was changed.
    expect(amdOf(true, PLACING)).toBeUndefined();
  });

  it.each([
    ["amd_human_detected", "human"],
    ["amd_machine_detected", "machine"],
    ["amd_no_speech_detected", "unknown"],
    ["amd_decision_timeout", "unknown"],
  ])("%s: %s, and that the call is up", async (type, answeredBy) => {
    expect(await told(type, { reason: "hint" })).toEqual({ kind: "answered", answeredBy });
    expect(await told(type, { call_status: "completed", duration: 3 })).toMatchObject({ kind: "ended", answeredBy });
    expect(await told(type, { account_sid: SID })).toBe("forged");
  });

  it.each(["amd_tone_detected", "amd_machine_stopped_speaking", "amd_stopped", "amd_error", "robot", null])(
    "%s says nothing of it",
    async (type) => {
      expect(await told(type)).toBe("ignored");
    },
  );

  it("is told at its own address alone", async () => {
    expect(await told("amd_machine_detected", {}, "/callbacks")).toEqual({ kind: "answered" });
  });
});

describe("a provider", () => {
  const written = { outbound: { address: "trunk.example.com" }, regions: { EU: GATEWAY } };
  it("needs a trunk and one gateway", () => {
    const { outbound, regions } = jambonzFields.parse(written);
    expect(outbound).toMatchObject({ hostname: "trunk.example.com", transport: null, credentials: null });
    expect(regions).toEqual({ US: null, EU: GATEWAY, APAC: null });
  });
  it("takes the trunk's host by its older name, too, and shows both", () => {
    const { outbound, regions } = jambonzFields.parse({ ...written, outbound: { hostname: "trunk.example.com:5061" } });
    expect(jambonz.show({ outbound, regions, recognizer: null }).outbound).toEqual({
      address: "trunk.example.com:5061",
      hostname: "trunk.example.com:5061",
      transport: null,
      auth_username: "",
      media_encryption: "allowed",
    });
  });
  it.each([
    ["no gateway", { ...written, regions: {} }, "regions"],
    ["a host that is none", { ...written, outbound: { address: "sip:x@y;z" } }, "outbound.address"],
    ["no host", { ...written, outbound: { transport: "tcp" } }, "outbound.address"],
    ["two hosts", { ...written, outbound: { address: "x.y", hostname: "y.z" } }, "outbound.address"],
    ["a transport that is none", { ...written, outbound: { address: "x.y", transport: "ws" } }, "outbound.transport"],
    [
      "an account that is none",
      { ...written, regions: { US: { ...GATEWAY, account_sid: "1" } } },
      "regions.US.account_sid",
    ],
    [
      "media encryption that nobody can promise",
      { ...written, outbound: { address: "x.y", media_encryption: "required" } },
      "outbound.media_encryption",
    ],
    ["a recognizer of no vendor", { ...written, recognizer: { language: "en-US" } }, "recognizer.vendor"],
  ])("with %s is refused", (_, body, path) => {
    expect(jambonzFields.safeParse(body).error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });
});

it("is asked in the region of the batch, and of the first gateway where a batch names none", async () => {
  const [us, eu] = [await ScriptedServer.start(), await ScriptedServer.start()];
  for (const server of [us, eu]) server.answers({ status: 201, body: `{"sid":"${SID}"}` });
  const regions = { US: { ...GATEWAY, url: us.url }, EU: { ...GATEWAY, url: `${eu.url}/v1/` }, APAC: null };
  const account = { ...PLACING, regions };
  expect(jambonz.regionOf(jambonz.show(account))).toBe("US");
  expect(jambonz.regionsOf?.(jambonz.show(account))).toEqual(["US", "EU"]);
  await jambonz.dialer(account, null, "EU").place(sampleOrder());
  expect([us.received.length, eu.received.length]).toEqual([0, 1]);
  await jambonz.dialer(account, null, "US").place(sampleOrder());
  await jambonz.dialer(account, null, null).place(sampleOrder());
  expect([us.received.length, eu.received.length]).toEqual([2, 1]);
  await Promise.all([us.stop(), eu.stop()]);
});
