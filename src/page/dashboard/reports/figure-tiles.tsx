/** The figures of a whole period, each with how it is counted. */

import type { Report } from "../../../client/client.ts";
import { count, duration } from "../text/format.ts";
import { rate } from "./figures.ts";
import { FIGURES } from "./words.ts";

export function FigureTiles({ total }: { readonly total: Report["total"] }) {
  const { duration_median_seconds: median, duration_p90_seconds: p90 } = total;
  const shown: Readonly<Record<keyof typeof FIGURES, string>> = {
    dialed: count(total.dialed),
    answered: `${rate(total.answer_rate)} · ${count(total.answered)}`,
    completed: count(total.completed),
    minutes: duration(total.talk_minutes * 60_000),
    median: median === null ? "–" : duration(median * 1_000),
    p90: p90 === null ? "–" : duration(p90 * 1_000),
  };
  return (
    <dl class="card figures">
      {(Object.keys(FIGURES) as (keyof typeof FIGURES)[]).map((name) => (
        <div key={name}>
          <dt>{FIGURES[name][0]}</dt>
          <dd>
            <div class="figure number">{shown[name]}</div>
            <div class="hint">{FIGURES[name][1]}</div>
          </dd>
        </div>
      ))}
    </dl>
  );
}
