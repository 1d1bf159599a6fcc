/** What the batch has now, to be changed. Only what was edited is sent; what cannot be changed any more is not there. */

import { useState } from "preact/hooks";
import { type Batch, type BatchDetail, CallbatchError } from "../../../../client/client.ts";
import { useDashboard } from "../../api/context.ts";
import { useResource } from "../../api/use-resource.ts";
import { Again } from "../../new-batch/care.tsx";
import { Carrier } from "../../new-batch/carrier.tsx";
import type { Draft } from "../../new-batch/draft.ts";
import type { DraftFaults } from "../../new-batch/draft-faults.ts";
import { atOnceAtMost, Size } from "../../new-batch/settings.tsx";
import { CallingHours, Start } from "../../new-batch/timing.tsx";
import { Form } from "../../setup/form.tsx";
import { isWaiting } from "../../text/batch-state.ts";
import { people } from "../../text/format.ts";
import { TextField } from "../../ui/field.tsx";
import { changeable, changedWords, changeFaults, changeOf, draftOf, refusedFields } from "./change.ts";

const NO_FAULTS: DraftFaults = {};

function whomItConcerns(batch: BatchDetail): string {
  const waiting = batch.recipients.filter(({ status }) => status === "queued").length;
  if (batch.status === "cancelled") return "It is cancelled, so nothing but its name can be changed.";
  return isWaiting(batch)
    ? `It takes effect at once, for ${people(waiting)} who still wait. Calls that are going on stay as they are.`
    : "Nobody waits any more: it holds for those who are called again, or added.";
}

type Props = {
  /** As it was read by itself. */
  readonly batch: BatchDetail;
  readonly onDone: (answer: Batch) => void;
  readonly onClose: () => void;
};

export function ChangeBatch({ batch, onDone, onClose }: Props) {
  const { client, say } = useDashboard();
  const concurrency = useResource("concurrency", () => client.getConcurrency());
  const [before] = useState(() => draftOf(batch, Date.now()));
  const [draft, setDraft] = useState(before);
  const [refused, setRefused] = useState(NO_FAULTS);
  const can = changeable(batch);
  const limit = concurrency.value === null ? null : atOnceAtMost(concurrency.value);
  const faults = changeFaults(before, draft, limit, Date.now());
  const words = changedWords(before, draft);
  const problem = Object.values(faults)[0];
  const change = (edited: Partial<Draft>) => {
    setRefused(NO_FAULTS);
    setDraft((now) => ({ ...now, ...edited }));
  };
  const part = { draft, change, faults: { ...refused, ...faults } };

  const save = async () => {
    try {
      onDone(await client.changeBatch(batch.id, changeOf(before, draft)));
    } catch (error) {
      if (error instanceof CallbatchError) setRefused(refusedFields(error.envelope?.issues ?? []));
      throw error;
    }
    say(`Changed: ${words}.`);
    onClose();
  };

  return (
    <Form
      title="Change this batch"
      kind="wide"
      action="Change it"
      isReady={words !== null && problem === undefined}
      about={problem ?? (words === null ? "Nothing is changed yet." : `You change: ${words}.`)}
      save={save}
      onClose={onClose}
    >
      <p class="soft">{whomItConcerns(batch)}</p>
      {can.calls ? (
        <Size {...part} concurrency={concurrency.value} />
      ) : (
        <TextField
          label="Name"
          value={draft.name}
          onValue={(name) => change({ name })}
          fault={part.faults.name ?? null}
        />
      )}
      {can.start && <Start {...part} />}
      {can.calls && (
        <>
          <CallingHours {...part} />
          <Again {...part} />
          <Carrier {...part} />
        </>
      )}
    </Form>
  );
}
