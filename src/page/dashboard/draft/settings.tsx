/** Which agent calls, from which number, and how many calls at once. */

import { mostForBatches } from "../../../calling/messages/slots.ts";
import { EXPECTED_CALL_SECONDS } from "../../../calling/requests/limits.ts";
import type { Agent, Concurrency, PhoneNumber } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import type { Person } from "../list/people.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { PRIORITY_WORDS } from "../text/priority.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import type { Draft } from "./draft.ts";
import type { Callees } from "./latest-ring.ts";
import { NumberField } from "./number-field.tsx";
import type { Part } from "./part.ts";
import { SIZE } from "./words.ts";
import { instantOf } from "./zoned-time.ts";

export type Choices = {
  readonly agents: readonly Agent[] | null;
  readonly numbers: readonly PhoneNumber[] | null;
  readonly concurrency: Concurrency | null;
};
/** Slots reserved for direct calls are not for batches. */
export const atOnceAtMost = ({ limit, reserved }: Concurrency): number => mostForBatches({ limit, reserved });

/** The default. */
export const usualAtOnce = ({ limit }: Concurrency): number => Math.max(1, Math.floor(limit / 2));

type AtOnceProps = Part & { readonly concurrency: Concurrency | null; readonly isNew?: boolean };

/** The field for concurrent calls. */
export const AtOnce = ({ draft, faults, change, concurrency, isNew = false }: AtOnceProps) => (
  <NumberField
    draft={draft}
    change={change}
    name="concurrency"
    label={SIZE.atOnce}
    bounds={{ least: 1, ...(concurrency === null ? {} : { most: atOnceAtMost(concurrency) }) }}
    {...(concurrency === null
      ? {}
      : { hint: SIZE.free(concurrency.free, concurrency.limit, isNew ? concurrency.waiting.length : 0) })}
    {...(concurrency === null || !isNew ? {} : { placeholder: String(usualAtOnce(concurrency)) })}
    fault={faults.concurrency ?? null}
  />
);

/** Which batch goes first while several wait for slots. */
export const Priority = ({ draft, change }: Part) => (
  <SelectField
    label={PRIORITY_WORDS.label}
    hint={PRIORITY_WORDS.hint}
    value={draft.priority}
    onValue={(priority) => change({ priority })}
  >
    {Object.entries(PRIORITY_WORDS.options).map(([value, label]) => (
      <option key={value} value={value}>
        {label}
      </option>
    ))}
  </SelectField>
);

/** The batch's name, and how many calls at once. */
export const Size = (part: AtOnceProps) => (
  <div class="columns wide-first">
    <Name {...part} />
    <AtOnce {...part} />
  </div>
);

const Name = ({ draft, faults, change }: Part) => (
  <TextField
    label={SIZE.name}
    placeholder={SIZE.nameHint}
    value={draft.name}
    onValue={(name) => change({ name })}
    fault={faults.name ?? null}
  />
);

/** For how late a phone could ring: until the batch would end, if every call takes the usual time. */
export function calleesOf(draft: Draft, people: readonly Person[], { concurrency }: Choices, now: number): Callees {
  const startsAt = (draft.start === "later" ? instantOf(draft.startAt, draft.zone) : null) ?? now;
  const atOnce = Number(draft.concurrency) || (concurrency === null ? 1 : usualAtOnce(concurrency));
  const endsAt = startsAt + Math.ceil(people.length / atOnce) * EXPECTED_CALL_SECONDS.usual * 1_000;
  return { numbers: people, startsAt, endsAt };
}

export function Settings({ draft, faults, change, choices }: Part & { readonly choices: Choices }) {
  const format = usePhoneFormat();
  const { agents, numbers } = choices;
  return (
    <div class="stack">
      <Name draft={draft} faults={faults} change={change} />
      <div class="columns">
        <SelectField
          label={SIZE.agent}
          value={draft.agentId}
          onValue={(agentId) => change({ agentId })}
          fault={faults.agentId ?? null}
          {...(agents?.length === 0 ? { hint: <a href={linkTo(["agents"])}>{SIZE.noAgent}</a> } : {})}
        >
          <option value="">{SIZE.choose}</option>
          {agents?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={SIZE.from}
          value={draft.numberId}
          onValue={(numberId) => change({ numberId })}
          fault={faults.numberId ?? null}
          {...(numbers?.length === 0 ? { hint: <a href={linkTo(["numbers"])}>{SIZE.noNumber}</a> } : {})}
        >
          <option value="">{SIZE.choose}</option>
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
