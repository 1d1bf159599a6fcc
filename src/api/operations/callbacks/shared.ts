import { z } from "zod";
import { err } from "../../../calling/requests/result.ts";
import { findCarrier } from "../../../dialer/carriers.ts";
import { pathPart } from "../../context.ts";
import { answered, content, operation } from "../../operation.ts";
import { CALLBACK, FORBIDDEN, handOn, requestOf } from "./callback.ts";

/** For all events of a carrier's account. Events about other calls are accepted and change nothing. */
export const receiveShared = operation({
  ...CALLBACK,
  path: "/callbacks/:carrier",
  id: "receiveShared",
  summary: "Receive events from a carrier with one address for all calls",
  body: content(
    "SharedCallback",
    z.looseObject({}),
    { type: "call_completed", call: { id: "ac_example" } },
    "application/json",
  ),
  answer: answered(204, "Received. Events about other calls change nothing."),
  handle: async (c) => {
    const carrier = findCarrier(pathPart(c, "carrier"));
    if (carrier?.callIdOf === undefined) return err(FORBIDDEN);
    const request = await requestOf(c, carrier);
    if (!request.ok) return err(FORBIDDEN);
    const callId = carrier.callIdOf(request.value);
    return callId === null ? c.body(null, 204) : handOn(c, callId, null, request.value);
  },
});
