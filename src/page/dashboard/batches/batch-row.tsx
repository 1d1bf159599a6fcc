/** One batch in the list. */

import type { Batch } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { batchState } from "../text/batch-state.ts";
import { ago, count, dateTime, percent } from "../text/format.ts";
import { Pill } from "../ui/pill.tsx";
import { useNow } from "../use-now.ts";
import { WORDS } from "./words.ts";

const share = (part: number, all: number): string => `${all === 0 ? 0 : (part / all) * 100}%`;

export function BatchRow({ batch, agent }: { readonly batch: Batch; readonly agent: string }) {
  const now = useNow();
  const { total_calls_scheduled: all, total_calls_dispatched: dispatched, total_calls_finished: finished } = batch;
  const { recipients_called: called, recipients_answered: answered } = batch;
  const inFlight = dispatched - finished;
  return (
    <tr class="leads">
      <td class="wide">
        <a class="title" href={linkTo(["batches", batch.id])}>
          {batch.name}
        </a>
        <div class="faint small">{agent}</div>
      </td>
      <td>
        <Pill state={batchState(batch, now)} />
      </td>
      <td class="grow">
        <div class="progress">
          <div
            class="mini"
            role="progressbar"
            aria-label={WORDS.progressOf(batch.name)}
            aria-valuenow={called}
            aria-valuemin={0}
            aria-valuemax={all}
          >
            <span class="mark mark-completed" style={{ width: share(Math.max(0, called - inFlight), all) }} />
            <span class="mark mark-talking" style={{ width: share(inFlight, all) }} />
          </div>
          <span class="number small soft">{percent(called, all)}</span>
        </div>
      </td>
      <td class="right number" title={answered === undefined ? undefined : WORDS.peopleAnswered(answered)}>
        {answered === undefined || called === 0 ? "–" : percent(answered, called)}
        <span class="folded soft"> {WORDS.answered.toLowerCase()}</span>
      </td>
      <td class="right number">
        {count(all)}
        <span class="folded soft"> {WORDS.peopleOf(all)}</span>
      </td>
      <td class="right soft nowrap" title={dateTime(batch.created_at)}>
        {ago(batch.created_at, now)}
      </td>
    </tr>
  );
}
