/** Which calls a report counts: its days, and what narrows it. The address keeps both. */

import { useEffect, useState } from "preact/hooks";
import type { Client } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { dayAfter, dayOf } from "../text/days.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { Segments, TextField } from "../ui/field.tsx";
import { groupName } from "./figures.ts";
import { daysOf, FILTER_NAMES, type Filter, isFiltered, type ReportShown, unfiltered } from "./period.ts";
import { ALL_WORDS, BY_WORDS, PERIODS, WORDS } from "./words.ts";

type Days = Pick<ReportShown, "from" | "until">;
type Props = {
  readonly shown: ReportShown;
  readonly now: number;
  readonly onChange: (change: Partial<ReportShown>) => void;
};

export function Filters({ shown, now, onChange }: Props) {
  return (
    <div class="filters ends">
      <Segments
        legend={WORDS.period}
        options={PERIODS}
        value={String(daysOf(shown, now)) as `${keyof typeof PERIODS}`}
        onValue={(days) => onChange({ until: dayOf(now), from: dayAfter(dayOf(now), 1 - Number(days)) })}
      />
      <TextField label={WORDS.from} type="date" value={shown.from} onValue={(from) => onChange({ from })} />
      <TextField label={WORDS.until} type="date" value={shown.until} onValue={(until) => onChange({ until })} />
      {FILTER_NAMES.map((name) => (
        <Choice key={name} name={name} shown={shown} onChoose={(id) => onChange({ [name]: id })} />
      ))}
      {isFiltered(shown) && (
        <a class="button plain small" href={linkTo(["reports"], unfiltered(shown))}>
          {WORDS.clear}
        </a>
      )}
    </div>
  );
}

type Named = { readonly id: string; readonly name: string };

/** Agents, numbers and providers that exist; batches and countries that had calls in these days. */
const CHOICES: Readonly<
  Record<Filter, (client: Client, days: Days, format: (number: string) => string) => Promise<readonly Named[]>>
> = {
  agent: (client) => allPages((page) => client.listAgents(page)),
  batch: async (client, { from, until }) =>
    (await client.getReport({ from, until, by: "batch" })).data.flatMap(({ key, name }) =>
      name === undefined ? [] : [{ id: key, name }],
    ),
  number: async (client, _, format) =>
    (await allPages((page) => client.listPhoneNumbers(page))).map(({ id, label, number }) => ({
      id,
      name: `${label} · ${format(number)}`,
    })),
  provider: async (client) => (await client.listProviders()).map(({ id, label }) => ({ id, name: label })),
  country: async (client, { from, until }, format) =>
    (await client.getReport({ from, until, by: "country" })).data.map((group) => ({
      id: group.key,
      name: groupName(group, "country", format),
    })),
};

type ChoiceProps = { readonly name: Filter; readonly shown: ReportShown; readonly onChoose: (id: string) => void };

/**
 * What there is to choose from is read when the list is looked at, or to name what is chosen, which stands there until
 * then. For batches and countries it is a report of its own.
 */
function Choice({ name, shown, onChoose }: ChoiceProps) {
  const { client } = useDashboard();
  const format = usePhoneFormat();
  const chosen = shown[name];
  const [choices, setChoices] = useState<readonly Named[]>([]);
  // If it fails, the report's own reading says why.
  const read = () => void CHOICES[name](client, shown, format).then(setChoices, () => {});
  useEffect(() => void (chosen && read()), []);
  const all = [{ id: "", name: ALL_WORDS[name] }, ...choices];
  if (!all.some(({ id }) => id === chosen)) all.push({ id: chosen, name: chosen });
  return (
    <select
      class="input auto"
      aria-label={BY_WORDS[name]}
      value={chosen}
      onFocus={read}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      {all.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
