/** Where to send events, and which. */

import { useState } from "preact/hooks";
import { WEBHOOK_EVENTS, type WebhookEventType } from "../../../calling/messages/webhook.ts";
import type { Webhook } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { Form } from "../setup/form.tsx";
import type { FormProps } from "../setup/kept-page.tsx";
import { WORDS as KEPT } from "../setup/words.ts";
import { CheckField, TextField } from "../ui/field.tsx";
import { eventWords, FORM, WORDS } from "./words.ts";

type Props = FormProps<Webhook> & { readonly onSecret: (secret: string) => void };

export function WebhookForm({ item, onDone, onClose, onSecret }: Props) {
  const { client } = useDashboard();
  const [name, setName] = useState(item?.display_name ?? "");
  const [url, setUrl] = useState(item?.url ?? "");
  const [events, setEvents] = useState<readonly WebhookEventType[]>(item?.events ?? WEBHOOK_EVENTS);
  const [isOn, setOn] = useState(item?.enabled ?? true);
  const toggle = (type: WebhookEventType, isWanted: boolean) =>
    setEvents(WEBHOOK_EVENTS.filter((one) => (one === type ? isWanted : events.includes(one))));
  const save = async () => {
    const body = { display_name: name, url, events: [...events] };
    const saved = await (item === null
      ? client.createWebhook(body)
      : client.changeWebhook(item.id, { ...body, enabled: isOn, ...(url === item.url ? {} : { secret: null }) }));
    onDone(KEPT.saved(name));
    if (saved.secret !== undefined) onSecret(saved.secret);
  };
  return (
    <Form title={item === null ? WORDS.add : FORM.edit} action={KEPT.save} save={save} onClose={onClose}>
      <TextField label={FORM.name} placeholder={FORM.nameHint} value={name} onValue={setName} isRequired />
      <TextField
        label={FORM.url}
        placeholder="https://example.com/callbatch"
        value={url}
        onValue={setUrl}
        isRequired
        hint={item === null ? FORM.urlHint : FORM.newUrlHint}
      />
      <fieldset class="stack">
        <legend>{FORM.events}</legend>
        {WEBHOOK_EVENTS.map((type) => (
          <CheckField
            key={type}
            label={eventWords(type)}
            checked={events.includes(type)}
            onChecked={(isWanted) => toggle(type, isWanted)}
          />
        ))}
      </fieldset>
      {item !== null && <CheckField label={FORM.on} hint={FORM.onHint} checked={isOn} onChecked={setOn} />}
    </Form>
  );
}
