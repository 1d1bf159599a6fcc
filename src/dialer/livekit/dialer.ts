/** A SIP trunk through LiveKit (LiveKit, "SIP API", "Room service API"). */

import type { Region } from "../../calling/words/region.ts";
import type {
  Asking,
  CallContext,
  CallReport,
  CarrierEventOutcome,
  CarrierRequest,
  CheckOutcome,
  Dialer,
  EndOutcome,
  FindOutcome,
  FindQuery,
  PlaceOrder,
  PlaceOutcome,
} from "../dialer.ts";
import {
  type CarrierAnswer,
  jsonRequest,
  messageOf,
  type NoAnswer,
  QUESTION_TIMEOUT_MS,
  send,
  unavailable,
} from "../http.ts";
import { field, parse, textField } from "../json.ts";
import { checkEach, gatewayFor } from "../sip/gateways.ts";
import type { LiveKitAccount, LiveKitGateway } from "./account.ts";
import { receiveFromLiveKit } from "./callback.ts";
import { dialOutcomeOf, roomOutcomeOf } from "./outcome.ts";
import { createParticipantBody, createRoomBody } from "./request.ts";
import { type Grant, tokenFor } from "./token.ts";
import { progressOf } from "./words.ts";

const TITLE = "LiveKit";
/** Both timeouts together are at most the time that a batch waits for a call to be placed. */
const ROOM_TIMEOUT_MS = 4_000;
const DIAL_TIMEOUT_MS = 10_000;
/** No webhook reports the callee's answer; one reports the end of the call. */
const ASKING: Asking = { whileRingingMs: 3_000, whileAnsweredMs: null };

const ROOMS = "livekit.RoomService";
const SIP = "livekit.SIP";

type Answer = Promise<CarrierAnswer | NoAnswer>;

export class LiveKitDialer implements Dialer {
  readonly asking = ASKING;
  readonly #account: LiveKitAccount;
  readonly #baseUrl: string | null;
  readonly #gateway: LiveKitGateway;

  /** `region`: whose gateway dials; null if any may. `baseUrl` replaces all gateways', for a stand-in. */
  constructor(account: LiveKitAccount, baseUrl: string | null, region: Region | null) {
    this.#account = account;
    this.#baseUrl = baseUrl;
    this.#gateway = gatewayFor(account.regions, region);
  }

  checkAccount(): Promise<CheckOutcome> {
    return checkEach(this.#account.regions, (gateway, region) => this.#check(gateway, region));
  }

  async #check(gateway: LiveKitGateway, region: Region): Promise<CheckOutcome> {
    const answer = await this.#listRooms(gateway, "callbatch");
    if (roomsOf(answer) !== null) return { kind: "fine" };
    if (answer.status === 401 || answer.status === 403) {
      const message = `is refused by LiveKit, with its key (status ${answer.status})`;
      return { kind: "refused", path: `regions.${region}.api_secret`, message };
    }
    if (answer.status === 200 || answer.status === 404) {
      const message = "answers, but not like LiveKit; it must be the server's address, without a path";
      return { kind: "refused", path: `regions.${region}.url`, message };
    }
    return unavailable(TITLE, answer);
  }

  /** LiveKit cannot be asked: a trunk may use any number that its carrier allows. */
  async checkNumber(): Promise<CheckOutcome> {
    return { kind: "fine" };
  }

