/** Which calls a report counts: its days, and what narrows it. The address keeps both. */

import { linkTo } from "../address.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useLatest, useResource } from "../api/use-resource.ts";
import { dayAfter, dayOf } from "../text/days.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { Segments, TextField } from "../ui/field.tsx";
import { groupName } from "./figures.ts";
import { daysOf, FILTER_NAMES, type Filter, isFiltered, type ReportShown, unfiltered } from "./period.ts";
import { ALL_WORDS, BY_WORDS, PERIODS, WORDS } from "./words.ts";

type Props = {
  readonly shown: ReportShown;
  readonly now: number;
  readonly onChange: (change: Partial<ReportShown>) => void;
};

export function Filters({ shown, now, onChange }: Props) {
  const choices = useChoices(shown);
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
        <Choice
          key={name}
          name={name}
          chosen={shown[name]}
          choices={choices[name]}
          onChoose={(id) => onChange({ [name]: id })}
        />
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
function useChoices({ from, until }: ReportShown): Readonly<Record<Filter, readonly Named[]>> {
  const { client } = useDashboard();
  const format = usePhoneFormat();
  const agents = useResource("agents", () => allPages((page) => client.listAgents(page)));
  const numbers = useResource("numbers", () => allPages((page) => client.listPhoneNumbers(page)));
  const providers = useResource("providers", () => client.listProviders());
  const batches = useLatest(
    useResource(`batches ${from} ${until}`, () => client.getReport({ from, until, by: "batch" })),
  );
  const countries = useLatest(
    useResource(`countries ${from} ${until}`, () => client.getReport({ from, until, by: "country" })),
  );
  return {
    agent: agents.value ?? [],
    batch: (batches?.data ?? []).flatMap(({ key, name }) => (name === undefined ? [] : [{ id: key, name }])),
    number: (numbers.value ?? []).map(({ id, label, number }) => ({ id, name: `${label} · ${format(number)}` })),
    provider: (providers.value ?? []).map(({ id, label }) => ({ id, name: label })),
    country: (countries?.data ?? []).map((group) => ({
      id: group.key,
      name: groupName(group, "country", format),
    })),
  };
}

type ChoiceProps = {
  readonly name: Filter;
  readonly chosen: string;
  readonly choices: readonly Named[];
  readonly onChoose: (id: string) => void;
};

/** Not shown where there is nothing to choose. What is chosen stands there before its name is known. */
function Choice({ name, chosen, choices, onChoose }: ChoiceProps) {
  if (chosen === "" && choices.length < 2) return null;
  const isKnown = chosen === "" || choices.some(({ id }) => id === chosen);
  return (
    <select
      class="input auto"
      aria-label={BY_WORDS[name]}
      value={chosen}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      <option value="">{ALL_WORDS[name]}</option>
      {(isKnown ? choices : [{ id: chosen, name: chosen }, ...choices]).map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
