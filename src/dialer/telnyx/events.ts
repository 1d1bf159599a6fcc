/**
 * Telnyx's log of a call's events (Telnyx, "List call events"). Only the log tells how a call went if its webhooks were
 * lost; the call resource tells only whether it is active. Pure.
 */

import { type AnsweredBy, knownAfter } from "../../calling/words/voicemail.ts";
import { withAnsweredBy } from "../answered-by.ts";
import type { CallContext, CallProgress } from "../dialer.ts";
import { field, parse, textField } from "../json.ts";
import { answeredByOf } from "./answered-by.ts";
import { endedOf, hangupOf } from "./words.ts";

export type LoggedEvent = { readonly name: string; readonly at: number; readonly payload: unknown };

/** "Metadata, which includes raw event": the documentation says no more, so all possible places are searched. */
function payloadOf(metadata: unknown): unknown {
  const places = [field(field(metadata, "data"), "payload"), field(metadata, "payload"), metadata];
  return places.find((place) => textField(place, "call_leg_id") !== null) ?? null;
}

/** Null if the answer is not a list of events. */
export function eventsOf(text: string): readonly LoggedEvent[] | null {
  const data = field(parse(text), "data");
  if (!Array.isArray(data)) return null;
  const events = data.map((event: unknown) => ({
    name: textField(event, "name"),
    at: Date.parse(textField(event, "event_timestamp") ?? ""),
    payload: payloadOf(field(event, "metadata")),
  }));
  return events.every((event): event is LoggedEvent => event.name !== null) ? events : null;
}

const named = (events: readonly LoggedEvent[], name: string): LoggedEvent | undefined =>
  events.find((event) => event.name === name);

/** Who answered; null if the log does not tell. */
export const answeredByIn = (events: readonly LoggedEvent[]): AnsweredBy | null =>
  events.reduce<AnsweredBy | null>((known, { name, payload }) => knownAfter(known, answeredByOf(name, payload)), null);

/** The context, corrected by the log: a detection result proves that the call was answered. */
export const contextOf = (events: readonly LoggedEvent[], context: CallContext): CallContext =>
  named(events, "call.answered") === undefined && answeredByIn(events) === null
    ? context
    : { ...context, answered: true };

/** Null if the log does not have the call's end. */
export function endIn(events: readonly LoggedEvent[], context: CallContext): CallProgress | null {
  const [answered, hangup] = [named(events, "call.answered"), named(events, "call.hangup")];
  if (hangup === undefined) return null;
  const seconds = answered === undefined ? Number.NaN : Math.round((hangup.at - answered.at) / 1_000);
  const end = endedOf(hangupOf(hangup.payload), seconds >= 0 ? seconds : null, contextOf(events, context));
  return withAnsweredBy(end, answeredByIn(events));
}
