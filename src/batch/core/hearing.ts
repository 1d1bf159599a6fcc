/** What each event makes of the batch: what is written, and which effects follow from the event alone. */

import { withGrant } from "../slots/request.ts";
import {
  acknowledged,
  couldNot,
  lineCame,
  lineFailed,
  log,
  refused,
  rulesChanged,
  warn,
  withWebhooks,
} from "./answers.ts";
import type { CallbackNews } from "./asked/callbacks.ts";
import type { Batch } from "./batch.ts";
import type { BatchEvent, Effect } from "./effects.ts";
import { happened } from "./progress.ts";
import { all, type Write } from "./state.ts";

/** What the event writes; null: nothing. Adds its effects to `effects`. */
export function heard(
  batch: Batch,
  event: Exclude<BatchEvent, { kind: "callback" }>,
  now: number,
  effects: Effect[],
): Write {
  switch (event.kind) {
    case "woken":
      return null;
    case "append":
      batch.appends.requested(event);
      return null;
    case "admitted":
      return batch.appends.admitted(batch, event.answer, now, effects);
    case "retry":
      return batch.askedOrders.retry(batch, event, now, effects);
    case "line_checked":
      return batch.askedOrders.lineChecked(batch, event.to, event.dialing, now, effects);
    case "change":
      return batch.askedOrders.change(batch, event, now, effects);
    case "rules_told":
      return batch.askedOrders.rulesTold(batch, event.to, event.isHeard, now, effects);
    case "names":
      batch.line.wantFor(event.to);
      return null;
    case "end_call":
      return batch.endingCalls.requested(batch, event, now, effects);
    case "consulted":
      return batch.endingCalls.consulted(batch, event.to, event.answer, now, effects);
    case "verified":
      return calledBack(batch, batch.callbacks.verified(batch, event.to, event.outcome, now, effects), now, effects);
    case "broke":
      batch.appends.broke(event.to);
      batch.askedOrders.forget(event.to);
      batch.callbacks.forget(event.to);
      return null;
    case "placed": {
      const placed = batch.placing.answered(event.number, event.outcome, batch.isDirect, now);
      if (placed === null) return null;
      if (placed.isThrottled) batch.permission.throttled(now);
      log(placed.logs, effects);
      const pause = placed.isThrottled ? carrierPaused(batch) : null;
      if (placed.kind === "happened")
        return all([pause, happened(batch, event.number, placed.happening, now, effects)]);
      effects.push({ kind: "place", request: placed.request });
      return pause;
    }
    case "asked": {
      const { happening, end, logs } = batch.watch.answered(event.number, event.answer, now);
      log(logs, effects);
      if (end !== null) {
        batch.contexts.endedBecause(event.number, end.reason);
        effects.push({ kind: "ask", request: end.request });
      }
      return happening === null ? null : happened(batch, event.number, happening, now, effects);
    }
    case "line":
      return lineCame(batch, event.line, now, effects);
    case "no_line":
      return lineFailed(batch, event, now, effects);
    case "cleared":
      return refused(batch, batch.permission.refusedBy(event.answer, batch.isDirect, now), now, effects);
    case "not_cleared":
      batch.permission.unanswered();
      couldNot(batch, "clearance_unanswered", event.error, now, effects);
      return null;
    case "report_answered":
      return acknowledged(batch, event, now, effects);
    case "report_unanswered":
      (batch.direct?.unsettled(event.about)?.reporter ?? batch.reporter).failed(now);
      warn(batch, "report_failed", event.error, effects);
      return null;
    case "granted":
      return batch.becoming(withGrant(batch.row, event.answer, now) ?? batch.row);
    case "webhooks":
      return batch.becoming(withWebhooks(batch.row, event.targets));
    case "rules_changed":
      return rulesChanged(batch, event.listed, now, effects);
    case "events_sent":
      batch.outbox.sent(event.ids);
      return null;
    case "events_unsent":
      batch.outbox.unsent(now);
      warn(batch, "events_unsent", event.error, effects);
      return null;
  }
}

/**
 * The carrier's pause outlives the object. The attempt's row cannot say it: whether the call was placed may be unknown,
 * or the attempt is over.
 */
function carrierPaused(batch: Batch): Write {
  const until = batch.placing.pausedUntil;
  return until === batch.row.deferred_until ? null : () => batch.replaceRow({ ...batch.row, deferred_until: until });
}

/** What a genuine callback says. */
function calledBack(batch: Batch, said: CallbackNews | null, now: number, effects: Effect[]): Write {
  if (said === null) return null;
  const { number, event } = said;
  if (event.kind === "progress") return happened(batch, number, event, now, effects);
  // The agent's side closed the audio; the end of the call follows.
  batch.contexts.agentClosed(number);
  return null;
}
