/** Who talks, from which number, and to how many at once. */

import type { Agent, Concurrency, PhoneNumber } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { count, plural } from "../text/format.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import type { Draft, DraftFaults } from "./draft.ts";

export type Choices = {
  readonly agents: readonly Agent[] | null;
  readonly numbers: readonly PhoneNumber[] | null;
  readonly concurrency: Concurrency | null;
};
export type Part = {
  readonly draft: Draft;
  readonly faults: DraftFaults;
  readonly change: (change: Partial<Draft>) => void;
};

function freeNow({ limit, free, waiting }: Concurrency): string {
  const before =
    waiting.length === 0 ? "" : `, and ${plural(waiting.length, "batch waits", "batches wait")} before this one`;
  return `${count(free)} of ${count(limit)} free now${before}. Left empty: ${Math.max(1, Math.floor(limit / 2))}.`;
}

export function Settings({ draft, faults, change, choices }: Part & { readonly choices: Choices }) {
  const format = usePhoneFormat();
  const { agents, numbers, concurrency } = choices;
  return (
    <div class="stack">
      <div class="columns wide-first">
        <TextField
          label="Name"
          placeholder="Appointment reminders, week 48"
          value={draft.name}
          onValue={(name) => change({ name })}
          fault={faults.name ?? null}
        />
        <TextField
          label="Calls at once"
          type="number"
          min={1}
          {...(concurrency === null ? {} : { max: concurrency.limit, hint: freeNow(concurrency) })}
          value={draft.concurrency}
          onValue={(value) => change({ concurrency: value })}
          fault={faults.concurrency ?? null}
        />
      </div>
      <div class="columns">
        <SelectField
          label="Agent"
          value={draft.agentId}
          onValue={(agentId) => change({ agentId })}
          fault={faults.agentId ?? null}
          {...(agents?.length === 0 ? { hint: <a href={linkTo(["agents"])}>Create an agent first</a> } : {})}
        >
          <option value="">Choose …</option>
          {agents?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Calls from"
          value={draft.numberId}
          onValue={(numberId) => change({ numberId })}
          fault={faults.numberId ?? null}
          {...(numbers?.length === 0 ? { hint: <a href={linkTo(["numbers"])}>Add a number first</a> } : {})}
        >
          <option value="">Choose …</option>
          {numbers?.map(({ id, label, number }) => (
            <option key={id} value={id}>
              {label} · {format(number)}
            </option>
          ))}
        </SelectField>
      </div>
    </div>
  );
}
