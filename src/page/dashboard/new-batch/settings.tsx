/** Who talks, from which number, and to how many at once. */

import { mostForBatches } from "../../../calling/slots.ts";
import type { Agent, Concurrency, PhoneNumber } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { count, plural } from "../text/format.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { NumberField } from "./number-field.tsx";
import type { Part } from "./part.ts";

export type Choices = {
  readonly agents: readonly Agent[] | null;
  readonly numbers: readonly PhoneNumber[] | null;
  readonly concurrency: Concurrency | null;
};
/** What is kept free for direct calls no batch may have. */
export const atOnceAtMost = ({ limit, reserved }: Concurrency): number => mostForBatches({ limit, reserved });

const freeNow = ({ limit, free }: Concurrency): string => `${count(free)} of ${count(limit)} free now`;

function beforeThis({ waiting }: Concurrency): string {
  return waiting.length === 0 ? "" : `, and ${plural(waiting.length, "batch waits", "batches wait")} before this one`;
}

/** Where nobody says how many. */
export const usualAtOnce = ({ limit }: Concurrency): number => Math.max(1, Math.floor(limit / 2));

type SizeProps = Part & { readonly concurrency: Concurrency | null; readonly isNew?: boolean };

/** What it is called, and how many are called at once. */
export function Size({ draft, faults, change, concurrency, isNew = false }: SizeProps) {
  return (
    <div class="columns wide-first">
      <TextField
        label="Name"
        placeholder="Appointment reminders, week 48"
        value={draft.name}
        onValue={(name) => change({ name })}
        fault={faults.name ?? null}
      />
      <NumberField
        draft={draft}
        change={change}
        name="concurrency"
        label="Calls at once"
        bounds={{ least: 1, ...(concurrency === null ? {} : { most: atOnceAtMost(concurrency) }) }}
        {...(concurrency === null ? {} : { hint: `${freeNow(concurrency)}${isNew ? beforeThis(concurrency) : ""}` })}
        {...(concurrency === null || !isNew ? {} : { placeholder: String(usualAtOnce(concurrency)) })}
        fault={faults.concurrency ?? null}
      />
    </div>
  );
}

export function Settings({ draft, faults, change, choices }: Part & { readonly choices: Choices }) {
  const format = usePhoneFormat();
  const { agents, numbers, concurrency } = choices;
  return (
    <div class="stack">
      <Size draft={draft} faults={faults} change={change} concurrency={concurrency} isNew />
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
