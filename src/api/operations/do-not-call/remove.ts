import { numberAsked } from "../../../calling/numbers/written-number.ts";
import { actOf, organizationOf, pathPart } from "../../context.ts";
import { ok, operation } from "../../operation.ts";
import { removeDoNotCallQuery } from "../../requests/do-not-call.ts";
import { ENTRY, ONE_NUMBER } from "./entry.ts";

export const removeDoNotCall = operation({
  ...ONE_NUMBER,
  method: "DELETE",
  id: "removeDoNotCall",
  summary: "Allow calls to a number again",
  description:
    "The entry stays known, with who ended it, when and why. Recipients that failed because of it stay failed.",
  query: removeDoNotCallQuery,
  answer: ok("The ended entry.", ENTRY),
  handle: async (c, { query: { reason } }) => {
    const number = numberAsked(pathPart(c, "number"));
    return organizationOf(c).removeDoNotCall(number, reason, c.get("client"), actOf(c));
  },
});
