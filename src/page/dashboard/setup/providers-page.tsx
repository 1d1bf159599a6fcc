/** The accounts with carriers that place the calls. */

import { useState } from "preact/hooks";
import type { Provider } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { PricesDialog } from "../prices/prices-dialog.tsx";
import { WORDS as PRICES } from "../prices/words.ts";
import { labelOf } from "../text/labels.ts";
import { KeptPage } from "./kept-page.tsx";
import { ProviderForm } from "./provider-form.tsx";
import { PROVIDERS } from "./words.ts";

const NOT_SHOWN = new Set(["id", "label", "type", "gateway", "created_at", "updated_at"]);

/** The readable fields of an account: "Account SID AC0123… · Region us1". */
const shownOf = (provider: Provider): string =>
  Object.entries(provider)
    .filter(([name, value]) => !NOT_SHOWN.has(name) && ["string", "number"].includes(typeof value))
    .map(([name, value]) => `${labelOf(name)} ${value}`)
    .join(" · ");

const carrierOf = (provider: Provider): string =>
  labelOf("gateway" in provider && typeof provider.gateway === "string" ? provider.gateway : provider.type);

export function ProvidersPage() {
  const { client } = useDashboard();
  const items = useResource("providers", () => client.listProviders());
  const [priced, setPriced] = useState<Provider | null>(null);
  return (
    <>
      <KeptPage<Provider>
        words={PROVIDERS}
        icon="provider"
        items={items}
        nameOf={({ label }) => label}
        describe={shownOf}
        beside={carrierOf}
        form={(props) => <ProviderForm {...props} />}
        remove={({ id }) => client.deleteProvider(id)}
        more={(provider) => (
          <button
            type="button"
            class="button small"
            aria-label={PRICES.title(provider.label)}
            onClick={() => setPriced(provider)}
          >
            {PRICES.action}
          </button>
        )}
      />
      {priced !== null && <PricesDialog provider={priced} onClose={() => setPriced(null)} />}
    </>
  );
}
