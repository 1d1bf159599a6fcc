/** Settings that most batches leave at their defaults, folded; a line shows the ones that are set. */

import { useState } from "preact/hooks";
import { Icon } from "../ui/icon.tsx";
import { Care } from "./care.tsx";
import { Carrier } from "./carrier.tsx";
import type { DraftField } from "./faults.ts";
import type { Part } from "./part.ts";
import { AtOnce, type Choices, Priority } from "./settings.tsx";
import { HoursDetails } from "./timing.tsx";
import { advancedWords, WORDS } from "./words.ts";

const INSIDE: readonly DraftField[] = ["concurrency", "again", "timeouts", "pace", "stops"];

export function Advanced({ choices, ...part }: Part & { readonly choices: Choices }) {
  const [isOpened, setOpened] = useState(false);
  const isOpen = isOpened || INSIDE.some((field) => part.faults[field] !== undefined);
  const set = advancedWords(part.draft);
  return (
    <details class="card folds-open" open={isOpen} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron" />
        <h2>{WORDS.advanced}</h2>
        <span class="soft small clip">{set ?? WORDS.advancedUsual}</span>
      </summary>
      {isOpen && (
        <div class="card-body stack wide-gaps">
          <section class="stack" aria-labelledby="size">
            <h3 id="size">{WORDS.limits}</h3>
            <div class="columns">
              <AtOnce {...part} concurrency={choices.concurrency} isNew />
              <Priority {...part} />
            </div>
            <Carrier {...part} />
          </section>
          {part.draft.hasHours && (
            <section class="stack" aria-labelledby="hours">
              <h3 id="hours">{WORDS.hours}</h3>
              <HoursDetails {...part} />
            </section>
          )}
          <section class="stack" aria-labelledby="care">
            <h3 id="care">{WORDS.notReached}</h3>
            <Care {...part} />
          </section>
        </div>
      )}
    </details>
  );
}
