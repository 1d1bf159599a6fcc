import { z } from "zod";
import { content, ok, operation } from "../../operation.ts";
import { CALLBACK, FORM, receive } from "./callback.ts";

export const receiveEvent = operation({
  ...CALLBACK,
  path: "/callbacks/:carrier/:call_id/:token/:event",
  id: "receiveEvent",
  summary: "Receive an event of a call from its carrier",
  body: FORM,
  answer: ok("What the carrier must do next.", content("CallbackReply", z.string(), "<Response/>", "text/xml")),
  handle: receive,
});
