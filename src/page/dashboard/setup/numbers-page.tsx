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
import { NUMBER, NUMBERS, WORDS } from "./words.ts";

export function NumbersPage() {
  const { client } = useDashboard();
  const format = usePhoneFormat();
  const items = useResource("numbers", () => allPages((page) => client.listPhoneNumbers(page)));
  return (
    <KeptPage<PhoneNumber>
      words={NUMBERS}
      icon="number"
      items={items}
      nameOf={({ label }) => label}
      describe={({ provider, agent, calls_per_second: pace }) =>
        [provider.label, agent?.name, pace ? NUMBER.paceShown(pace) : null].filter(Boolean).join(" · ")
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
    onDone(WORDS.saved(label));
  };
  return (
    <Form title={item === null ? NUMBERS.add : NUMBER.edit} action={WORDS.save} save={save} onClose={onClose}>
      <TextField label={NUMBER.label} placeholder={NUMBER.labelHint} value={label} onValue={setLabel} isRequired />
      {item === null && (
        <>
          <TextField
            label={NUMBER.number}
            type="tel"
            placeholder="+1 415 555 0100"
            value={number}
            onValue={setNumber}
            isRequired
          />
          <SelectField
            label={NUMBER.provider}
            value={providerId || firstProvider}
            onValue={setProviderId}
            {...(providers.value?.length === 0
              ? { hint: <a href={linkTo(["providers"])}>{NUMBER.noProvider}</a> }
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
      <SelectField label={NUMBER.agent} value={agentId} onValue={setAgentId}>
        <option value="">{NUMBER.noAgent}</option>
        {agents.value?.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label={NUMBER.pace}
        type="number"
        min={0}
        step="any"
        hint={NUMBER.paceHint}
        value={pace}
        onValue={setPace}
      />
    </Form>
  );
}
