/** The review before people are added: how many, how many of them would be called, and when. */

import { useRef } from "preact/hooks";
import type { BatchDetail } from "../../../../client/client.ts";
import { useDashboard } from "../../api/context.ts";
import { useResource } from "../../api/use-resource.ts";
import { Preview } from "../../list/preview.tsx";
import { Figure, Others } from "../../new-batch/outlook.tsx";
import { reached } from "../../new-batch/words.ts";
import { Failure } from "../../ui/failure.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { WaitingLines } from "../../ui/waiting.tsx";
import { type Addition, previewedOf } from "./adding.ts";
import { turnWords, WORDS } from "./words.ts";

type Props = {
  readonly batch: BatchDetail;
  readonly addition: Addition;
  readonly add: () => Promise<void>;
  readonly onBack: () => void;
};

export function LookAtAdded({ batch, addition, add, onBack }: Props) {
  const { client } = useDashboard();
  /** Kept from when the dialog opened. */
  const asked = useRef(previewedOf(batch, addition.added));
  const { value, error } = useResource("preview of more", () => client.previewBatch(asked.current));
  const { isRunning, error: refusal, attempt } = useAttempt(add);
  const isReady = value !== null || error !== null;
  const added = addition.added.length - (value?.skipped ?? 0);
  return (
    <>
      <p class="soft">{turnWords(batch, Date.now())}</p>
      <Failure error={error} />
      {!isReady && <WaitingLines />}
      {value !== null && (
        <dl class="outlook">
          <Figure label={WORDS.called} value={reached(value)} tone="completed" />
          <Figure label={WORDS.known} value={addition.known} tone="cancelled" />
          <Figure label={WORDS.listed} value={value.skipped} tone="unanswered" />
          <Figure label={WORDS.failed} value={value.failed} tone="failed" />
        </dl>
      )}
      {value !== null && value.people.length > 0 && <Others preview={value} />}
      <Preview people={addition.added} />
      <Failure error={refusal} of="action" />
      <div class="dialog-foot">
        <button type="button" class="button" onClick={onBack}>
          {WORDS.back}
        </button>
        <button
          type="button"
          class="button primary"
          aria-disabled={isRunning || !isReady}
          onClick={() => isReady && void attempt()}
        >
          {isRunning && <span class="spinner" />}
          {WORDS.action(added)}
        </button>
      </div>
    </>
  );
}
