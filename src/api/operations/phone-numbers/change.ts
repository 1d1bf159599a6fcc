import { given } from "../../body/body.ts";
import { changeOf } from "../../body/unchanged.ts";
import { actOf, organizationOf, pathPart } from "../../context.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, ok, operation, refusal } from "../../operation.ts";
import { changePhoneNumberBody } from "../../requests/telephony.ts";
import { CARRIER_UNAVAILABLE, NUMBER, ONE_NUMBER } from "./phone-number.ts";

export const changePhoneNumber = operation({
  ...ONE_NUMBER,
  method: "PATCH",
  id: "changePhoneNumber",
  summary: "Change a phone number",
  description: "Absent fields are left unchanged.",
  body: content("ChangePhoneNumber", changePhoneNumberBody, { agent_id: samples.agent.id }),
  readsBody: true,
  answer: ok("The phone number after the change.", NUMBER),
  refusals: {
    404: refusal("not_found", "There is no such phone number, provider or agent."),
    409: refusal("in_use", "The change names another provider while a batch or a direct call uses the number."),
    503: CARRIER_UNAVAILABLE,
  },
  handle: async (c) => {
    const id = pathPart(c, "phone_number_id");
    const before = await organizationOf(c).getPhoneNumber(id);
    if (!before.ok) return before;
    const { number, carrier_number_id } = before.value;
    const body = await changeOf(c, { number, carrier_number_id }, "import another number", changePhoneNumberBody);
    if (!body.ok) return body;
    return organizationOf(c).changePhoneNumber(id, given(body.value), actOf(c));
  },
});
