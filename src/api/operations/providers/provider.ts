/** Shared by the operations on providers. */

import * as samples from "../../openapi/samples.ts";
import { view } from "../../operation.ts";
import { presentProvider } from "../../present-organization.ts";
import { providerAnswer } from "../../schemas/providers.ts";

export const PROVIDERS = {
  audience: "client",
  role: "admin",
  tag: "Providers",
  path: "/agents/phone-numbers/providers",
} as const;
export const ONE_PROVIDER = { ...PROVIDERS, path: "/agents/phone-numbers/providers/:provider_id" } as const;
export const PROVIDER = view("Provider", providerAnswer, samples.provider, presentProvider);
