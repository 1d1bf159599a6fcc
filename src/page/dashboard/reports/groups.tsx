/** The groups of a report in a table. */

import type { Report } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { count, duration } from "../text/format.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { cost, type Group, groupName, rate } from "./figures.ts";
import type { By } from "./period.ts";
import { BY_WORDS, COLUMN_HINTS, COLUMNS, WORDS } from "./words.ts";

type Props = { readonly report: Report; readonly by: By };

export function Groups({ report, by }: Props) {
  const format = usePhoneFormat();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that is wider than a phone is scrolled with keys, too.
    <section class="scroll" tabIndex={0} aria-label={WORDS.table}>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">{BY_WORDS[by]}</th>
            {(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map((name) => (
              <th key={name} scope="col" class="right" title={COLUMN_HINTS[name]}>
                {COLUMNS[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.data.map((group) => (
            <tr key={group.key}>
              <th scope="row" class="title">
                {by === "batch" && group.name !== undefined ? (
                  <a href={linkTo(["batches", group.key])}>{group.name}</a>
                ) : (
                  groupName(group, by, format)
                )}
              </th>
              <Cells figures={group} />
            </tr>
          ))}
          <tr class="total">
            <th scope="row">{WORDS.total}</th>
            <Cells figures={report.total} />
          </tr>
        </tbody>
      </table>
    </section>
  );
}

const Cells = ({ figures }: { readonly figures: Omit<Group, "key"> }) => {
  const { not_reached: not, duration_median_seconds: median } = figures;
  return (
    <>
      <td class="right number">{count(figures.dialed)}</td>
      <td class="right number nowrap">
        {rate(figures.answer_rate)} <span class="faint">{count(figures.answered)}</span>
      </td>
      <td class="right number">{count(figures.machine)}</td>
      <td class="right number">{count(figures.completed)}</td>
      <td class="right number nowrap">
        {count(not.busy)} / {count(not.no_answer)} / {count(not.dial_failed + not.other)}
      </td>
      <td class="right number">{count(Math.round(figures.talk_minutes))}</td>
      <td class="right number nowrap">{cost(figures.costs)}</td>
      <td class="right number nowrap">{median === null ? "–" : duration(median * 1_000)}</td>
    </>
  );
};
