import { z } from "zod";
import { ok as found } from "../../../calling/requests/result.ts";
import type { ProviderView } from "../../../organization/messages/telephony.ts";
import { presentProvider } from "../../answers/organization/telephony.ts";
import { organizationOf } from "../../context.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { ok, operation, view } from "../../operation.ts";
import { providerAnswer } from "../../requests/providers.ts";
import { listProvidersQuery } from "../../requests/queries.ts";
import { PROVIDERS } from "./provider.ts";

export const listProviders = operation({
  ...PROVIDERS,
  method: "GET",
  id: "listProviders",
  summary: "List providers, newest first",
  query: listProvidersQuery,
  answer: ok(
    "The providers.",
    view("ProviderList", z.array(providerAnswer), [samples.provider], (all: ProviderView[]) =>
      all.map(presentProvider),
    ),
  ),
  handle: async (c, { query: { q = "", type = null, account_sid: accountSid = null } }) => {
    const providers = await organizationOf(c).listProviders({ text: q.trim(), type, accountSid });
    return found(providers);
  },
});
