/** One person: their data, and every attempt to reach them. */

import { outcomeOf } from "../../../../calling/words/outcome.ts";
import type { BatchDetail } from "../../../../client/client.ts";
import { useDashboard } from "../../api/context.ts";
import { useResource } from "../../api/use-resource.ts";
import { notBefore, theyWaitWords } from "../../text/batch-state.ts";
import { zoneName } from "../../text/hours.ts";
import { OUTCOME_WORDS } from "../../text/outcomes.ts";
import { usePhoneFormat } from "../../text/phone.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Failure } from "../../ui/failure.tsx";
import { PERSON } from "../words.ts";
import { AttemptItem } from "./attempt-item.tsx";
import { PersonActions } from "./person-actions.tsx";
import { aboutOf } from "./search.ts";

/** While the panel shows a person who is on the phone. */
const READ_EVERY_MS = 2_000;

type Recipient = BatchDetail["recipients"][number];
type Props = { readonly batchId: string; readonly recipient: Recipient; readonly onClose: () => void };

export function PersonPanel({ batchId, recipient, onClose }: Props) {
  const { client, may } = useDashboard();
  const format = usePhoneFormat();
  const { value, error, reload } = useResource(
    `person ${recipient.id}`,
    () => client.getRecipient(batchId, recipient.id),
    READ_EVERY_MS,
  );
  const known = value ?? recipient;
  const attempts = value?.attempts ?? [];
  const { metadata, external_id, timezone } = known;
  const earliest = notBefore(known);
  const facts: (readonly [string, string])[] = Object.entries(metadata ?? {}).map(([name, value]) => [
    name,
    aboutOf(value),
  ]);
  const ids: (readonly [string, string])[] = [
    ...(external_id === undefined ? [] : [[PERSON.yourId, external_id] as const]),
    [PERSON.id, recipient.id],
    ...(timezone === undefined ? [] : [[PERSON.timezone, zoneName(timezone)] as const]),
  ];
  return (
    <Dialog title={format(recipient.to_number)} kind="panel" onClose={onClose}>
      <div class="state">
        <span class={`mark mark-${outcomeOf(known)}`} />
        {OUTCOME_WORDS[outcomeOf(known)]}
      </div>
      {may("operator") && <PersonActions recipient={known} onDone={() => void reload()} />}
      {known.waiting_reason !== undefined && (
        <div class="notice">
          <div>
            {theyWaitWords(known.waiting_reason)}
            {earliest !== undefined && <div>{PERSON.notBefore(earliest)}</div>}
          </div>
        </div>
      )}
      <Failure error={error} />
      {facts.length > 0 && (
        <section class="stack">
          <h3>{PERSON.sent}</h3>
          <Facts facts={facts} />
        </section>
      )}
      <section class="stack">
        <h3>{PERSON.attempts}</h3>
        {value !== null && attempts.length === 0 && <p class="soft">{PERSON.notCalled}</p>}
        <ol class="attempts">
          {[...attempts].reverse().map((attempt) => (
            <AttemptItem key={attempt.attempt} attempt={attempt} />
          ))}
        </ol>
      </section>
      <section class="stack">
        <h3>{PERSON.details}</h3>
        <Facts facts={ids} />
      </section>
    </Dialog>
  );
}
