/** The batches that hold slots, and the queue of those that wait. */

import type { Concurrency } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { ago, count } from "../text/format.ts";
import { turnWords } from "../text/turn.ts";
import { useNow } from "../use-now.ts";
import { HOLDING, WAITING, WORDS } from "./words.ts";

const Title = ({ batch }: { readonly batch: { readonly id: string; readonly name: string } }) => (
  <a class="title" href={linkTo(["batches", batch.id])}>
    {batch.name}
  </a>
);

export function Holding({ holding }: { readonly holding: Concurrency["holding"] }) {
  const now = useNow();
  return (
    <section class="card" aria-labelledby="holding">
      <div class="card-head">
        <h2 id="holding">{HOLDING.title}</h2>
        <span class="soft">{WORDS.batches(holding.length)}</span>
      </div>
      {holding.length === 0 ? (
        <p class="card-body soft">{HOLDING.none}</p>
      ) : (
        <table class="list">
          <caption class="unseen">{HOLDING.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{WORDS.batch}</th>
              <th scope="col">{WORDS.created}</th>
              <th scope="col" class="right">
                {HOLDING.slots}
              </th>
            </tr>
          </thead>
          <tbody>
            {holding.map(({ batch, slots, draining, calls_in_flight, created_at }) => (
              <tr key={batch.id} class="leads">
                <td>
                  <Title batch={batch} />
                  <div class="faint small">{draining ? HOLDING.draining : HOLDING.inProgress(calls_in_flight)}</div>
                </td>
                <td class="soft nowrap">{ago(created_at, now)}</td>
                <td class="right number">{count(slots)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

export function Waiting({ waiting }: { readonly waiting: Concurrency["waiting"] }) {
  const now = useNow();
  return (
    <section class="card" aria-labelledby="waiting">
      <div class="card-head">
        <h2 id="waiting">{WAITING.title}</h2>
        <span class="soft">{WORDS.batches(waiting.length)}</span>
      </div>
      {waiting.length === 0 ? (
        <p class="card-body soft">{WAITING.none}</p>
      ) : (
        <table class="list">
          <caption class="unseen">{WAITING.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{WORDS.batch}</th>
              <th scope="col">{WORDS.created}</th>
              <th scope="col" class="right">
                {WAITING.slots}
              </th>
            </tr>
          </thead>
          <tbody>
            {waiting.map(({ batch, slots, priority, turn, created_at }, index) => (
              <tr key={batch.id} class="leads">
                <td>
                  <div class="turn">
                    <span class="place">{index + 1}</span>
                    <Title batch={batch} />
                  </div>
                  <div class="faint small">
                    {WAITING.priority(priority)}
                    {turn !== undefined && ` · ${turnWords(turn)}`}
                  </div>
                </td>
                <td class="soft nowrap">{ago(created_at, now)}</td>
                <td class="right number">{count(slots)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
