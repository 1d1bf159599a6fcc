import { ok as answers } from "../../../calling/requests/result.ts";
import { HEALTH } from "../../health.ts";
import { content, ok, operation } from "../../operation.ts";
import { healthAnswer } from "../../schemas/common-answers.ts";

export const getHealth = operation({
  method: "GET",
  path: "/healthz",
  audience: "anybody",
  id: "getHealth",
  tag: "Service",
  summary: "Check that the service answers",
  answer: ok("It does.", content("Health", healthAnswer, HEALTH)),
  handle: () => answers(HEALTH),
});
