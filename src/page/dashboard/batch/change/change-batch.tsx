/** Edits a batch's settings. Only edited settings are sent; settings that can no longer change are left out. */

import { useEffect, useRef, useState } from "preact/hooks";
import { type Batch, type BatchDetail, CallbatchError } from "../../../../client/client.ts";
import { useDashboard } from "../../api/context.ts";
import { useResource } from "../../api/use-resource.ts";
import { Again } from "../../draft/care.tsx";
import { Carrier } from "../../draft/carrier.tsx";
import type { Draft } from "../../draft/draft.ts";
import type { DraftFaults } from "../../draft/faults.ts";
import { atOnceAtMost, Priority, Size } from "../../draft/settings.tsx";
import { HoursDetails, HoursField, Start } from "../../draft/timing.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { calleesOf, changeable, changedWords, changeFaults, changeOf, draftOf, refusedFields } from "./change.ts";
import { ReviewChange } from "./review-change.tsx";
import { WORDS, whomItConcerns } from "./words.ts";

const NO_FAULTS: DraftFaults = {};

type Props = {
  /** From a read of this batch alone. */
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

  const [callees] = useState(() => calleesOf(batch, Date.now()));
  const [isAsked, setAsked] = useState(false);
  const step = useRef<HTMLDivElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // The element with the focus belonged to the previous step.
    if (!isFirst.current) step.current?.focus();
    isFirst.current = false;
  }, [isAsked]);
  const isReady = words !== null && problem === undefined;

  const save = async (allowFailures: boolean) => {
    try {
      onDone(await client.changeBatch(batch.id, { ...changeOf(before, draft), allow_failures: allowFailures }));
    } catch (error) {
      if (error instanceof CallbatchError) setRefused(refusedFields(error.envelope?.issues ?? []));
      throw error;
    }
    say(WORDS.saved(words ?? ""));
    onClose();
  };

  return (
    <Dialog title={WORDS.title} kind="wide" onClose={onClose}>
      <div ref={step} class="stack" tabIndex={-1}>
        {isAsked && words !== null ? (
          <ReviewChange
            batchId={batch.id}
            change={changeOf(before, draft)}
            words={words}
            save={save}
            onBack={() => setAsked(false)}
          />
        ) : (
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (isReady) setAsked(true);
            }}
          >
            <p class="soft">{whomItConcerns(batch)}</p>
            {can.calls ? (
              <Size {...part} concurrency={concurrency.value} />
            ) : (
              <TextField
                label={WORDS.name}
                value={draft.name}
                onValue={(name) => change({ name })}
                fault={part.faults.name ?? null}
              />
            )}
            {can.start && <Start {...part} />}
            {can.calls && (
              <>
                <HoursField {...part} callees={callees} />
                {draft.hasHours && <HoursDetails {...part} />}
                <Priority {...part} />
                <Again {...part} />
                <Carrier {...part} />
              </>
            )}
            <div class="dialog-foot">
              <p class="hint" role="status">
                {problem ?? (words === null ? WORDS.nothingYet : WORDS.changes(words))}
              </p>
              <button type="submit" class="button primary" aria-disabled={!isReady}>
                {WORDS.review}
              </button>
            </div>
          </form>
        )}
      </div>
    </Dialog>
  );
}
