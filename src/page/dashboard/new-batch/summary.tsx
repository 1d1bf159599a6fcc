/** What will happen, in a few lines that follow every change; and the way on. */

import type { Concurrency } from "../../../client/client.ts";
import { count, dateTime, plural } from "../text/format.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { Facts } from "../ui/facts.tsx";
import { DAYS, type Draft } from "./draft.ts";
import { type Choices, usualAtOnce } from "./settings.tsx";
import { instantOf } from "./zoned-time.ts";

export function startWords(draft: Draft): string {
  const at = draft.start === "later" ? instantOf(draft.startAt, draft.zone) : null;
  return at === null ? "As soon as there is room" : dateTime(at, draft.zone);
}

export function hoursWords(draft: Draft): string {
  if (!draft.hasHours) return "At any hour";
  const times = draft.hours.map(
    ({ days, from, until }) => `${days.map((day) => DAYS[day]).join(", ")}, ${from} to ${until}`,
  );
  const whose = draft.clock === "recipient" ? "their time" : draft.hoursZone.replaceAll("_", " ");
  return `${times.join("; ")}, ${whose}`;
}

export const atOnce = (draft: Draft, concurrency: Concurrency | null): string =>
  draft.concurrency !== "" ? draft.concurrency : concurrency === null ? "–" : String(usualAtOnce(concurrency));

/** "2 rows at fault, 1 repeat"; null where everybody is called. */
export function leftOutWords(faulty: number, repeats: number): string | null {
  const parts = [
    faulty === 0 ? null : `${plural(faulty, "row")} at fault`,
    repeats === 0 ? null : plural(repeats, "repeat"),
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
    ["From", number === undefined ? "–" : format(number.number)],
    ["At once", atOnce(draft, choices.concurrency)],
    ["Begins", startWords(draft)],
    ["Hours", hoursWords(draft)],
    ["Again", draft.callsAgain ? `Up to ${draft.attempts} calls each` : "Only when you say so"],
  ];
}

type Props = {
  readonly called: number;
  readonly facts: readonly (readonly [string, string])[];
  readonly problem: string | null;
  /** The list is still being read. */
  readonly isWaiting: boolean;
  readonly onReview: () => void;
  /** Null while nothing was entered. */
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
      {isWaiting
        ? "The list is still being read."
        : (problem ?? "Nobody is called before you have seen the whole once more.")}
    </p>
    {onStartOver !== null && (
      <button type="button" class="button plain small" onClick={onStartOver}>
        Start over
      </button>
    )}
  </aside>
);
