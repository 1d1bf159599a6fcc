/** Actions on a batch. Each says how many people it concerns before it runs. */

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
  /** Further actions. */
  readonly children: ComponentChildren;
};

const talking = (inFlight: number): string =>
  inFlight === 0 ? "" : ` ${plural(inFlight, "call")} in progress ${inFlight === 1 ? "continues" : "continue"}.`;

const unknown = (uncertain: number): string =>
  uncertain === 0 ? "" : ` ${count(uncertain)} of them may have been called already: the result is unknown.`;

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
            ? `Nobody is waiting. People not reached by the current calls are not retried until you resume.${talking(inFlight)}`
            : `${people(queued)} still waiting will not be called until you resume.${talking(inFlight)}`,
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
            ? "People not reached by the current calls will be retried."
            : `${people(queued)} waiting will be called.`,
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
            ? `Nobody is waiting. People not reached by the current calls are not retried.${talking(inFlight)}`
            : `${people(queued)} still waiting will never be called. This cannot be undone.${talking(inFlight)}`,
          action: isLast ? "Cancel retries" : `Cancel ${people(queued)}`,
          isDangerous: true,
          run: () => client.cancelBatch(batch.id),
          done: "Cancelled.",
        }
      : null,
    batch.status !== "cancelled" && failed > 0
      ? {
          icon: "retry",
          label: "Retry",
          title: "Retry people who were not reached?",
          about: `${people(failed)} whose latest call failed or was not answered. ${
            isHeld
              ? "The batch is paused: they wait until you resume it."
              : "They are called as soon as hours, slots and pace allow."
          }${unknown(uncertain)}`,
          action: `Retry ${people(failed)}`,
          run: () => client.retryBatch(batch.id),
          done: isHeld ? `${people(failed)} wait until you resume.` : `Retrying ${people(failed)}.`,
        }
      : null,
  ];
  return actions.filter((action) => action !== null);
}

export function Actions({ batch, counts, onDone, children }: Props) {
  const { say } = useDashboard();
  const actions = useActions({ batch, counts });
  const [asked, setAsked] = useState<Action | null>(null);
  const [pause, resume, cancel] = (["pause", "play", "stop"] as const).map((icon) =>
    actions.find((action) => action.icon === icon),
  );
  const retry = actions.find(({ icon }) => icon === "retry");
  const button = (action: Action | undefined) =>
    action !== undefined && (
      <button
        type="button"
        class={`button ${action.isDangerous ? "danger apart" : ""}`}
        onClick={() => setAsked(action)}
      >
        <Icon name={action.icon} />
        {action.label}
      </button>
    );
  return (
    <>
      {button(pause)}
      {button(resume)}
      {children}
      {/** Present from the start and in its final width, so the first failure moves no button. */}
      {batch.status !== "cancelled" && (
        <button
          type="button"
          class="button"
          aria-disabled={retry === undefined}
          onClick={() => retry !== undefined && setAsked(retry)}
        >
          <Icon name="retry" />
          Retry <span class="retry-count">{retry === undefined ? "" : counts.failed}</span>
        </button>
      )}
      {button(cancel)}
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
