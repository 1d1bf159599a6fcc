/** The programs that receive events. */

import { useState } from "preact/hooks";
import type { Webhook } from "../../../client/client.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { KeptPage } from "../setup/kept-page.tsx";
import { Pill } from "../ui/pill.tsx";
import { DeliveriesPanel } from "./deliveries-panel.tsx";
import { Secret } from "./secret.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { WORDS } from "./words.ts";

export function WebhooksPage() {
  const { client } = useDashboard();
  const items = useResource("webhooks", () => allPages((page) => client.listWebhooks(page)));
  const [watched, setWatched] = useState<Webhook | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <KeptPage<Webhook>
        words={WORDS}
        icon="webhook"
        items={items}
        nameOf={({ display_name }) => display_name}
        describe={({ url, disabled_reason }) => (disabled_reason === undefined ? url : `${url} · ${disabled_reason}`)}
        beside={({ enabled }) => (
          <Pill state={enabled ? { word: WORDS.on, tone: "good" } : { word: WORDS.off, tone: "quiet" }} />
        )}
        form={(props) => <WebhookForm {...props} onSecret={setSecret} />}
        remove={({ id }) => client.deleteWebhook(id)}
        more={(webhook) => (
          <button
            type="button"
            class="button small"
            aria-label={WORDS.deliveriesTo(webhook.display_name)}
            onClick={() => setWatched(webhook)}
          >
            {WORDS.deliveries}
          </button>
        )}
      />
      {watched !== null && <DeliveriesPanel webhook={watched} onClose={() => setWatched(null)} />}
      {secret !== null && <Secret secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}
