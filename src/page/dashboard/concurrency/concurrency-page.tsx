/** The organization's concurrent calls: which batches hold slots, and which wait for some, in order. */

import type { Concurrency } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { count } from "../text/format.ts";
import { Failure } from "../ui/failure.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { Holding, Waiting } from "./lines.tsx";
import { WORDS } from "./words.ts";

const READ_EVERY_MS = 1_500;

export function ConcurrencyPage() {
  const { client } = useDashboard();
  const { value, error } = useResource("concurrency", () => client.getConcurrency(), READ_EVERY_MS);
  return (
    <>
      <PageHead title={WORDS.title} about={WORDS.about} />
      <div class="stack">
        <Failure error={error} />
        {value === null && error === null && <WaitingLines />}
        {value !== null && (
          <>
            <Capacity concurrency={value} />
            <Holding holding={value.holding} />
            <Waiting waiting={value.waiting} />
          </>
        )}
      </div>
    </>
  );
}

function Capacity({ concurrency }: { readonly concurrency: Concurrency }) {
  const { limit, in_use, free, holding, calls_outside_batches } = concurrency;
  const share = (slots: number) => ({ width: `${(slots / Math.max(limit, in_use, 1)) * 100}%` });
  return (
    <section class="card card-body" aria-label={WORDS.atOnce}>
      <div class="capacity-figures">
        <span class="big number">{count(in_use)}</span>
        <span class="soft">
          {WORDS.inUse(limit)} <strong>{WORDS.free(free)}</strong>
        </span>
      </div>
      <div class="capacity" aria-hidden="true">
        {holding.map(({ batch, slots, draining }) => (
          <span
            key={batch.id}
            class={draining ? "draining" : ""}
            style={share(slots)}
            title={`${batch.name}: ${slots}`}
          />
        ))}
        {calls_outside_batches > 0 && <span style={share(calls_outside_batches)} title={WORDS.single} />}
      </div>
      {calls_outside_batches > 0 && <p class="soft small capacity-more">{WORDS.outside(calls_outside_batches)}</p>}
    </section>
  );
}
