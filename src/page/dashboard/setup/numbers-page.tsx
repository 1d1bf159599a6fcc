/** The numbers that calls are made from. */

import { useState } from "preact/hooks";
import type { PhoneNumber } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { Form } from "./form.tsx";
import { type FormProps, KeptPage } from "./kept-page.tsx";

export function NumbersPage() {
  const { client } = useDashboard();
  const format = usePhoneFormat();
  const items = useResource("numbers", () => allPages((page) => client.listPhoneNumbers(page)));
  return (
    <KeptPage<PhoneNumber>
      title="Numbers"
      about="The numbers you call from. People see them when their phone rings."
      first="A batch calls from one of your numbers. Add a provider first."
      icon="number"
      one="number"
      add="Add a number"
      items={items}
      nameOf={({ label }) => label}
      describe={({ provider, agent, calls_per_second: pace }) =>
        [provider.label, agent?.name, pace ? `${pace} calls per second` : null].filter(Boolean).join(" · ")
      }
      beside={({ number }) => <span class="number">{format(number)}</span>}
      form={(props) => <NumberForm {...props} />}
      remove={({ id }) => client.deletePhoneNumber(id)}
    />
  );
}

function NumberForm({ item, onDone, onClose }: FormProps<PhoneNumber>) {
  const { client } = useDashboard();
  const providers = useResource("providers", () => client.listProviders());
  const agents = useResource("agents", () => allPages((page) => client.listAgents(page)));
  const [label, setLabel] = useState(item?.label ?? "");
  const [number, setNumber] = useState("");
  const [providerId, setProviderId] = useState("");
  const [agentId, setAgentId] = useState(item?.agent?.id ?? "");
  const shownPace = item?.calls_per_second?.toString() ?? "";
  const [pace, setPace] = useState(shownPace);
  const firstProvider = providers.value?.[0]?.id ?? "";
  const save = async () => {
    const agent_id = agentId === "" ? null : agentId;
    const calls_per_second = pace === "" ? null : Number(pace);
    await (item === null
      ? client.importPhoneNumber({
          label,
          number: number.replace(/[\s().-]/g, ""),
          provider: { id: providerId || firstProvider },
          agent_id,
          ...(calls_per_second === null ? {} : { calls_per_second }),
        })
      : client.changePhoneNumber(item.id, {
          label,
          agent_id,
          ...(pace === shownPace ? {} : { calls_per_second }),
        }));
    onDone(`${label} is saved.`);
  };
  return (
    <Form title={item === null ? "Add a number" : "Edit number"} action="Save" save={save} onClose={onClose}>
      <TextField label="Label" placeholder="Main line" value={label} onValue={setLabel} isRequired />
      {item === null && (
        <>
          <TextField
            label="Number"
            type="tel"
            placeholder="+1 415 555 0100"
            value={number}
            onValue={setNumber}
            isRequired
          />
          <SelectField
            label="Provider"
            value={providerId || firstProvider}
            onValue={setProviderId}
            {...(providers.value?.length === 0
              ? { hint: <a href={linkTo(["providers"])}>Add a provider first</a> }
              : {})}
          >
            {providers.value?.map((provider) => (
              <option key={provider.id} value={provider.id}>
                {provider.label}
              </option>
            ))}
          </SelectField>
        </>
      )}
      <SelectField label="Agent" value={agentId} onValue={setAgentId}>
        <option value="">None</option>
        {agents.value?.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Calls per second, at most"
        type="number"
        min={0}
        step="any"
        hint="From this number. Empty: as fast as the provider allows."
        value={pace}
        onValue={setPace}
      />
    </Form>
  );
}
