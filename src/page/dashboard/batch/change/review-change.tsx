/**
 * The review before a change is saved: who waits longer, and who could never be called. Making people fail needs a
 * confirmation.
 */

import { useRef, useState } from "preact/hooks";
import type { BatchChangePreviewed, ChangePreview } from "../../../../client/client.ts";
import { useDashboard } from "../../api/context.ts";
import { useResource } from "../../api/use-resource.ts";
import { Figure } from "../../new-batch/outlook.tsx";
import { dateTime } from "../../text/format.ts";
import { usePhoneFormat } from "../../text/phone.ts";
import { Failure } from "../../ui/failure.tsx";
import { CheckField } from "../../ui/field.tsx";
import { useAttempt } from "../../ui/use-attempt.ts";
import { WaitingLines } from "../../ui/waiting.tsx";
import { effectWords, failureReason, WORDS } from "./words.ts";

type Props = {
  readonly batchId: string;
  readonly change: BatchChangePreviewed;
  readonly words: string;
  readonly save: (allowFailures: boolean) => Promise<void>;
  readonly onBack: () => void;
};

const SHOWN = 20;

export function ReviewChange({ batchId, change, words, save, onBack }: Props) {
  const { client } = useDashboard();
  /** Kept from when the review opened. */
  const asked = useRef(change);
  const { value, error } = useResource("change preview", () => client.previewChange(batchId, asked.current));
  const [mayFail, setMayFail] = useState(false);
  const { isRunning, error: refusal, attempt } = useAttempt(() => save(mayFail));
  const failed = value?.failed ?? 0;
  const isReady = value !== null && (failed === 0 || mayFail);
  return (
    <>
      <p>{WORDS.changes(words)}</p>
      <Failure error={error} />
      {value === null && error === null && <WaitingLines />}
      {value !== null && (
        <>
          <p>{effectWords(value)}</p>
          <dl class="outlook">
            <Figure label={WORDS.same} value={value.same} tone="completed" />
            <Figure label={WORDS.later} value={value.delayed} tone="unanswered" />
            <Figure label={WORDS.sooner} value={value.sooner} tone="talking" />
            <Figure label={WORDS.fail} value={value.failed} tone="failed" />
          </dl>
          <Concerned preview={value} />
          {failed > 0 && <CheckField label={WORDS.failAnyway(failed)} checked={mayFail} onChecked={setMayFail} />}
        </>
      )}
      <Failure error={refusal} of="action" />
      <div class="dialog-foot">
        <button type="button" class="button" onClick={onBack}>
          {WORDS.back}
        </button>
        <button
          type="button"
          class={`button primary ${failed > 0 ? "danger" : ""}`}
          aria-disabled={isRunning || !isReady}
          onClick={() => isReady && void attempt()}
        >
          {isRunning && <span class="spinner" />}
          {failed > 0 && mayFail ? WORDS.saveAndFail(failed) : WORDS.save}
        </button>
      </div>
    </>
  );
}

function Concerned({ preview }: { readonly preview: ChangePreview }) {
  const format = usePhoneFormat();
  const shown = preview.people.slice(0, SHOWN);
  if (shown.length === 0) return null;
  const more = preview.people.length + preview.people_left_out - shown.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
    <section class="others" aria-label={WORDS.some} tabIndex={0}>
      <ul>
        {shown.map(({ id, to_number, reason, next_eligible_at }) => (
          <li key={id}>
            <span class="number nowrap">{format(to_number)}</span>
            <span class="soft">
              {reason !== undefined
                ? failureReason(reason)
                : next_eligible_at !== undefined && WORDS.from(dateTime(next_eligible_at))}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p class="faint small">{WORDS.more(more)}</p>}
    </section>
  );
}
