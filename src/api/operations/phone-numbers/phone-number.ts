/** Shared by the operations on phone numbers. */

import { phoneNumberAnswer, presentPhoneNumber } from "../../answers/organization/telephony.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { refusal, view } from "../../operation.ts";

export const NUMBERS = {
  audience: "client",
  role: "admin",
  tag: "Phone numbers",
  path: "/agents/phone-numbers",
} as const;
export const ONE_NUMBER = { ...NUMBERS, path: "/agents/phone-numbers/:phone_number_id" } as const;
export const NUMBER = view("PhoneNumber", phoneNumberAnswer, samples.phoneNumber, presentPhoneNumber);

export const CARRIER_UNAVAILABLE = refusal(
  "carrier_unavailable",
  "The carrier must be asked whether it accepts this, and does not answer. Try again.",
);
