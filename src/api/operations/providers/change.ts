import type { Carrier } from "../../../dialer/carrier.ts";
import { carrierNamed } from "../../../dialer/carriers.ts";
import type { ProviderView } from "../../../organization/messages/telephony.ts";
import { presentProvider } from "../../answers/organization/telephony.ts";
import { given } from "../../body/body.ts";
import { changeOf } from "../../body/unchanged.ts";
import { actOf, organizationOf, pathPart } from "../../context.ts";
import { content, ok, operation, refusal } from "../../operation.ts";
import { changeProviderBody, changeProviderBodyOf } from "../../requests/providers.ts";
import { ONE_PROVIDER, PROVIDER } from "./provider.ts";

export const changeProvider = operation({
  ...ONE_PROVIDER,
  method: "PATCH",
  id: "changeProvider",
  summary: "Change a provider",
  description: "Absent fields are left unchanged.",
  body: content("ChangeProvider", changeProviderBody, { label: "main account" }),
  readsBody: true,
  refusals: {
    409: refusal(
      "in_use",
      "A batch or a direct call needs what the change takes away: the region, or the detection of machines.",
    ),
  },
  answer: ok("The provider after the change.", PROVIDER),
  // The provider's carrier defines the fields that can change, so the provider is read first.
  handle: async (c) => {
    const id = pathPart(c, "provider_id");
    const before = await organizationOf(c).getProvider(id);
    if (!before.ok) return before;
    const carrier = carrierNamed(before.value.account.carrier);
    const fixed = fixedFieldsOf(carrier, before.value);
    const body = await changeOf(c, fixed, "create another provider", changeProviderBodyOf(carrier));
    if (!body.ok) return body;
    const { label, calls_per_second, ...account } = given(body.value);
    const change = { ...given({ label, calls_per_second }), account };
    return organizationOf(c).changeProvider(id, change, actOf(c));
  },
});

/** A provider's fields that cannot be changed, as reads show them. */
function fixedFieldsOf({ words, fields, changes }: Carrier, provider: ProviderView): Record<string, unknown> {
  const names = Object.keys({ ...words, ...fields.shape }).filter((name) => !Object.hasOwn(changes.shape, name));
  const shown: Record<string, unknown> = { ...presentProvider(provider) };
  return Object.fromEntries(names.map((name) => [name, shown[name]]));
}
