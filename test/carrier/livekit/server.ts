/**
 * A stand-in for LiveKit: its rooms and its SIP service over Twirp, its webhooks. Written from LiveKit's protocol and source;
 * strict, to find mistakes of the adapter.
 */

import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Hooks } from "../hooks.ts";
import { RELAY_PATH } from "../relay.ts";
import { type Answer, StandInServer } from "../stand-in-server.ts";
import { type Call, Calls, type EventName, type Pace, type Participant, type Room } from "./calls.ts";
import { readOrder, readRoom, type Trunk } from "./request.ts";
import { type Claims, claimsOf, signWebhook } from "./token.ts";

export type LiveKitOptions = Pace & {
  readonly port: number;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly agentName: string;
  readonly trunk: Trunk;
};
export type DialFault = "none" | "later" | "answer_lost" | "error_before";

/** Whatever LiveKit refuses with words. */
const REFUSED = "+15005550001";
/** Dialed, and the connection breaks before that is answered. */
const ANSWER_LOST = "+15005550005";
/** Of LiveKit's HTTP client; the first try included. */
const REPEATS = 4;

const STATUS_OF_CODE = {
  malformed: 400,
  invalid_argument: 400,
  unauthenticated: 401,
  bad_route: 404,
  not_found: 404,
  resource_exhausted: 429,
  unavailable: 503,
} as const;
const refuse = (code: keyof typeof STATUS_OF_CODE, msg: string): Answer => ({
  status: STATUS_OF_CODE[code],
  body: { code, msg },
});
const NOBODY = refuse("not_found", "participant does not exist");
const DENIED = refuse("unauthenticated", "permissions denied");

export class LiveKitStandIn {
  fault: DialFault = "none";
  /** Where the project's webhook leads; null where none is set. */
  webhookUrl: string | null = null;
  readonly calls: Calls;
  readonly #options: LiveKitOptions;
  readonly #hooks = new Hooks();
  readonly #server = new StandInServer((request, text) => this.#answer(request, text));

  private constructor(options: LiveKitOptions) {
    this.#options = options;
    this.calls = new Calls(options, (name, room, participant) => this.#tell(name, room, participant));
  }

  static async start(options: LiveKitOptions): Promise<LiveKitStandIn> {
    const standIn = new LiveKitStandIn(options);
    await standIn.#server.listen(options.port);
    return standIn;
  }

  get url(): string {
    return this.#server.url;
  }

  async stop(): Promise<void> {
    this.calls.close();
    await this.#server.close();
  }

  /** Null: the connection breaks. */
  #answer(request: IncomingMessage, text: string): Answer | null {
    const { pathname: path, searchParams } = new URL(request.url ?? "/", this.url);
    if (path === RELAY_PATH) return { status: 200, body: this.#hooks.relay.take(searchParams.get("host") ?? "") };
    if (path === "/__stand-in/dialed") {
      return { status: 200, body: this.calls.dialed.filter(({ to }) => to === searchParams.get("to")).length };
    }
    if (path === "/__stand-in/webhook") {
      this.webhookUrl = text;
      return { status: 200, body: {} };
    }
    const method = /^\/twirp\/livekit\.((?:RoomService|SIP)\/\w+)$/.exec(path)?.[1];
    const isJson = request.headers["content-type"] === "application/json";
    if (method === undefined || request.method !== "POST" || !isJson)
      return refuse("bad_route", `no handler for ${path}`);
    const { apiKey, apiSecret } = this.#options;
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const claims = claimsOf(token, apiKey, apiSecret);
    if (claims === null) return refuse("unauthenticated", "invalid token");
    const body = JSON.parse(text) as Record<string, unknown>;
    return this.#call(method, body, claims);
  }

  #call(method: string, body: Record<string, unknown>, { video = {}, sip = {} }: Claims): Answer | null {
    const isAdmin = video.roomAdmin === true && video.room === body.room;
    switch (method) {
      case "RoomService/CreateRoom":
        return video.roomCreate === true ? this.#createRoom(body) : DENIED;
      case "RoomService/DeleteRoom": {
        if (video.roomCreate !== true) return DENIED;
        const isThere = this.calls.delete(String(body.room));
        return isThere ? { status: 200, body: {} } : refuse("not_found", "requested room does not exist");
      }
      case "RoomService/ListRooms": {
        if (video.roomList !== true) return DENIED;
        const names = body.names as string[];
        return {
          status: 200,
          body: { rooms: [...this.calls.rooms.values()].filter(({ name }) => names.includes(name)) },
        };
      }
      case "RoomService/GetParticipant": {
        if (!isAdmin) return DENIED;
        const call = this.calls.present(String(body.room), String(body.identity));
        return call === null ? NOBODY : { status: 200, body: shown(call) };
      }
      case "RoomService/RemoveParticipant":
        if (!isAdmin) return DENIED;
        return this.calls.remove(String(body.room), String(body.identity)) ? { status: 200, body: {} } : NOBODY;
      case "SIP/CreateSIPParticipant":
        return sip.call === true ? this.#dial(body) : DENIED;
      default:
        return refuse("bad_route", `no handler for ${method}`);
    }
  }

