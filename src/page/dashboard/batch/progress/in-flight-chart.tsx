/** Calls in flight and the limit, over time. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Sample } from "../../live/history.ts";
import { CHART } from "../words.ts";
import type { Chart } from "./chart.ts";

/** `limit`: the batch's present limit; its line covers the time in which it was seen. */
export function InFlightChart({ samples, limit }: { readonly samples: readonly Sample[]; readonly limit: number }) {
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<Chart | null>(null);
  useEffect(() => {
    let drawn: Chart | null = null;
    let isWanted = true;
    void import("./chart.ts").then(
      ({ drawChart }) => {
        if (!isWanted || place.current === null) return;
        drawn = drawChart(place.current);
        setChart(drawn);
      },
      () => {},
    );
    return () => {
      isWanted = false;
      drawn?.destroy();
    };
  }, []);
  useEffect(() => chart?.show(samples), [chart, samples]);
  const last = samples.at(-1);
  const peak = samples.reduce((most, { inFlight }) => Math.max(most, inFlight), 0);
  return (
    <section class="card" aria-labelledby="in-flight">
      <div class="card-head">
        <h2 id="in-flight" class="grow">
          {CHART.title}
        </h2>
        <div class="chart-key" aria-hidden="true">
          <span>
            <i />
            {CHART.inFlight}
          </span>
          <span>
            <i class="limit" />
            {CHART.limit(limit)}
          </span>
        </div>
      </div>
      <div
        ref={place}
        class="chart"
        role="img"
        aria-label={CHART.about(last?.inFlight ?? 0, peak, last?.limit ?? limit)}
      />
    </section>
  );
}
