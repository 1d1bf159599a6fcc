import { err } from "../../../calling/requests/result.ts";
import { accountUrlProblem } from "../../../dialer/account-urls.ts";
import { carrierNamed } from "../../../dialer/carriers.ts";
import { actOf, organizationOf, settingsFor } from "../../context.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, created, operation, refusal } from "../../operation.ts";
import { accountOf, createProviderBody } from "../../requests/providers.ts";
import { PROVIDER, PROVIDERS } from "./provider.ts";

export const createProvider = operation({
  ...PROVIDERS,
  method: "POST",
  id: "createProvider",
  summary: "Create a provider",
  repeats: {},
  body: content("CreateProvider", createProviderBody, {
    type: "twilio",
    label: samples.provider.label,
    account_sid: samples.provider.account_sid,
    api_key_sid: "SK00000000000000000000000000000000",
    api_key_secret: "write-only",
    auth_token: "write-only",
    region: samples.provider.region,
  }),
  answer: created("The new provider.", PROVIDER),
  refusals: {
    409: refusal(
      "already_exists",
      "A provider with this id, or with this Twilio account and region, exists; or there are 1,000 already.",
    ),
    503: refusal(
      "not_configured",
      "The operator has set no key to encrypt credentials with (`not_configured`). Or the carrier, which must be asked whether it accepts them, does not answer (`carrier_unavailable`: try again).",
    ),
  },
  handle: async (c, { body }) => {
    const account = accountOf(body);
    const problem = accountUrlProblem(account, settingsFor(c).reach);
    if (problem !== null) return err(problem);
    // Default: what the carrier documents as allowed for every account.
    const { capabilities, usualLabel } = carrierNamed(account.carrier);
    const { id, calls_per_second = capabilities.callsPerSecond } = body;
    const label = body.label ?? usualLabel?.(account) ?? "";
    return organizationOf(c).createProvider({ id, label, account, calls_per_second }, actOf(c));
  },
});
