/** Shared by the operations on providers. */

import { presentProvider } from "../../answers/organization/telephony.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { view } from "../../operation.ts";
import { providerAnswer } from "../../requests/providers.ts";

export const PROVIDERS = {
  audience: "client",
  role: "admin",
  tag: "Providers",
  path: "/agents/phone-numbers/providers",
} as const;
export const ONE_PROVIDER = { ...PROVIDERS, path: "/agents/phone-numbers/providers/:provider_id" } as const;
export const PROVIDER = view("Provider", providerAnswer, samples.provider, presentProvider);
