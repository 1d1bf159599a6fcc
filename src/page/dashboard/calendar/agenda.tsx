/** A list by day: what starts or goes on, its hours, and how many people are left. */

import type { Batch } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { batchState } from "../text/batch-state.ts";
import { dayOf } from "../text/days.ts";
import { timeOfDay } from "../text/format.ts";
import { dayWords } from "./period.ts";
import { type Placed, peopleLeft } from "./placing.ts";
import { hoursWords, leftWords, WORDS } from "./words.ts";

export type ViewProps = {
  /** The days, in order. */
  readonly shown: readonly string[];
  readonly placed: Placed["days"];
  readonly now: number;
  readonly nameOfAgent: (id: string) => string;
};

export function Agenda({ shown, placed, now, nameOfAgent }: ViewProps) {
  const today = dayOf(now);
  return (
    <ul class="card agenda">
      {shown.map((day) => {
        const entries = placed.get(day) ?? [];
        return (
          <li key={day} class={entries.length === 0 ? "faint" : ""}>
            <h3>
              {dayWords(day)}
              {day === today && <span class="tag">{WORDS.today}</span>}
            </h3>
            {entries.length === 0 ? (
              <p>{WORDS.nothing}</p>
            ) : (
              <ul>
                {entries.map(({ batch, at }) => (
                  <Line
                    key={batch.id}
                    batch={batch}
                    time={at === null ? WORDS.now : timeOfDay(at)}
                    now={now}
                    agent={nameOfAgent(batch.agent_id)}
                  />
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ul>
  );
}

type LineProps = {
  readonly batch: Batch;
  /** When it starts or calls next; null: that is not known. */
  readonly time: string | null;
  readonly now: number;
  readonly agent: string;
};

/** The day and the time say until when it waits. */
function Line({ batch, time, now, agent }: LineProps) {
  const state = batchState(batch, now);
  const hours = hoursWords(batch, state.starts);
  return (
    <li class="entry">
      {time !== null && <span class="number time">{time}</span>}
      <div class="grow">
        <a class="title" href={linkTo(["batches", batch.id])}>
          {batch.name}
        </a>
        {hours !== "" && <div class="soft small">{hours}</div>}
        {agent !== "" && <div class="faint small">{agent}</div>}
      </div>
      <span class="soft small number">{leftWords(peopleLeft(batch))}</span>
      <span class={`pill ${state.tone}`}>{state.word}</span>
    </li>
  );
}

type HeldProps = Pick<ViewProps, "now" | "nameOfAgent"> & { readonly batches: readonly Batch[] };

export const Held = ({ batches, now, nameOfAgent }: HeldProps) => (
  <section class="card" aria-labelledby="held">
    <div class="card-head">
      <h2 id="held">{WORDS.held}</h2>
      <span class="soft">{WORDS.heldAbout}</span>
    </div>
    <ul class="card-body">
      {batches.map((batch) => (
        <Line key={batch.id} batch={batch} time={null} now={now} agent={nameOfAgent(batch.agent_id)} />
      ))}
    </ul>
  </section>
);
