/** One attempt to reach a person, and what was said about its call. */

import { outcomeOf } from "../../../calling/words/outcome.ts";
import type { Attempt } from "../../../client/client.ts";
import { clock, dateTime, duration } from "../text/format.ts";
import { endWords, OUTCOME_WORDS } from "../text/outcomes.ts";

const ANSWERED_BY: Readonly<Record<NonNullable<Attempt["answered_by"]>, string>> = {
  human: " · a person answered",
  machine: " · a machine answered",
  unknown: "",
};

const ms = (from: string, until: string): string => duration(Date.parse(until) - Date.parse(from));

export function AttemptItem({ attempt }: { readonly attempt: Attempt }) {
  const { dispatched_at, answered_at, ended_at } = attempt;
  const outcome = outcomeOf(attempt);
  const why = endWords(attempt);
  return (
    <li class={`mark-${outcome}`}>
      <strong>
        {OUTCOME_WORDS[outcome]}
        {why !== "" && <span class="soft"> · {why}</span>}
      </strong>
      <div class="soft small">
        {dateTime(attempt.created_at)}
        {dispatched_at !== undefined && answered_at !== undefined && ` · rang for ${ms(dispatched_at, answered_at)}`}
        {dispatched_at !== undefined && answered_at === undefined && ended_at !== undefined && (
          <> · rang for {ms(dispatched_at, ended_at)}</>
        )}
        {attempt.answered_by !== undefined && ANSWERED_BY[attempt.answered_by]}
        {answered_at !== undefined && ended_at !== undefined && ` · talked for ${ms(answered_at, ended_at)}`}
        {answered_at !== undefined && ended_at === undefined && ` · answered at ${clock(answered_at)}`}
      </div>
      {(attempt.carrier_code !== undefined || attempt.sip_code !== undefined) && (
        <div class="faint small">
          {attempt.carrier_code !== undefined && `Carrier code ${attempt.carrier_code}`}
          {attempt.sip_code !== undefined && ` SIP ${attempt.sip_code}`}
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
          {recording_url !== undefined && <Outside href={recording_url}>Recording</Outside>}
          {transcript_url !== undefined && <Outside href={transcript_url}>Transcript</Outside>}
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
