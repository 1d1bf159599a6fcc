/** What a batch says after an event: questions about calls, reports, webhook events. And when it has to act next. */

import type { Batch, Telling } from "./batch.ts";
import { nextDue } from "./due.ts";
import type { Effect } from "./effects.ts";

export function speak(batch: Batch, now: number, effects: Effect[]): void {
  const waitsForLine = askAboutCalls(batch, now, effects);
  fetchLine(batch, now, effects);
  batch.sumsDue.heard(now);
  const toldAt = batch.tellings().map((telling) => report(batch, telling, now, effects));
  const events = batch.outbox.toSend(batch.isCalling, now);
  if (events !== null) effects.push({ kind: "send_events", events });
  const { row, roster, freeSlots, pauses, watch, placing, expiresAt, attempts, recoveryMs } = batch;
  const due = nextDue(
    {
      row,
      roster,
      freeSlots,
      pauses,
      askAfter: watch.askAfter,
      isAsking: watch.isAsking || !placing.isIdle || waitsForLine,
      toldAt: [...toldAt, batch.outbox.dueAt(batch.isCalling, now)],
      expiresAt,
      saveBy: attempts.saveBy,
      recoveryMs,
    },
    now,
  );
  if (due.timerAt !== null) effects.push({ kind: "wake", at: due.timerAt });
  effects.push({ kind: "set_alarm", due: due.alarm });
}

export function fetchLine({ line }: Batch, now: number, effects: Effect[]): void {
  if (line.isToBeAsked(now)) effects.push({ kind: "fetch_line" });
}

/** Whether a call must be asked about for which the line is fetched; its arrival continues the work. */
function askAboutCalls({ watch, line: lines }: Batch, now: number, effects: Effect[]): boolean {
  if (!watch.hasDue(now)) return false;
  const line = lines.ready(now);
  if (line === null) lines.want();
  else for (const request of watch.ask(line, now)) effects.push({ kind: "ask", request });
  return line === null;
}

/** When the report is due; null without news. If that is now, it leaves. */
function report(batch: Batch, { reporter, report, summary }: Telling, now: number, effects: Effect[]): number | null {
  const { dueAt, leaving } = reporter.planned(report, batch.reportedWhen(now), () =>
    batch.sumsDue.counted(batch.roster, now),
  );
  if (leaving === null) return dueAt;
  const { sumsDueAt, ...told } = report;
  // Lists show why the batch waits. The reason is sent along with other news, and is never the only cause of a
  // report.
  const listed = batch.isDirect
    ? { waiting: null }
    : { waiting: batch.waiting(now), callingWindow: batch.callingHours.own, onVoicemail: batch.row.on_voicemail };
  const sums = leaving.sums === null ? {} : { sums: batch.untoldSums() };
  effects.push({ kind: "report", report: { ...told, summary: { ...summary(), ...listed }, ...sums } });
  return dueAt;
}
