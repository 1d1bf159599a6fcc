/** The callees of the stand-in, each in a room of its own with its agent: every step that LiveKit tells of by webhook. */

import { randomBytes } from "node:crypto";
import type { Order } from "./request.ts";

export type Participant = {
  readonly sid: string;
  readonly identity: string;
  readonly kind: "SIP" | "AGENT";
  readonly attributes: Record<string, string>;
  /** In seconds. */
  joinedAt: number;
  disconnectReason: string | null;
};
export type Room = { readonly name: string; readonly sid: string };
export type Call = Order & { readonly participant: Participant; readonly sipCallId: string };

export type EventName =
  | "room_started"
  | "room_finished"
  | "participant_joined"
  | "participant_left"
  | "track_published";

/** What becomes of a call, by its destination. `stays`: it talks, or rings, until somebody ends it. */
type Life =
  | { readonly fails: string | null }
  | { readonly ends: "callee" | "agent" | "limit" }
  | { readonly stays: "talking" | "ringing" };

const LIVES: Readonly<Record<string, Life>> = {
  "+15005550002": { fails: "USER_REJECTED" },
  "+15005550003": { fails: "USER_UNAVAILABLE" },
  // A 5xx of the trunk's: LiveKit's SIP service leaves for no reason that it names.
  "+15005550004": { fails: null },
  "+15005550010": { ends: "agent" },
  "+15005550011": { stays: "talking" },
  // Time flies here: it leaves as after its longest duration.
  "+15005550012": { ends: "limit" },
  "+15005550021": { stays: "ringing" },
};
const ANSWERED: Life = { ends: "callee" };

export type Pace = { readonly ringMs: number; readonly talkMs: number; readonly departureMs: number };

const id = (prefix: string): string => `${prefix}_${randomBytes(6).toString("hex")}`;
const seconds = (): number => Math.floor(Date.now() / 1_000);

export class Calls {
  /** Every call that was dialed, whether its room has participants now or not. */
  readonly dialed: Call[] = [];
  readonly rooms = new Map<string, Room>();
  /** In their rooms now. */
  readonly #present = new Map<string, Call>();
  readonly #pace: Pace;
  readonly #tell: (name: EventName, room: Room, participant: Participant | null) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(pace: Pace, tell: (name: EventName, room: Room, participant: Participant | null) => void) {
    this.#pace = pace;
    this.#tell = tell;
  }

  room(name: string): Room {
    const room = this.rooms.get(name) ?? { name, sid: id("RM") };
    if (!this.rooms.has(name)) this.#tell("room_started", room, null);
    this.rooms.set(name, room);
    return room;
  }

  present(room: string, identity: string): Call | null {
    const call = this.#present.get(room);
    return call?.identity === identity ? call : null;
  }

  dial(order: Order): Call {
    const room = this.room(order.room);
    const former = this.#present.get(order.room);
    // LiveKit dials again all the same, and throws the first one out.
    if (former !== undefined) this.#leave(former, "DUPLICATE_IDENTITY");
    const sipCallId = id("SCL");
    const attributes = { ...order.attributes, "sip.callID": sipCallId, "sip.callStatus": "dialing" };
    const participant: Participant = {
      sid: id("PA"),
      identity: order.identity,
      kind: "SIP",
      attributes,
      joinedAt: seconds(),
      disconnectReason: null,
    };
    const call: Call = { ...order, participant, sipCallId };
    this.dialed.push(call);
    this.#present.set(order.room, call);
    this.#tell("participant_joined", room, participant);
    this.#tell("track_published", room, participant);
    this.#tell("participant_joined", room, agentOf(room));
    this.#after(call, 1, () => this.#ring(call));
    return call;
  }

  /** By the API. False where nobody is there. */
  remove(room: string, identity: string): boolean {
    const call = this.present(room, identity);
    if (call !== null) this.#leave(call, "PARTICIPANT_REMOVED");
    return call !== null;
  }

  delete(name: string): boolean {
    const call = this.#present.get(name);
    if (call !== undefined) this.#leave(call, "ROOM_DELETED");
    return this.rooms.delete(name);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #ring(call: Call): void {
    const life = LIVES[call.to] ?? ANSWERED;
    call.participant.attributes["sip.callStatus"] = "ringing";
    if ("stays" in life && life.stays === "ringing") {
      this.#after(call, call.ringingMs, () => this.#leave(call, "USER_UNAVAILABLE"));
    } else if ("fails" in life) {
      this.#after(call, this.#pace.ringMs, () => this.#leave(call, life.fails));
    } else {
      this.#after(call, this.#pace.ringMs, () => this.#answer(call, "ends" in life ? life.ends : null));
    }
  }

  #answer(call: Call, ends: "callee" | "agent" | "limit" | null): void {
    const { attributes } = call.participant;
    attributes["sip.callStatus"] = "active";
    const talkMs = ends === null ? call.limitSeconds * 1_000 : this.#pace.talkMs;
    this.#after(call, talkMs, () => {
      if (ends === "agent") return this.#deleteByAgent(call);
      if (ends === "limit") call.participant.joinedAt -= call.limitSeconds;
      attributes["sip.callStatus"] = "hangup";
      this.#leave(call, "CLIENT_INITIATED");
    });
  }

  /** The room's end overtakes its callee's, as it may. */
  #deleteByAgent(call: Call): void {
    const room = this.room(call.room);
    this.#tell("room_finished", room, null);
    this.#leave(call, "ROOM_DELETED");
    this.#tell("participant_left", room, agentOf(room));
  }

  #leave(call: Call, reason: string | null): void {
    clearTimeout(this.#timers.get(call.participant.sid));
    this.#present.delete(call.room);
    call.participant.disconnectReason = reason;
    const room = this.room(call.room);
    this.#tell("participant_left", room, call.participant);
    if (reason === "ROOM_DELETED") {
      this.rooms.delete(call.room);
      return;
    }
    this.#after(call, this.#pace.departureMs, () => {
      this.rooms.delete(call.room);
      this.#tell("room_finished", room, null);
    });
  }

  #after(call: Call, ms: number, step: () => void): void {
    this.#timers.set(call.participant.sid, setTimeout(step, ms));
  }
}

const agentOf = (room: Room): Participant => ({
  sid: `PA_agent_${room.sid}`,
  identity: `agent-${room.sid}`,
  kind: "AGENT",
  attributes: {},
  joinedAt: seconds(),
  disconnectReason: null,
});
