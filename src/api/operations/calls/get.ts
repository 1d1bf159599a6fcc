import { ok, operation } from "../../operation.ts";
import { CALL, findCall, ONE_CALL } from "./call.ts";

export const getCall = operation({
  ...ONE_CALL,
  method: "GET",
  id: "getCall",
  summary: "Read a call",
  answer: ok("The call.", CALL),
  handle: (c) => findCall(c),
});
