/** What will happen, in a few lines that follow every change, and the button to continue. */

import type { Concurrency } from "../../../client/client.ts";
import type { Draft } from "../draft/draft.ts";
import { type Choices, usualAtOnce } from "../draft/settings.tsx";
import { hoursWords, WORDS } from "../draft/words.ts";
import { instantOf } from "../draft/zoned-time.ts";
import { count, dateTime, plural } from "../text/format.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { Facts } from "../ui/facts.tsx";

export function startWords(draft: Draft): string {
  const at = draft.start === "later" ? instantOf(draft.startAt, draft.zone) : null;
  return at === null ? WORDS.startNow : dateTime(at, draft.zone);
}

export const atOnce = (draft: Draft, concurrency: Concurrency | null): string =>
  draft.concurrency !== "" ? draft.concurrency : concurrency === null ? "–" : String(usualAtOnce(concurrency));

/** "2 rows at fault, 1 repeat"; null if all are called. */
export function leftOutWords(faulty: number, repeats: number): string | null {
  const parts = [
    faulty === 0 ? null : plural(faulty, "row with errors", "rows with errors"),
    repeats === 0 ? null : plural(repeats, "duplicate"),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(", ");
}

type LeftOut = string | null;
export function useFacts(draft: Draft, choices: Choices, leftOut: LeftOut): readonly (readonly [string, string])[] {
  const format = usePhoneFormat();
  const number = choices.numbers?.find(({ id }) => id === draft.numberId);
  return [
    ...(leftOut === null ? [] : [["Left out", leftOut] as const]),
    ["Agent", choices.agents?.find(({ id }) => id === draft.agentId)?.name ?? "–"],
    ["Calls from", number === undefined ? "–" : format(number.number)],
    ["Calls at once", atOnce(draft, choices.concurrency)],
    ["Start", startWords(draft)],
    ["Hours", hoursWords(draft)],
    ["Retries", draft.callsAgain ? `Up to ${draft.attempts} calls each` : "None"],
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
  <aside class="card card-body stack summary" aria-label="What will happen">
    <div>
      <div class="big">{count(called)}</div>
      <div class="soft">{called === 1 ? "person will be called" : "people will be called"}</div>
    </div>
    <Facts facts={facts} />
    <button type="button" class="button primary" aria-disabled={isWaiting} onClick={onReview}>
      {isWaiting && <span class="spinner" />}
      Review
    </button>
    <p class={problem === null ? "hint" : "fault"} role="status">
      {isWaiting ? "The list is still being read." : (problem ?? "Nobody is called until you confirm.")}
    </p>
    {onStartOver !== null && (
      <button type="button" class="button plain small" onClick={onStartOver}>
        Start over
      </button>
    )}
  </aside>
);
