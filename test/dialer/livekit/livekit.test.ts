/** What LiveKit's words, answers and tokens mean, beside what the conformance suite sees over HTTP. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callId } from "../../../src/calling/secrets/ids.ts";
import type { PlaceOutcome } from "../../../src/dialer/dialer.ts";
import { livekitFields } from "../../../src/dialer/livekit/account.ts";
import { callIdOfWebhook, receiveFromLiveKit } from "../../../src/dialer/livekit/callback.ts";
import { LiveKitDialer } from "../../../src/dialer/livekit/dialer.ts";
import { dialOutcomeOf } from "../../../src/dialer/livekit/outcome.ts";
import { createParticipantBody, createRoomBody } from "../../../src/dialer/livekit/request.ts";
import { claimsOf, isSignedByLiveKit } from "../../../src/dialer/livekit/token.ts";
import { endOf, progressOf } from "../../../src/dialer/livekit/words.ts";
import { sign, signWebhook } from "../../carrier/livekit/token.ts";
import { SAMPLE_TRUNK, sampleContext, sampleOrder } from "../samples.ts";
import { type Answer, ScriptedServer } from "../scripted-server.ts";

const GATEWAY = { url: "https://us.example.com/", api_key: "abcdefg", api_secret: "abababa" };
const ACCOUNT = { outbound: SAMPLE_TRUNK, regions: { US: GATEWAY, EU: null, APAC: null } };
const CALL_ID = callId("0123456789abcdef012345", 7);
const AGENT = { type: "livekit", agent_name: "reminder" } as const;
const ORDER = sampleOrder({ callId: CALL_ID, agent: AGENT, metadata: '{"name":"Zoë"}' });

describe("a token", () => {
  // LiveKit's own test of its verifier (livekit/protocol, auth/verifier_test.go).
  const key = "APID3B67uxk4Nj2GKiRPibAZ9";
  const secret = "YHC-CUhbQhGeVCaYgn1BNA++";
  const token =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE2MDg5MzAzMDgsImlzcyI6IkFQSUQzQjY3dXhrNE5qMkdLaVJQaWJBWjkiLCJuYmYiOjE2MDg5MjY3MDgsInJvb21fam9pbiI6dHJ1ZSwicm9vbV9zaWQiOiJteWlkIiwic3ViIjoiQVBJRDNCNjd1eGs0TmoyR0tpUlBpYkFaOSJ9.cmHEBq0MLyRqphmVLM2cLXg5ao5Sro7am8yXhcYKcwE";
  it("of LiveKit's own is read with its key and secret, and with no other", async () => {
    expect(await claimsOf(token, key, secret)).toMatchObject({ iss: key, exp: 1_608_930_308, room_sid: "myid" });
    expect(await claimsOf(token, key, "anothersecret")).toEqual({});
    expect(await claimsOf(token, "another", secret)).toEqual({});
  });

  // The body, key and secret of LiveKit's test of its webhook receiver, with the digest that stands there.
  const body =
    '{"event":"room_started", "room":{"sid":"RM_TkVjUvAqgzKz", "name":"mytestroom", "emptyTimeout":300, "creationTime":"1628545903", "turnPassword":"ICkSr2rEeslkN6e9bXL4Ji5zzMD5Z7zzr6ulOaxMj6N", "enabledCodecs":[{"mime":"audio/opus"}, {"mime":"video/VP8"}]}}';
  const sha256 = "CoEQz1chqJ9bnZRcORddjplkvpjmPujmLTR42DbefYI=";
  const claims = { iss: "abcdefg", nbf: 1_000, exp: 1_300, sha256 };
  it.each([
    ["in its time", claims, 1_100, true],
    ["within a minute before", claims, 941, true],
    ["within a minute after", claims, 1_359, true],
    ["earlier", claims, 939, false],
    ["later", claims, 1_360, false],
    ["without an end", { ...claims, exp: undefined }, 1_100, false],
    ["without the body's digest", { ...claims, sha256: undefined }, 1_100, false],
    ["with another digest", { ...claims, sha256: sha256.toLowerCase() }, 1_100, false],
    ["of another key", { ...claims, iss: "another" }, 1_100, false],
  ])("of a webhook, %s", async (_, given, seconds, verdict) => {
    const authorization = sign("abababa", given);
    expect(await isSignedByLiveKit(GATEWAY, authorization, body, seconds * 1_000)).toBe(verdict);
    expect(await isSignedByLiveKit(GATEWAY, authorization, `${body} `, seconds * 1_000)).toBe(false);
  });
});

describe("the words for a callee", () => {
  const callee = (status: string | undefined, fields: Record<string, unknown> = {}) => ({
    joinedAt: "1000",
    attributes: { ...(status === undefined ? {} : { "sip.callStatus": status }), "callbatch.limit_seconds": "630" },
    ...fields,
  });
  it.each([
    ["dialing", "ringing"],
    ["ringing", "ringing"],
    ["automation", "answered"],
    ["active", "answered"],
    ["hangup", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("who is there: %s", (status, kind) => {
    expect(progressOf(callee(status))?.kind).toBe(kind);
  });

  it.each([
    ["USER_REJECTED", "ringing", false, "dial_busy"],
    ["USER_UNAVAILABLE", "ringing", false, "dial_no_answer"],
    ["USER_UNAVAILABLE", "dialing", false, "dial_no_answer"],
    ["SIP_TRUNK_FAILURE", "dialing", false, "dial_failed"],
    [undefined, "dialing", false, "dial_failed"],
    ["PARTICIPANT_REMOVED", "ringing", false, "dial_failed"],
    ["MEDIA_FAILURE", "ringing", false, "error"],
    ["A_NEW_REASON", "ringing", false, "error"],
    ["CLIENT_INITIATED", "hangup", true, "client_hangup"],
    ["PARTICIPANT_REMOVED", "active", true, "agent_hangup"],
    ["ROOM_DELETED", "active", true, "agent_hangup"],
    ["ROOM_CLOSED", "active", true, "agent_hangup"],
    ["SIGNAL_CLOSE", "active", true, "client_disconnected"],
    ["CONNECTION_TIMEOUT", "active", true, "client_disconnected"],
    [undefined, "active", true, "client_disconnected"],
    ["AGENT_ERROR", "active", false, "error"],
    ["DUPLICATE_IDENTITY", "active", false, "error"],
    ["MEDIA_FAILURE", "active", false, "error"],
  ])("who has left: %s while %s", (disconnectReason, status, completed, endReason) => {
    const end = endOf(callee(status, { disconnectReason }), 1_100, sampleContext());
    expect(end).toMatchObject({
      kind: "ended",
      completed,
      endReason,
      carrierCode: disconnectReason ?? "UNKNOWN_REASON",
    });
  });

  it.each([
    ["as long as it may be", 1_629, {}, "max_duration"],
    ["a little shorter", 1_628, {}, "client_hangup"],
    ["after its agent had left", 1_100, { agentClosed: true }, "agent_hangup"],
  ])("who hung up, %s", (_, leftAt, context, endReason) => {
    const left = callee("hangup", { disconnectReason: "CLIENT_INITIATED" });
    expect(endOf(left, leftAt, sampleContext(context))).toMatchObject({ completed: true, endReason });
  });

  it.each([
    ["ringing", "dial_no_answer", false],
    ["active", "api_cancelled", true],
  ] as const)("whom we removed while %s", (status, endedBecause, completed) => {
    const left = callee(status, { disconnectReason: "PARTICIPANT_REMOVED" });
    expect(endOf(left, 1_100, sampleContext({ endedBecause }))).toMatchObject({ completed, endReason: endedBecause });
  });
});

describe("the answer to the request that dials", () => {
  const error = (code: string, meta?: Record<string, string>) => JSON.stringify({ code, msg: "words", meta });
  it.each<[number, string, PlaceOutcome["kind"]]>([
    [200, JSON.stringify({ participant_identity: CALL_ID, sip_call_id: "SCL_1" }), "placed"],
    [200, JSON.stringify({ participantIdentity: CALL_ID }), "placed"],
    [200, JSON.stringify({ participant_identity: "another" }), "unknown"],
    [200, "{}", "unknown"],
    // A busy callee, a decline, a number that is none: not a limit, not a key, not a missing trunk.
    [429, error("resource_exhausted", { sip_status_code: "486" }), "refused"],
    [403, error("permission_denied", { sip_status_code: "603" }), "refused"],
    [404, error("not_found", { sip_status_code: "404" }), "refused"],
    [429, error("resource_exhausted"), "try_later"],
    [401, error("unauthenticated"), "try_later"],
    [403, error("permission_denied"), "try_later"],
    [400, error("invalid_argument"), "refused"],
    [404, error("bad_route"), "refused"],
    // LiveKit says so of a failure behind the INVITE, so that nobody dials again.
    [412, error("failed_precondition"), "unknown"],
    [409, error("aborted"), "unknown"],
    [408, error("canceled"), "unknown"],
    [408, error("deadline_exceeded"), "unknown"],
    [500, error("internal"), "unknown"],
    [503, error("unavailable"), "unknown"],
    [302, "", "unknown"],
  ])("%i %s is %s", (status, text, kind) => {
    expect(dialOutcomeOf({ status, text, retryAfter: null }, CALL_ID, 0).kind).toBe(kind);
  });
});

describe("the requests that place a call", () => {
  it("bear our call's id as room and callee", () => {
    expect(createRoomBody(ORDER)).toMatchObject({ name: CALL_ID, agents: [{ agent_name: "reminder" }] });
    const body = createParticipantBody({ ...SAMPLE_TRUNK, transport: "tls", media_encryption: "required" }, ORDER);
    expect(body).toMatchObject({
      trunk: { hostname: "trunk.example.com", transport: "SIP_TRANSPORT_TLS" },
      sip_call_to: ORDER.to,
      sip_number: ORDER.from,
      room_name: CALL_ID,
      participant_identity: CALL_ID,
      ringing_timeout: "30s",
      // Counted by LiveKit from the moment at which it dials.
      max_call_duration: "630s",
      wait_until_answered: false,
      media_encryption: "SIP_MEDIA_ENCRYPT_REQUIRE",
    });
    expect(JSON.parse(String(body.participant_metadata))).toMatchObject({
      agent_call_id: CALL_ID,
      metadata: { name: "Zoë" },
    });
  });
});

describe("a webhook", () => {
  const hear = (event: Record<string, unknown>) => {
    const body = JSON.stringify(event);
    const request = {
      method: "POST",
      pathAndQuery: "/callbacks/livekit",
      headers: { authorization: signWebhook("abcdefg", "abababa", body, Date.now()) },
      body,
    };
    return receiveFromLiveKit(GATEWAY, request, sampleContext(), Date.now());
  };
  const room = { name: CALL_ID };
  const callee = { identity: CALL_ID, kind: "SIP", attributes: { "sip.callStatus": "dialing" } };
  const agent = { identity: "agent-1", kind: "AGENT" };

  it.each([
    ["the callee's coming", { event: "participant_joined", room, participant: callee }, "progress"],
    ["the callee's leaving", { event: "participant_left", room, participant: callee }, "progress"],
    [
      "a callee who never quite came",
      { event: "participant_connection_aborted", room, participant: callee },
      "progress",
    ],
    ["the agent's leaving", { event: "participant_left", room, participant: agent }, "agent_closed"],
    ["the agent's coming", { event: "participant_joined", room, participant: agent }, null],
    ["a guest's leaving", { event: "participant_left", room, participant: { identity: "guest" } }, null],
    ["the room's end, which may come first", { event: "room_finished", room }, null],
    ["a track", { event: "track_published", room, participant: callee }, null],
    ["something about no room", { event: "egress_ended" }, null],
  ])("of %s", async (_, event, kind) => {
    const outcome = await hear(event);
    expect(outcome.kind === "event" ? outcome.event.kind : null).toBe(kind);
    if (outcome.kind === "event") expect(outcome.event.carrierCallId).toBe(CALL_ID);
  });

  it("leads to the call that its room is named for, and to none for other rooms", () => {
    const of = (body: string) => callIdOfWebhook({ method: "POST", pathAndQuery: "/", headers: {}, body });
    expect(of(JSON.stringify({ room }))).toBe(CALL_ID);
    expect(of('{"room":{"name":"standup"}}')).toBeNull();
    expect(of("{}")).toBeNull();
    expect(of("x")).toBeNull();
  });
});

describe("a call", () => {
  let server: ScriptedServer;
  let dialer: LiveKitDialer;
  beforeAll(async () => {
    server = await ScriptedServer.start();
    dialer = new LiveKitDialer(ACCOUNT, server.url, "US");
  });
  afterAll(() => server.stop());

  const made = { status: 200, body: JSON.stringify({ name: CALL_ID }) };
  const GONE = { status: 404, body: '{"code":"not_found","msg":"participant does not exist"}' };
  const answers = (byMethod: Readonly<Record<string, Answer>>) =>
    server.answers(({ url }) => byMethod[url.split("/").at(-1) ?? ""] ?? { status: 404, body: '{"code":"bad_route"}' });
  const asked = () => server.received.map(({ url }) => url.split("/").at(-1));

  it.each<[string, Answer]>([
    ["an error of its own", { status: 500, body: '{"code":"internal","msg":"oops"}' }],
    ["no service", { status: 503, body: "<html>" }],
    ["words that are no JSON", { status: 200, body: "<html>" }],
    ["another's participant", { status: 200, body: '{"participant_identity":"x"}' }],
    ["a reset", "reset"],
    ["a reset within the answer", "reset midway"],
  ])("whose room was made is unknown after %s, and its room stays", async (_, answer) => {
    answers({ CreateRoom: made, CreateSIPParticipant: answer });
    expect(await dialer.place(ORDER)).toMatchObject({ kind: "unknown" });
    expect(asked()).toEqual(["CreateRoom", "CreateSIPParticipant"]);
  });

  it("is not dialed where its room was not made", async () => {
    answers({ CreateRoom: { status: 500 }, CreateSIPParticipant: made });
    expect(await dialer.place(ORDER)).toMatchObject({ kind: "try_later" });
    answers({ CreateRoom: { status: 400, body: '{"code":"invalid_argument","msg":"no room name"}' } });
    expect(await dialer.place(ORDER)).toMatchObject({ kind: "refused", code: "invalid_argument" });
    expect(asked()).toEqual(["CreateRoom"]);
  });

  it.each([400, 429])("that is refused with %i takes its room along", async (status) => {
    const refusal = { status, body: '{"code":"x","msg":"y"}' };
    answers({ CreateRoom: made, CreateSIPParticipant: refusal, DeleteRoom: { status: 200, body: "{}" } });
    await dialer.place(ORDER);
    expect(asked()).toEqual(["CreateRoom", "CreateSIPParticipant", "DeleteRoom"]);
  });

  it("whose callee has left is not taken for unknown while its room is there: the webhook is under way", async () => {
    answers({ GetParticipant: GONE, ListRooms: { status: 200, body: JSON.stringify({ rooms: [{ name: CALL_ID }] }) } });
    expect(await dialer.fetch(CALL_ID)).toEqual({ kind: "undecided" });
    answers({ GetParticipant: GONE, ListRooms: { status: 200, body: "{}" } });
    expect(await dialer.fetch(CALL_ID)).toEqual({ kind: "absent" });
    answers({ GetParticipant: GONE, ListRooms: { status: 503 } });
    expect(await dialer.fetch(CALL_ID)).toMatchObject({ kind: "unavailable" });
  });

  it.each([
    ["LiveKit's words for a missing page", { status: 404, body: "not found" }, "regions.US.url"],
    ["a page", { status: 200, body: "<html>" }, "regions.US.url"],
    ["a refusal", { status: 401, body: '{"code":"unauthenticated","msg":"invalid token"}' }, "regions.US.api_secret"],
  ])("needs an account: %s", async (_, answer, path) => {
    server.answers(answer);
    expect(await dialer.checkAccount()).toMatchObject({ kind: "refused", path });
  });

  it("is asked about in the region of its batch", async () => {
    const eu = await ScriptedServer.start();
    eu.answers(GONE);
    server.answers(GONE);
    const regions = { US: { ...GATEWAY, url: server.url }, EU: { ...GATEWAY, url: `${eu.url}/` }, APAC: null };
    const account = livekitFields.parse({ outbound: { hostname: "trunk.example.com" }, regions });
    await new LiveKitDialer(account, null, "EU").end(CALL_ID);
    expect([server.received.length, eu.received.length]).toEqual([0, 1]);
    await new LiveKitDialer(account, null, "US").end(CALL_ID);
    expect([server.received.length, eu.received.length]).toEqual([1, 1]);
    await eu.stop();
  });
});
