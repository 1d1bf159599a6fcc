/** The agents that talk to people who answer. */

import { useState } from "preact/hooks";
import type { Agent } from "../../../client/client.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { Segments, SelectField, TextField } from "../ui/field.tsx";
import { Form } from "./form.tsx";
import { type FormProps, KeptPage } from "./kept-page.tsx";
import { AGENT, AGENTS, KINDS, type Kind, PLACES, WORDS } from "./words.ts";

type Connection = Agent["connection"];

/** Where the agent is: an address, or its id there. */
function placeOf(connection: Connection): string {
  switch (connection.type) {
    case "websocket":
      return connection.url;
    case "cartesia":
      return connection.agent_id;
    case "livekit":
      return connection.agent_name;
  }
}

function connectionOf(kind: Kind, place: string): Connection {
  switch (kind) {
    case "websocket":
      return { type: kind, url: place };
    case "cartesia":
      return { type: kind, agent_id: place };
    case "livekit":
      return { type: kind, agent_name: place };
  }
}

export function AgentsPage() {
  const { client } = useDashboard();
  const items = useResource("agents", () => allPages((page) => client.listAgents(page)));
  return (
    <KeptPage<Agent>
      words={AGENTS}
      icon="agent"
      items={items}
      nameOf={({ name }) => name}
      describe={({ connection }) => placeOf(connection)}
      beside={({ connection }) => KINDS[connection.type]}
      form={(props) => <AgentForm {...props} />}
      remove={({ id }) => client.deleteAgent(id)}
    />
  );
}

function AgentForm({ item, onDone, onClose }: FormProps<Agent>) {
  const { client } = useDashboard();
  const [name, setName] = useState(item?.name ?? "");
  const [kind, setKind] = useState<Kind>(item?.connection.type ?? "websocket");
  const [place, setPlace] = useState(item === null ? "" : placeOf(item.connection));
  const [webhookId, setWebhookId] = useState(item?.webhook_id ?? "");
  const webhooks = useResource("webhooks", () => allPages((page) => client.listWebhooks(page)));
  // The one that is set stands there before the list has come.
  const choices = (webhooks.value ?? []).map(({ id, display_name }) => [id, display_name] as const);
  const isListed = choices.some(([id]) => id === webhookId);
  const save = async () => {
    const body = { name, connection: connectionOf(kind, place.trim()), webhook_id: webhookId || null };
    await (item === null ? client.createAgent(body) : client.changeAgent(item.id, body));
    onDone(WORDS.saved(name));
  };
  return (
    <Form title={item === null ? AGENTS.add : AGENT.edit} action={WORDS.save} save={save} onClose={onClose}>
      <TextField label={AGENT.name} value={name} onValue={setName} isRequired />
      <div>
        <Segments legend={AGENT.kind} options={KINDS} value={kind} onValue={setKind} />
      </div>
      <TextField {...PLACES[kind]} value={place} onValue={setPlace} isRequired />
      <SelectField label={AGENT.webhook} hint={AGENT.webhookHint} value={webhookId} onValue={setWebhookId}>
        <option value="">{AGENT.noWebhook}</option>
        {(isListed || webhookId === "" ? choices : [[webhookId, webhookId] as const, ...choices]).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </Form>
  );
}
