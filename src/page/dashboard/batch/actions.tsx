/** What can be done with a batch. Each says how many people it concerns before it is done. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Batch, BatchDetail } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { isStopped, isWaiting } from "../text/batch-state.ts";
import { count, people, plural } from "../text/format.ts";
import { Confirm, type ConfirmProps } from "../ui/confirm.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";

type Counts = {
  readonly queued: number;
  readonly failed: number;
  readonly uncertain: number;
  readonly inFlight: number;
};
type Action = Omit<ConfirmProps, "run" | "onClose" | "children"> & {
  readonly icon: IconName;
  readonly label: string;
  readonly about: string;
  readonly run: () => Promise<Batch>;
  readonly done: string;
};

type Props = {
  readonly batch: BatchDetail;
  readonly counts: Counts;
  readonly onDone: (answer: Batch) => void;
  /** What else can be done. "Retry" comes after it: it appears, and grows, while a batch runs, and must move no other button. */
  readonly children: ComponentChildren;
};

const talking = (inFlight: number): string =>
  inFlight === 0 ? "" : ` ${plural(inFlight, "call")} in flight ${inFlight === 1 ? "runs" : "run"} to the end.`;

const unknown = (uncertain: number): string =>
  uncertain === 0 ? "" : ` ${count(uncertain)} of them may have been called: it is not known what came of it.`;

function useActions({ batch, counts }: Pick<Props, "batch" | "counts">): Action[] {
  const { client } = useDashboard();
  const { queued, failed, uncertain, inFlight } = counts;
  const isHeld = batch.paused_at !== undefined;
  const isLast = !isWaiting(batch);
  const mayGoOn = !isLast || (batch.status === "completed" && inFlight > 0 && batch.retry_policy !== undefined);
  const actions: (Action | null)[] = [
    mayGoOn && !isHeld
      ? {
          icon: "pause",
          label: "Pause",
          title: "Pause this batch?",
          about: isLast
            ? `Nobody waits. Whom the calls in flight do not reach will not be called again until you resume it.${talking(inFlight)}`
            : `${people(queued)} who still wait will not be called until you resume it.${talking(inFlight)}`,
          action: isLast ? "Pause" : `Pause ${people(queued)}`,
          run: () => client.pauseBatch(batch.id),
          done: "Paused.",
        }
      : null,
    mayGoOn && (isHeld || isStopped(batch))
      ? {
          icon: "play",
          label: "Resume",
          title: "Resume this batch?",
          about: isLast
            ? "Whom the calls in flight do not reach will be called again, as the retry policy says."
            : `${people(queued)} who wait will be called.`,
          action: isLast ? "Resume" : `Call ${people(queued)}`,
          run: () => client.resumeBatch(batch.id),
          done: "Resumed.",
        }
      : null,
    mayGoOn
      ? {
          icon: "stop",
          label: "Cancel",
          title: "Cancel this batch?",
          about: isLast
            ? `Nobody waits. Whom the calls in flight do not reach will not be called again by itself.${talking(inFlight)}`
            : `${people(queued)} who still wait will never be called. This cannot be undone.${talking(inFlight)}`,
          action: isLast ? "Call nobody again" : `Cancel ${people(queued)}`,
          isDangerous: true,
          run: () => client.cancelBatch(batch.id),
          done: "Cancelled.",
        }
      : null,
    batch.status !== "cancelled" && failed > 0
      ? {
          icon: "retry",
          label: `Retry ${failed}`,
          title: "Call those again who were not reached?",
          about: `${people(failed)} whose latest call failed or was not answered will be called again now. Nobody else will.${unknown(uncertain)}`,
          action: `Call ${people(failed)} again`,
          run: () => client.retryBatch(batch.id),
          done: "They are being called again.",
        }
      : null,
  ];
  return actions.filter((action) => action !== null);
}

export function Actions({ batch, counts, onDone, children }: Props) {
  const { say } = useDashboard();
  const actions = useActions({ batch, counts });
  const [asked, setAsked] = useState<Action | null>(null);
  const buttons = (wanted: (action: Action) => boolean) =>
    actions.filter(wanted).map((action) => (
      <button
        key={action.icon}
        type="button"
        class={`button ${action.isDangerous ? "danger" : ""}`}
        onClick={() => setAsked(action)}
      >
        <Icon name={action.icon} />
        {action.label}
      </button>
    ));
  return (
    <>
      {buttons(({ icon }) => icon !== "retry")}
      {children}
      {buttons(({ icon }) => icon === "retry")}
      {asked !== null && (
        <Confirm
          title={asked.title}
          action={asked.action}
          isDangerous={asked.isDangerous ?? false}
          onClose={() => setAsked(null)}
          run={async () => {
            onDone(await asked.run());
            say(asked.done);
          }}
        >
          {asked.about}
        </Confirm>
      )}
    </>
  );
}
