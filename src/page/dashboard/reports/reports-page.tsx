/** What calls came to, over any days: figures, groups of them, and when people answer. */

import type { GetReportQuery, Report } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { useDashboard } from "../api/context.ts";
import { type Resource, useResource } from "../api/use-resource.ts";
import { go } from "../router.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { ExportButton } from "../ui/export-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { Icon } from "../ui/icon.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { Bars } from "./bars.tsx";
import { FigureTiles } from "./figure-tiles.tsx";
import { Filters } from "./filters.tsx";
import { Groups } from "./groups.tsx";
import { HeatMap } from "./heat-map.tsx";
import { BYS, queryOf, type ReportShown, shownOf } from "./period.ts";
import { BY_WORDS, COLUMN_HINTS, COLUMNS, REASONS, TRIES, WORDS } from "./words.ts";

/** A batch tells within a minute. */
const READ_EVERY_MS = 30_000;

function useReport(asked: GetReportQuery, by: NonNullable<GetReportQuery["by"]>): Resource<Report> {
  const { client } = useDashboard();
  return useResource(by + JSON.stringify(asked), () => client.getReport({ ...asked, by }), READ_EVERY_MS);
}

export function ReportsPage({ query }: { readonly query: URLSearchParams }) {
  const { client } = useDashboard();
  const now = Date.now();
  const shown = shownOf(query, now);
  const asked = queryOf(shown);
  const report = useReport(asked, shown.by);
  const hours = useReport(asked, "hour_of_week");
  const numbers = useReport(asked, "number");
  const change = (part: Partial<ReportShown>) => go(linkTo(["reports"], { ...shown, ...part }));
  const isEmpty = report.value !== null && !hasCounted(report.value);
  return (
    <>
      <PageHead title={WORDS.title} about={WORDS.about}>
        <ExportButton
          name={`${WORDS.export} ${shown.from} ${shown.until}`}
          filter={null}
          all={WORDS.exportAll}
          read={(separator) => client.exportReport({ ...asked, by: shown.by, separator })}
        />
      </PageHead>
      <div class="stack">
        <Filters shown={shown} now={now} onChange={change} />
        <Failure error={report.error ?? hours.error ?? numbers.error} />
        {report.value === null && report.error === null && <WaitingLines />}
        {isEmpty && <NoCalls />}
        {report.value !== null && !isEmpty && (
          <>
            <FigureTiles total={report.value.total} />
            <Falling report={numbers.value} />
            <section class="card" aria-labelledby="groups">
              <div class="card-head">
                <h2 id="groups">{`By ${BY_WORDS[shown.by].toLowerCase()}`}</h2>
                <select
                  class="input auto apart"
                  aria-label={WORDS.by}
                  value={shown.by}
                  onChange={(event) => change({ by: event.currentTarget.value as ReportShown["by"] })}
                >
                  {BYS.map((by) => (
                    <option key={by} value={by}>
                      {BY_WORDS[by]}
                    </option>
                  ))}
                </select>
              </div>
              <Groups report={report.value} by={shown.by} />
              <details class="folds-open">
                <summary>
                  <Icon name="chevron" />
                  {WORDS.counted}
                </summary>
                <dl class="card-body counted">
                  {(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map((name) => (
                    <div key={name}>
                      <dt>{COLUMNS[name]}</dt>
                      <dd class="hint">{COLUMN_HINTS[name]}</dd>
                    </div>
                  ))}
                </dl>
              </details>
            </section>
            <div class="columns">
              <Bars title={REASONS.title} about={REASONS.about} bars={reasonsOf(report.value.total)} />
              <Bars
                title={TRIES.title}
                about={TRIES.about}
                bars={report.value.total.completed_on_attempt.map((count, at) => [TRIES.labels[at] ?? "", count])}
              />
            </div>
            {hours.value !== null && <HeatMap groups={hours.value.data} />}
          </>
        )}
      </div>
    </>
  );
}

const hasCounted = ({ total }: Report): boolean =>
  total.dialed + Object.values(total.not_called).reduce((sum, count) => sum + count, 0) > 0;

const reasonsOf = ({ not_reached, not_called }: Report["total"]): [string, number][] =>
  Object.entries({ ...not_reached, ...not_called }).map(([reason, count]) => [
    REASONS[reason as keyof typeof not_reached],
    count,
  ]);

function Falling({ report }: { readonly report: Report | null }) {
  const format = usePhoneFormat();
  const falling = (report?.data ?? []).filter(({ is_falling }) => is_falling);
  if (falling.length === 0) return null;
  const share = (rate: number | null | undefined) => `${Math.round((rate ?? 0) * 100)}%`;
  return (
    <div class="notice held" role="status">
      <Icon name="warning" />
      <div>
        <strong>{WORDS.falling}</strong>
        <ul>
          {falling.map(({ key, name, answer_rate, answer_rate_before }) => (
            <li
              key={key}
            >{`${name === undefined ? WORDS.gone : format(name)}: ${share(answer_rate)}, before ${share(answer_rate_before)}`}</li>
          ))}
        </ul>
        <p class="small">{WORDS.fallingAbout}</p>
      </div>
    </div>
  );
}

const NoCalls = () => (
  <div class="card empty">
    <Icon name="report" size={28} />
    <h2>{WORDS.none}</h2>
    <p>{WORDS.noneAbout}</p>
  </div>
);
