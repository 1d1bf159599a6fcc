/** What will happen, in a few lines that follow every change, and the button to continue. */

import type { Concurrency } from "../../../client/client.ts";
import type { Draft } from "../draft/draft.ts";
import { type Choices, usualAtOnce } from "../draft/settings.tsx";
import { hoursWords, WORDS } from "../draft/words.ts";
import { instantOf } from "../draft/zoned-time.ts";
import { count, dateTime } from "../text/format.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { Facts } from "../ui/facts.tsx";
import { SUMMARY } from "./words.ts";

export function startWords(draft: Draft): string {
  const at = draft.start === "later" ? instantOf(draft.startAt, draft.zone) : null;
  return at === null ? WORDS.startNow : dateTime(at, draft.zone);
}

export const atOnce = (draft: Draft, concurrency: Concurrency | null): string =>
  draft.concurrency !== "" ? draft.concurrency : concurrency === null ? "–" : String(usualAtOnce(concurrency));

type LeftOut = string | null;
export function useFacts(draft: Draft, choices: Choices, leftOut: LeftOut): readonly (readonly [string, string])[] {
  const format = usePhoneFormat();
  const number = choices.numbers?.find(({ id }) => id === draft.numberId);
  return [
    ...(leftOut === null ? [] : [[SUMMARY.leftOut, leftOut] as const]),
    [SUMMARY.agent, choices.agents?.find(({ id }) => id === draft.agentId)?.name ?? "–"],
    [SUMMARY.from, number === undefined ? "–" : format(number.number)],
    [SUMMARY.atOnce, atOnce(draft, choices.concurrency)],
    [SUMMARY.start, startWords(draft)],
    [SUMMARY.hours, hoursWords(draft)],
    [SUMMARY.retries, draft.callsAgain ? SUMMARY.upTo(draft.attempts) : SUMMARY.noRetries],
  ];
}

type Props = {
  readonly called: number;
  readonly facts: readonly (readonly [string, string])[];
  readonly problem: string | null;
  /** The list is still being read. */
  readonly isWaiting: boolean;
  readonly onReview: () => void;
  /** Null without input. */
  readonly onStartOver: (() => void) | null;
};

export const Summary = ({ called, facts, problem, isWaiting, onReview, onStartOver }: Props) => (
  <aside class="card card-body stack summary" aria-label={SUMMARY.label}>
    <div>
      <div class="big">{count(called)}</div>
      <div class="soft">{SUMMARY.called(called)}</div>
    </div>
    <Facts facts={facts} />
    <button type="button" class="button primary" aria-disabled={isWaiting} onClick={onReview}>
      {isWaiting && <span class="spinner" />}
      {SUMMARY.review}
    </button>
    <p class={problem === null ? "hint" : "fault"} role="status">
      {isWaiting ? SUMMARY.reading : (problem ?? SUMMARY.safe)}
    </p>
    {onStartOver !== null && (
      <button type="button" class="button plain small" onClick={onStartOver}>
        {SUMMARY.startOver}
      </button>
    )}
  </aside>
);
