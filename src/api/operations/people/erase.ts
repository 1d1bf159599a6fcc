import { canonicalNumber } from "../../../calling/numbers/phone-number.ts";
import { asShown } from "../../../calling/numbers/written-number.ts";
import { err } from "../../../calling/requests/result.ts";
import { pathPart } from "../../context.ts";
import { validationError } from "../../envelope.ts";
import { operation } from "../../operation.ts";
import { ACCEPTED, erase, PEOPLE, WHAT_IS_ERASED } from "./erasure.ts";

export const erasePerson = operation({
  ...PEOPLE,
  method: "DELETE",
  path: `${PEOPLE.path}/:number`,
  id: "erasePerson",
  summary: "Erase a person by phone number",
  description: WHAT_IS_ERASED,
  answer: ACCEPTED,
  handle: async (c) => {
    const number = canonicalNumber(asShown(pathPart(c, "number")));
    if (!number.ok) return err(validationError([{ path: "number", message: number.failure.message }]));
    return erase(c, { toNumber: number.value, externalId: null });
  },
});