  async place(order: PlaceOrder): Promise<PlaceOutcome> {
    const { callId } = order;
    const create = { video: { roomCreate: true } } as const;
    const room = await this.#post(ROOMS, "CreateRoom", createRoomBody(order), create, ROOM_TIMEOUT_MS);
    const problem = roomOutcomeOf(room, callId, Date.now());
    if (problem !== null) return problem;
    const body = createParticipantBody(this.#account.outbound, order);
    const dialed = await this.#post(SIP, "CreateSIPParticipant", body, { sip: { call: true } }, DIAL_TIMEOUT_MS);
    const outcome = dialOutcomeOf(dialed, callId, Date.now());
    // The callee will not join, so the waiting agent is released. Another attempt creates the room again.
    if (outcome.kind === "refused" || outcome.kind === "try_later") {
      await this.#post(ROOMS, "DeleteRoom", { room: callId }, create, ROOM_TIMEOUT_MS);
    }
    return outcome;
  }

  /**
   * A callee who left is no longer in the room, and only the webhook tells how the call ended. While the room exists,
   * that webhook may be in flight.
   */
  async fetch(carrierCallId: string): Promise<CallReport> {
    const answer = await this.#participant(carrierCallId);
    if (isUnknown(answer)) return this.#isOver(carrierCallId);
    const progress = answer.status === 200 ? progressOf(parse(answer.text)) : null;
    if (progress !== null) return { kind: "known", carrierCallId, progress };
    const message = answer.status === 200 ? "LiveKit does not say how the call goes" : messageOf(TITLE, answer);
    return { kind: "unavailable", message };
  }

  async #isOver(room: string): Promise<CallReport> {
    const answer = await this.#listRooms(this.#gateway, room);
    const rooms = roomsOf(answer);
    if (rooms === null) return unavailable(TITLE, answer);
    return { kind: rooms.some((one) => textField(one, "name") === room) ? "undecided" : "absent" };
  }

  /** The callee in the room that is named by our call's id. */
  async find(query: FindQuery): Promise<FindOutcome> {
    const answer = await this.#participant(query.callId);
    if (isUnknown(answer)) return { kind: "found", calls: [] };
    const progress = answer.status === 200 ? progressOf(parse(answer.text)) : null;
    return progress === null
      ? unavailable(TITLE, answer)
      : { kind: "found", calls: [{ carrierCallId: query.callId, progress }] };
  }

  async end(carrierCallId: string): Promise<EndOutcome> {
    const body = { room: carrierCallId, identity: carrierCallId };
    const grant = { video: { roomAdmin: true, room: carrierCallId } } as const;
    const answer = await this.#post(ROOMS, "RemoveParticipant", body, grant, QUESTION_TIMEOUT_MS);
    return answer.status === 200 || isUnknown(answer) ? { kind: "ending" } : unavailable(TITLE, answer);
  }

  receive(request: CarrierRequest, _: string, context: CallContext): Promise<CarrierEventOutcome> {
    return receiveFromLiveKit(this.#gateway, request, context, Date.now());
  }

  #participant(room: string): Answer {
    const grant = { video: { roomAdmin: true, room } } as const;
    return this.#post(ROOMS, "GetParticipant", { room, identity: room }, grant, QUESTION_TIMEOUT_MS);
  }

  #listRooms(gateway: LiveKitGateway, name: string): Answer {
    const grant = { video: { roomList: true } } as const;
    return this.#call(gateway, ROOMS, "ListRooms", { names: [name] }, grant, QUESTION_TIMEOUT_MS);
  }

  #post(service: string, method: string, body: unknown, grant: Grant, timeoutMs: number): Answer {
    return this.#call(this.#gateway, service, method, body, grant, timeoutMs);
  }

  async #call(
    gateway: LiveKitGateway,
    service: string,
    method: string,
    body: unknown,
    grant: Grant,
    timeoutMs: number,
  ): Promise<CarrierAnswer | NoAnswer> {
    const base = (this.#baseUrl ?? gateway.url).replace(/\/+$/, "");
    const headers = { authorization: `Bearer ${await tokenFor(gateway, grant, Date.now())}` };
    return send(TITLE, `${base}/twirp/${service}/${method}`, jsonRequest("POST", headers, body), timeoutMs);
  }
}

/** LiveKit knows no such participant (Twirp, "Errors"). A proxy's 404 tells nothing about a call. */
const isUnknown = (answer: CarrierAnswer | NoAnswer): boolean =>
  answer.status === 404 && textField(parse(answer.text), "code") === "not_found";

/** Null if it is not a list of rooms. An empty list may lack the field. */
function roomsOf(answer: CarrierAnswer | NoAnswer): readonly unknown[] | null {
  if (answer.status !== 200) return null;
  const body = parse(answer.text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) return null;
  const rooms = field(body, "rooms") ?? (Object.keys(body).length === 0 ? [] : null);
  return Array.isArray(rooms) ? rooms : null;
}
