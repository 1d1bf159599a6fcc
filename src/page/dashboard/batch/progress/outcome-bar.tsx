/** The outcomes of all recipients as one bar; each part also filters the list below. */

import { OUTCOMES, type Outcome } from "../../../../calling/words/outcome.ts";
import { count } from "../../text/format.ts";
import { OUTCOME_WORDS } from "../../text/outcomes.ts";
import { CHART } from "../words.ts";

type Props = {
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly all: number;
  readonly chosen: Outcome | null;
  readonly onChoose: (outcome: Outcome | null) => void;
};

export function OutcomeBar({ counts, all, chosen, onChoose }: Props) {
  const shown = OUTCOMES.filter((outcome) => counts[outcome] > 0);
  const parts = shown.map((outcome) => `${OUTCOME_WORDS[outcome]} ${counts[outcome]}`);
  return (
    <section class="card card-body" aria-label={CHART.outcomes}>
      <div class="outcomes" role="img" aria-label={CHART.ofAll(all, parts)}>
        {shown.map((outcome) => (
          <span
            key={outcome}
            class={`mark mark-${outcome}`}
            style={{ width: `${(counts[outcome] / Math.max(all, 1)) * 100}%` }}
          />
        ))}
      </div>
      <div class="legend">
        {/** All present from the start, so the first of a kind moves nothing. */}
        {OUTCOMES.map((outcome) => (
          <button
            key={outcome}
            type="button"
            class={counts[outcome] === 0 ? "none" : ""}
            aria-pressed={chosen === outcome}
            onClick={() => onChoose(chosen === outcome ? null : outcome)}
          >
            <span class={`mark mark-${outcome}`} />
            {OUTCOME_WORDS[outcome]}
            <span class="count">{count(counts[outcome])}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
