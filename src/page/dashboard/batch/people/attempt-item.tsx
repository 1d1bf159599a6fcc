/** One attempt to reach a person, and what was said about its call. */

import { outcomeOf } from "../../../../calling/words/outcome.ts";
import type { Attempt } from "../../../../client/client.ts";
import { clock, dateTime, duration } from "../../text/format.ts";
import { endWords, OUTCOME_WORDS } from "../../text/outcomes.ts";
import { ATTEMPT } from "../words.ts";

const ms = (from: string, until: string): string => duration(Date.parse(until) - Date.parse(from));

/** When it began, how long it rang, who answered, and how long they talked. */
function courseOf({ created_at, dispatched_at, answered_at, ended_at, answered_by }: Attempt): string[] {
  const rangUntil = answered_at ?? ended_at;
  const rang = dispatched_at === undefined || rangUntil === undefined ? null : ms(dispatched_at, rangUntil);
  const words = [
    dateTime(created_at),
    rang === null ? null : ATTEMPT.rang(rang),
    answered_by === undefined ? null : ATTEMPT.answeredBy[answered_by],
    answered_at === undefined
      ? null
      : ended_at === undefined
        ? ATTEMPT.answered(clock(answered_at))
        : ATTEMPT.talked(ms(answered_at, ended_at)),
  ];
  return words.filter((word) => word !== null);
}

export function AttemptItem({ attempt }: { readonly attempt: Attempt }) {
  const outcome = outcomeOf(attempt);
  const why = endWords(attempt);
  return (
    <li class={`mark-${outcome}`}>
      <strong>
        {OUTCOME_WORDS[outcome]}
        {why !== "" && <span class="soft"> · {why}</span>}
      </strong>
      <div class="soft small">{courseOf(attempt).join(" · ")}</div>
      {(attempt.carrier_code !== undefined || attempt.sip_code !== undefined) && (
        <div class="faint small">
          {attempt.carrier_code !== undefined && ATTEMPT.carrier(attempt.carrier_code)}{" "}
          {attempt.sip_code !== undefined && ATTEMPT.sip(attempt.sip_code)}
        </div>
      )}
      <Remarks attempt={attempt} />
      {attempt.agent_call_id !== undefined && <div class="faint small wrap">{attempt.agent_call_id}</div>}
    </li>
  );
}

/** What an agent, or a receiver of events, has said about the call. */
function Remarks({ attempt }: { readonly attempt: Attempt }) {
  const { outcome, tags = [], notes, recording_url, transcript_url } = attempt;
  return (
    <>
      {(outcome !== undefined || tags.length > 0) && (
        <div class="row remarks">
          {outcome !== undefined && <strong class="wrap">{outcome}</strong>}
          {tags.map((tag) => (
            <span key={tag} class="tag">
              {tag}
            </span>
          ))}
        </div>
      )}
      {notes !== undefined && <p class="wrap notes">{notes}</p>}
      {(recording_url !== undefined || transcript_url !== undefined) && (
        <div class="row small">
          {recording_url !== undefined && <Outside href={recording_url}>{ATTEMPT.recording}</Outside>}
          {transcript_url !== undefined && <Outside href={transcript_url}>{ATTEMPT.transcript}</Outside>}
        </div>
      )}
    </>
  );
}

const Outside = ({ href, children }: { readonly href: string; readonly children: string }) => (
  <a href={href} target="_blank" rel="noreferrer noopener">
    {children}
  </a>
);
