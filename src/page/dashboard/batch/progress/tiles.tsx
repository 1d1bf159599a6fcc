/** Four figures about the progress, or, for a finished batch, about its result. */

import type { ComponentChildren } from "preact";
import type { BatchDetail } from "../../../../client/client.ts";
import { callsPerMinute, type Sample } from "../../live/history.ts";
import { isTalking, isWaiting } from "../../text/batch-state.ts";
import { count, duration, percent } from "../../text/format.ts";
import { useNow } from "../../use-now.ts";
import { TILES } from "../words.ts";
import { leftMs } from "./time-left.ts";

const Tile = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }) => (
  <div class="tile">
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

const msBetween = (from: string | undefined, until: string): number | null =>
  from === undefined ? null : Date.parse(until) - Date.parse(from);

type Props = { readonly batch: BatchDetail; readonly completed: number; readonly seen: readonly Sample[] };

export function Tiles({ batch, completed, seen }: Props) {
  const now = useNow(1_000);
  const { total_calls_scheduled: all, total_calls_dispatched: dispatched, total_calls_finished: finished } = batch;
  const { recipients_called: called } = batch;
  const isOver = !isWaiting(batch) && !isTalking(batch);
  const rate = callsPerMinute(seen, now);
  const tookMs = msBetween(batch.admitted_at, batch.last_updated_at);
  const left = leftMs(batch, rate, now);
  return (
    <dl class="tiles">
      <Tile label={TILES.called}>
        {count(called)} <small>{TILES.of(all)}</small>
      </Tile>
      <Tile label={TILES.completed}>
        {count(completed)} <small>{TILES.ofCalled(percent(completed, Math.max(called, 1)))}</small>
      </Tile>
      {isOver ? (
        <Tile label={TILES.perMinute}>
          {tookMs === null || tookMs <= 0 ? (
            "–"
          ) : (
            <>
              {count(Math.round(called / (tookMs / 60_000)))} <small>{TILES.average}</small>
            </>
          )}
        </Tile>
      ) : (
        <Tile label={TILES.onPhone}>
          {count(dispatched - finished)} <small>{TILES.atOnce(batch.target_concurrency_limit)}</small>
        </Tile>
      )}
      {isOver ? (
        <Tile label={TILES.took}>{tookMs === null ? "–" : duration(tookMs)}</Tile>
      ) : (
        <Tile label={TILES.timeLeft}>
          {left === null ? "–" : duration(left)}{" "}
          {rate !== null && rate > 0 && isTalking(batch) && batch.paused_at === undefined && (
            <small>{TILES.rate(rate)}</small>
          )}
        </Tile>
      )}
    </dl>
  );
}