  #createRoom(body: unknown): Answer {
    const reading = readRoom(body, this.#options.agentName);
    if ("problem" in reading) return refuse("invalid_argument", reading.problem);
    return { status: 200, body: this.calls.room(reading.value) };
  }

  #dial(body: unknown): Answer | null {
    if (this.fault === "later") return refuse("resource_exhausted", "concurrent SIP call limit reached");
    if (this.fault === "error_before") return refuse("unavailable", "no response from servers");
    const reading = readOrder(body, this.#options.trunk);
    if ("problem" in reading) return refuse("invalid_argument", reading.problem);
    if (reading.value.to === REFUSED) return refuse("invalid_argument", `${REFUSED} cannot be called`);
    const call = this.calls.dial(reading.value);
    if (this.fault === "answer_lost" || call.to === ANSWER_LOST) return null;
    const { room, identity, sipCallId, participant } = call;
    const info = { participant_id: participant.sid, participant_identity: identity, room_name: room };
    return { status: 200, body: { ...info, sip_call_id: sipCallId } };
  }

  /** As protobuf's JSON: names in camel case, 64-bit numbers as text, what is nothing left out. */
  #tell(event: EventName, room: Room, participant: Participant | null): void {
    if (this.webhookUrl === null) return;
    const { joinedAt, disconnectReason, ...rest } = participant ?? { joinedAt: 0, disconnectReason: null };
    const body = JSON.stringify({
      event,
      room: { ...room, emptyTimeout: 60, creationTime: String(Math.floor(Date.now() / 1_000)) },
      ...(participant === null
        ? {}
        : {
            participant: {
              ...rest,
              state: event === "participant_left" ? "DISCONNECTED" : "ACTIVE",
              joinedAt: String(joinedAt),
              ...(disconnectReason === null ? {} : { disconnectReason }),
            },
          }),
      id: `EV_${randomBytes(6).toString("hex")}`,
      createdAt: String(Math.floor(Date.now() / 1_000)),
    });
    const authorization = signWebhook(this.#options.apiKey, this.#options.apiSecret, body, Date.now());
    const headers = { "content-type": "application/webhook+json", authorization };
    this.#hooks.send({ url: this.webhookUrl, headers, body }, REPEATS);
  }
}

/** As Twirp writes it: names as in the protocol, everything there. */
const shown = ({ participant }: Call) => ({
  sid: participant.sid,
  identity: participant.identity,
  state: "ACTIVE",
  kind: participant.kind,
  attributes: participant.attributes,
  joined_at: String(participant.joinedAt),
  disconnect_reason: "UNKNOWN_REASON",
});
