/** The figures of a whole period, each with how it is counted. */

import type { Report } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { useDashboard } from "../api/context.ts";
import { count, duration, plural } from "../text/format.ts";
import { cost, rate } from "./figures.ts";
import { COST, FIGURES } from "./words.ts";

export function FigureTiles({ total }: { readonly total: Report["total"] }) {
  const { duration_median_seconds: median, duration_p90_seconds: p90 } = total;
  const shown: Readonly<Record<keyof typeof FIGURES, string>> = {
    dialed: count(total.dialed),
    answered: `${rate(total.answer_rate)} · ${count(total.answered)}`,
    completed: count(total.completed),
    cost: cost(total.costs),
    minutes: duration(total.talk_minutes * 60_000),
    lengths: median === null || p90 === null ? "–" : `${duration(median * 1_000)} · ${duration(p90 * 1_000)}`,
  };
  return (
    <dl class="card figures">
      {(Object.keys(FIGURES) as (keyof typeof FIGURES)[]).map((name) => (
        <div key={name}>
          <dt>{FIGURES[name][0]}</dt>
          <dd>
            <div class="figure number">{shown[name]}</div>
            <div class="hint">{FIGURES[name][1]}</div>
            {name === "cost" && <Unpriced total={total} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Unpriced({ total }: { readonly total: Report["total"] }) {
  const { may } = useDashboard();
  const { costs, minutes_without_price: minutes } = total;
  if (minutes === 0) return null;
  return (
    <>
      <div class="hint">{costs.length === 0 ? COST.none : COST.unpriced(plural(minutes, "minute"))}</div>
      {may("admin") && (
        <a class="small block" href={linkTo(["providers"])}>
          {COST.set}
        </a>
      )}
    </>
  );
}
