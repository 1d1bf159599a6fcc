import { answered, operation } from "../../operation.ts";
import { CALLBACK, FORM, receive } from "./callback.ts";

export const receiveStatus = operation({
  ...CALLBACK,
  path: "/callbacks/:carrier/:call_id/:token",
  id: "receiveStatus",
  summary: "Receive the status of a call from its carrier",
  body: FORM,
  answer: answered(204, "Received."),
  handle: receive,
});
