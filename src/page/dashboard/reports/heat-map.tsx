/** When people answer: a cell for each hour of the week, the darker the more of them do. */

import { count, plural } from "../text/format.ts";
import { type Group, hourWords, rate } from "./figures.ts";
import { WEEKDAYS, WORDS } from "./words.ts";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function HeatMap({ groups }: { readonly groups: readonly Group[] }) {
  const byHour = new Map(groups.map((group) => [Number(group.key), group]));
  const most = Math.max(0.01, ...groups.map(({ answer_rate }) => answer_rate ?? 0));
  return (
    <section class="card card-body" aria-labelledby="heat">
      <h2 id="heat">{WORDS.heat}</h2>
      <p class="hint">{WORDS.heatAbout}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that is wider than a phone is scrolled with keys, too. */}
      <section class="scroll" tabIndex={0} aria-label={WORDS.hours}>
        <table class="heat">
          <thead>
            <tr>
              <td />
              {HOURS.map((hour) => (
                <th key={hour} scope="col" class="number">
                  <span class="unseen">{hourWords(hour)}</span>
                  <span aria-hidden="true">{hour % 3 === 0 ? hour : ""}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {WEEKDAYS.map((day, at) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                {HOURS.map((hour) => (
                  <Cell key={hour} group={byHour.get(at * 24 + hour)} most={most} when={`${day} ${hourWords(hour)}`} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

type CellProps = { readonly group: Group | undefined; readonly most: number; readonly when: string };

function Cell({ group, most, when }: CellProps) {
  if (group === undefined || group.answer_rate === null) return <td />;
  const words = `${when}: ${rate(group.answer_rate)} of ${plural(group.dialed, "call")}`;
  return (
    <td class="filled" style={{ "--share": String(group.answer_rate / most) }} title={words}>
      <span class="unseen">{`${rate(group.answer_rate)} of ${count(group.dialed)}`}</span>
    </td>
  );
}
