/** Weeks as rows of days. Where seven columns have no room, a list of the days that have something. */

import { linkTo } from "../address.ts";
import { batchState } from "../text/batch-state.ts";
import { dayOf } from "../text/days.ts";
import { timeOfDay } from "../text/format.ts";
import { DAYS } from "../text/hours.ts";
import type { ViewProps } from "./agenda.tsx";
import { dateWords, dayWords } from "./period.ts";
import { type Entry, peopleLeft } from "./placing.ts";
import { hoursWords, leftWords, WORDS } from "./words.ts";

const IN_A_DAY = 3;

export function Weeks({ shown, placed, now }: ViewProps) {
  const today = dayOf(now);
  const weeks = Map.groupBy(shown, (_, place) => Math.floor(place / 7));
  return (
    <table class="card weeks">
      <caption class="unseen">{WORDS.title}</caption>
      <thead>
        <tr>
          {Object.values(DAYS).map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...weeks.values()].map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td key={day} class={`${day < today ? "past" : ""} ${placed.has(day) ? "" : "none"}`}>
                <a
                  class="day number"
                  href={linkTo(["calendar"], { day })}
                  aria-label={dayWords(day)}
                  aria-current={day === today ? "date" : undefined}
                >
                  <span class="unfolded">{dateWords(day, day === shown[0])}</span>
                  <span class="folded">{dayWords(day)}</span>
                </a>
                <OfDay day={day} entries={placed.get(day) ?? []} now={now} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type OfDayProps = { readonly day: string; readonly entries: readonly Entry[]; readonly now: number };

function OfDay({ day, entries, now }: OfDayProps) {
  const more = entries.length - IN_A_DAY;
  return (
    <ul>
      {entries.slice(0, IN_A_DAY).map(({ batch, at }) => {
        const state = batchState(batch, now);
        const words = [state.word, leftWords(peopleLeft(batch)), hoursWords(batch, state.starts)];
        const about = words.filter((one) => one !== "").join(" · ");
        return (
          <li key={batch.id} class={state.tone}>
            <a href={linkTo(["batches", batch.id])} title={`${batch.name} · ${about}`}>
              <span class="number">{at === null ? WORDS.now : timeOfDay(at)}</span> {batch.name}
            </a>
            <div class="folded soft small">{about}</div>
          </li>
        );
      })}
      {more > 0 && (
        <li>
          <a href={linkTo(["calendar"], { day })}>{WORDS.more(more)}</a>
        </li>
      )}
    </ul>
  );
}
