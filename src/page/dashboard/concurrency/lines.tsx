/** The batches that hold slots, and the queue of those that wait. */

import type { Concurrency } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { ago, count, plural } from "../text/format.ts";
import { turnWords } from "../text/turn.ts";
import { useNow } from "../use-now.ts";

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
        <h2 id="holding">Calling now</h2>
        <span class="soft">{plural(holding.length, "batch", "batches")}</span>
      </div>
      {holding.length === 0 ? (
        <p class="card-body soft">No batch is calling now.</p>
      ) : (
        <table class="list">
          <caption class="unseen">Batches that hold calls, oldest first</caption>
          <thead>
            <tr>
              <th scope="col">Batch</th>
              <th scope="col">Created</th>
              <th scope="col" class="right">
                Calls at once
              </th>
            </tr>
          </thead>
          <tbody>
            {holding.map(({ batch, slots, draining, calls_in_flight, created_at }) => (
              <tr key={batch.id} class="leads">
                <td>
                  <Title batch={batch} />
                  <div class="faint small">
                    {draining ? "On its last calls" : `${plural(calls_in_flight, "call", "calls")} in progress`}
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

export function Waiting({ waiting }: { readonly waiting: Concurrency["waiting"] }) {
  const now = useNow();
  return (
    <section class="card" aria-labelledby="waiting">
      <div class="card-head">
        <h2 id="waiting">Waiting for their turn</h2>
        <span class="soft">{plural(waiting.length, "batch", "batches")}</span>
      </div>
      {waiting.length === 0 ? (
        <p class="card-body soft">No batch is waiting.</p>
      ) : (
        <table class="list">
          <caption class="unseen">Batches that wait, in the order of their turn</caption>
          <thead>
            <tr>
              <th scope="col">Batch</th>
              <th scope="col">Created</th>
              <th scope="col" class="right">
                Needs
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
                    Priority {priority}
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
