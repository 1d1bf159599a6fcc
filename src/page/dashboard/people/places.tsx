/** Where a person is: each batch or direct call, with every attempt. */

import { outcomeOf } from "../../../calling/words/outcome.ts";
import type { PersonPlace } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { AttemptItem } from "../batch/people/attempt-item.tsx";
import { notBefore, theyWaitWords } from "../text/batch-state.ts";
import { dateTime } from "../text/format.ts";
import { endWords, OUTCOME_WORDS } from "../text/outcomes.ts";
import { WORDS } from "./words.ts";

export const Places = ({ places }: { readonly places: readonly PersonPlace[] }) => (
  <section class="stack">
    <h2>{WORDS.places}</h2>
    {places.map((place) => (
      <Place key={place.id} place={place} />
    ))}
  </section>
);

function Place({ place }: { readonly place: PersonPlace }) {
  const { batch_id, batch_name, attempts, waiting_reason } = place;
  const outcome = outcomeOf(place);
  const why = endWords(place);
  const earliest = notBefore(place);
  return (
    <article class="card card-body stack">
      <div class="row">
        <h3 class="grow wrap">
          {batch_id === undefined ? WORDS.direct : <a href={linkTo(["batches", batch_id])}>{batch_name}</a>}
        </h3>
        <span class="soft small">{dateTime(place.created_at)}</span>
      </div>
      <div class="state">
        <span class={`mark mark-${outcome}`} />
        <span class="wrap">
          {OUTCOME_WORDS[outcome]}
          {why !== "" && <span class="soft"> · {why}</span>}
        </span>
      </div>
      {waiting_reason !== undefined && (
        <div class="notice">
          <div>
            {theyWaitWords(waiting_reason)}
            {earliest !== undefined && <div>{WORDS.notBefore(dateTime(earliest))}</div>}
          </div>
        </div>
      )}
      {attempts.length === 0 && waiting_reason === undefined && <p class="soft">{WORDS.notCalled}</p>}
      {attempts.length > 0 && (
        <ol class="attempts">
          {[...attempts].reverse().map((attempt) => (
            <AttemptItem key={attempt.attempt} attempt={attempt} />
          ))}
        </ol>
      )}
    </article>
  );
}
