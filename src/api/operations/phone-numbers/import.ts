import { actOf, organizationOf } from "../../context.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, created, operation, refusal } from "../../operation.ts";
import { importPhoneNumberBody } from "../../requests/telephony.ts";
import { CARRIER_UNAVAILABLE, NUMBER, NUMBERS } from "./phone-number.ts";

export const importPhoneNumber = operation({
  ...NUMBERS,
  method: "POST",
  id: "importPhoneNumber",
  summary: "Import a phone number",
  repeats: {},
  body: content("ImportPhoneNumber", importPhoneNumberBody, {
    label: samples.phoneNumber.label,
    number: samples.phoneNumber.number,
    provider: { id: samples.provider.id },
  }),
  answer: created("The imported phone number.", NUMBER),
  refusals: {
    404: refusal("not_found", "There is no such provider or agent."),
    409: refusal("already_exists", "This number is already imported, or a phone number with this id exists."),
    503: CARRIER_UNAVAILABLE,
  },
  handle: (c, { body }) => organizationOf(c).importPhoneNumber(body, actOf(c)),
});
