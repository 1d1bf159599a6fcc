/** Adds people to a batch: the list with its errors, a review, and the service's answer. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Appended, Batch, BatchDetail } from "../../../../client/client.ts";
import { useDashboard } from "../../api/context.ts";
import { recipientOf } from "../../draft/draft.ts";
import { Repeats } from "../../list/repeats.tsx";
import { ListReview } from "../../list/review.tsx";
import { ListSource } from "../../list/source.tsx";
import { type List, useList } from "../../list/use-list.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { type Addition, addingProblem, additionOf, mayRepeatNumbers } from "./adding.ts";
import { LookAtAdded } from "./look-at-added.tsx";
import { answerFacts, newWords, WORDS } from "./words.ts";

type Props = {
  /** From a read of this batch alone. */
  readonly batch: BatchDetail;
  readonly onDone: (answer: Batch) => void;
  readonly onClose: () => void;
};

type OnDuplicate = "skip" | "allow";

export function AddPeople({ batch, onDone, onClose }: Props) {
  const { client } = useDashboard();
  const list = useList();
  const [isLeftOut, setLeftOut] = useState(false);
  const [onDuplicate, setOnDuplicate] = useState<OnDuplicate>("skip");
  const [isAsked, setAsked] = useState(false);
  const [answer, setAnswer] = useState<Appended | null>(null);
  const step = useRef<HTMLDivElement>(null);
  const stepName = answer !== null ? "answer" : isAsked ? "look" : "list";
  const isFirst = useRef(true);
  useEffect(() => {
    // The element with the focus belonged to the previous step.
    if (!isFirst.current) step.current?.focus();
    isFirst.current = false;
  }, [stepName]);

  const everybody = list.read?.people ?? [];
  const mayRepeat = mayRepeatNumbers(everybody);
  const taken = mayRepeat ? onDuplicate : "skip";
  const addition = additionOf(batch.recipients, everybody, taken);
  const add = async () => {
    const appended = await client.appendRecipients(batch.id, {
      recipients: everybody.map(recipientOf),
      on_duplicate: taken,
    });
    list.remember();
    onDone(appended);
    setAnswer(appended);
  };

  return (
    <Dialog
      title={titleOf(answer, isAsked, addition)}
      kind="wide"
      closing={answer === null ? "asks once edited" : "freely"}
      onClose={onClose}
    >
      <div ref={step} class="stack" tabIndex={-1}>
        {answer !== null ? (
          <Answered answer={answer} onClose={onClose} />
        ) : isAsked ? (
          <LookAtAdded batch={batch} addition={addition} add={add} onBack={() => setAsked(false)} />
        ) : (
          <>
            {list.source === null ? (
              <ListSource list={list} about={WORDS.about} />
            ) : (
              <ListReview list={list} isLeftOut={isLeftOut} onLeaveOut={setLeftOut} />
            )}
            {mayRepeat && additionOf(batch.recipients, everybody, "skip").known > 0 && (
              <Repeats label={WORDS.repeats} again={WORDS.again} value={onDuplicate} onValue={setOnDuplicate} />
            )}
            <Next
              list={list}
              addition={addition}
              isLeftOut={isLeftOut}
              present={batch.recipients.length}
              onNext={() => setAsked(true)}
            />
          </>
        )}
      </div>
    </Dialog>
  );
}

function titleOf(answer: Appended | null, isAsked: boolean, { added }: Addition): string {
  if (answer !== null) return WORDS.added(answer.appended_recipients);
  return isAsked ? WORDS.ask(added.length) : WORDS.title;
}

type NextProps = {
  readonly list: List;
  readonly addition: Addition;
  readonly isLeftOut: boolean;
  readonly present: number;
  readonly onNext: () => void;
};

function Next({ list, addition, isLeftOut, present, onNext }: NextProps) {
  const problem = addingProblem({
    hasList: list.source !== null,
    isReading: list.isReading,
    hasNumbers: list.mapping !== null && list.mapping.numberColumn !== null,
    faulty: isLeftOut ? 0 : (list.read?.faults.length ?? 0),
    added: addition.added.length,
    present,
  });
  return (
    <div class="dialog-foot">
      <p class="hint" role="status">
        {problem ?? newWords(addition.added.length, addition.known)}
      </p>
      <button
        type="button"
        class="button primary"
        aria-disabled={problem !== null}
        onClick={() => problem === null && onNext()}
      >
        {WORDS.review}
      </button>
    </div>
  );
}

const Answered = ({ answer, onClose }: { readonly answer: Appended; readonly onClose: () => void }) => (
  <>
    <Facts facts={answerFacts(answer)} />
    <div class="dialog-foot">
      <button type="button" class="button primary" onClick={onClose}>
        {WORDS.done}
      </button>
    </div>
  </>
);
