import { numberAsked } from "../../../calling/numbers/written-number.ts";
import { doNotCallHistory, presentDoNotCallHistory } from "../../answers/organization/people.ts";
import { organizationOf, pathPart } from "../../context.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { ok, operation, view } from "../../operation.ts";
import { ONE_NUMBER } from "./entry.ts";

export const getDoNotCall = operation({
  ...ONE_NUMBER,
  method: "GET",
  id: "getDoNotCall",
  summary: "Read a number's history on the do-not-call list",
  description: "The number's newest entry, and its earlier ones. An entry with `removed_at` has ended.",
  answer: ok(
    "The number is or was on the list.",
    view("DoNotCallHistory", doNotCallHistory, { ...samples.doNotCall, earlier: [] }, presentDoNotCallHistory),
  ),
  handle: (c) => organizationOf(c).getDoNotCall(numberAsked(pathPart(c, "number"))),
});
