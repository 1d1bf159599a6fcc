/** The agents that talk to people who answer. */

import { useState } from "preact/hooks";
import type { Agent } from "../../../client/client.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { Segments, SelectField, TextField } from "../ui/field.tsx";
import { Form } from "./form.tsx";
import { type FormProps, KeptPage } from "./kept-page.tsx";

type Connection = Agent["connection"];
type Kind = Connection["type"];

const KINDS: Readonly<Record<Kind, string>> = { websocket: "WebSocket", cartesia: "Cartesia Line", livekit: "LiveKit" };

type Place = { readonly label: string; readonly placeholder: string; readonly hint: string };
const PLACES: Readonly<Record<Kind, Place>> = {
  websocket: {
    label: "WebSocket URL",
    placeholder: "wss://agent.example.com/audio",
    hint: "New calls connect to it.",
  },
  cartesia: {
    label: "Cartesia agent ID",
    placeholder: "agent_…",
    hint: "Needs a Cartesia provider.",
  },
  livekit: {
    label: "LiveKit agent name",
    placeholder: "my-agent",
    hint: "Needs a SIP trunk provider with LiveKit as its gateway.",
  },
};

const WEBHOOK = {
  label: "Webhook",
  none: "None of its own",
  hint: "It gets events of its agents only. A webhook that no agent has gets all events.",
} as const;

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
      title="Agents"
      about="An agent talks to the people who answer. It runs behind a WebSocket, at Cartesia Line or at LiveKit."
      first="A batch needs an agent to talk to people."
      icon="agent"
      one="agent"
      add="New agent"
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
    onDone(`${name} is saved.`);
  };
  return (
    <Form title={item === null ? "New agent" : "Edit agent"} action="Save" save={save} onClose={onClose}>
      <TextField label="Name" value={name} onValue={setName} isRequired />
      <div>
        <Segments legend="Where it runs" options={KINDS} value={kind} onValue={setKind} />
      </div>
      <TextField {...PLACES[kind]} value={place} onValue={setPlace} isRequired />
      <SelectField label={WEBHOOK.label} hint={WEBHOOK.hint} value={webhookId} onValue={setWebhookId}>
        <option value="">{WEBHOOK.none}</option>
        {(isListed || webhookId === "" ? choices : [[webhookId, webhookId] as const, ...choices]).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </Form>
  );
}
