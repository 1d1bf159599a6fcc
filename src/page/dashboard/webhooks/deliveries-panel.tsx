/** A webhook's latest deliveries and their results; each can be sent again. */

import { useState } from "preact/hooks";
import type { Delivery, Webhook } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { clock, dateTime } from "../text/format.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Failure } from "../ui/failure.tsx";
import { Pill } from "../ui/pill.tsx";
import { DELIVERIES, deliveryState, eventWords, WORDS } from "./words.ts";

const SHOWN = 50;
const READ_EVERY_MS = 2_000;

export function DeliveriesPanel({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
  const { may, client } = useDashboard();
  const { value, error, reload } = useResource(
    `deliveries ${webhook.id}`,
    () => client.listDeliveries(webhook.id, { limit: SHOWN }),
    READ_EVERY_MS,
  );
  const [refused, setRefused] = useState<unknown>(null);
  const act = async (ask: () => Promise<unknown>) => {
    setRefused(null);
    try {
      await ask();
      await reload();
    } catch (failure) {
      setRefused(failure);
    }
  };
  return (
    <Dialog title={WORDS.deliveriesTo(webhook.display_name)} kind="panel" onClose={onClose}>
      <div>
        {may("admin") && (
          <button type="button" class="button" onClick={() => void act(() => client.testWebhook(webhook.id))}>
            {DELIVERIES.test}
          </button>
        )}
      </div>
      <Failure error={refused} of="action" />
      <Failure error={refused === null ? error : null} />
      {value?.data.length === 0 && <p class="soft">{DELIVERIES.none}</p>}
      <ul class="deliveries">
        {value?.data.map((delivery) => (
          <DeliveryItem
            key={delivery.id}
            delivery={delivery}
            onAgain={() => void act(() => client.redeliver(webhook.id, delivery.id))}
          />
        ))}
      </ul>
    </Dialog>
  );
}

function DeliveryItem({ delivery, onAgain }: { readonly delivery: Delivery; readonly onAgain: () => void }) {
  const { type, attempts, created_at, response_status, error_message, next_attempt_at, status } = delivery;
  return (
    <li>
      <div class="row">
        <strong class="grow">{eventWords(type)}</strong>
        <Pill state={deliveryState(delivery)} />
      </div>
      <div class="soft small">
        {dateTime(created_at)} · {DELIVERIES.attempts(attempts)}
        {response_status !== undefined && ` · ${DELIVERIES.answered(response_status)}`}
      </div>
      {error_message !== undefined && <div class="fault wrap">{error_message}</div>}
      {next_attempt_at !== undefined && <div class="faint small">{DELIVERIES.next(clock(next_attempt_at))}</div>}
      {status !== "pending" && (
        <div>
          <button type="button" class="button small" onClick={onAgain}>
            {DELIVERIES.again}
          </button>
        </div>
      )}
    </li>
  );
}
