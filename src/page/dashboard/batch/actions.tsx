/** What can be done with a batch. Each says how many people it concerns before it is done. */

import { useState } from "preact/hooks";
import type { Batch, BatchDetail } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { isStopped, isWaiting } from "../text/batch-state.ts";
import { people, plural } from "../text/format.ts";
import { Confirm, type ConfirmProps } from "../ui/confirm.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";

type Counts = { readonly queued: number; readonly failed: number; readonly inFlight: number };
type Action = Omit<ConfirmProps, "run" | "onClose" | "children"> & {
  readonly icon: IconName;
  readonly label: string;
  readonly about: string;
  readonly run: () => Promise<Batch>;
  readonly done: string;
};

type Props = { readonly batch: BatchDetail; readonly counts: Counts; readonly onDone: (answer: Batch) => void };

const talking = (inFlight: number): string =>
  inFlight === 0 ? "" : ` ${plural(inFlight, "call")} in flight ${inFlight === 1 ? "runs" : "run"} to the end.`;

function useActions({ batch, counts }: Omit<Props, "onDone">): Action[] {
  const { client } = useDashboard();
  const { queued, failed, inFlight } = counts;
  const isHeld = batch.paused_at !== undefined;
  const actions: (Action | null)[] = [
    isWaiting(batch) && !isHeld
      ? {
          icon: "pause",
          label: "Pause",
          title: "Pause this batch?",
          about: `${people(queued)} who still wait will not be called until you resume it.${talking(inFlight)}`,
          action: `Pause ${people(queued)}`,
          run: () => client.pauseBatch(batch.id),
          done: "Paused.",
        }
      : null,
    isWaiting(batch) && (isHeld || isStopped(batch))
      ? {
          icon: "play",
          label: "Resume",
          title: "Resume this batch?",
          about: `${people(queued)} who wait will be called.`,
          action: `Call ${people(queued)}`,
          run: () => client.resumeBatch(batch.id),
          done: "Resumed.",
        }
      : null,
    isWaiting(batch)
      ? {
          icon: "stop",
          label: "Cancel",
          title: "Cancel this batch?",
          about: `${people(queued)} who still wait will never be called. This cannot be undone.${talking(inFlight)}`,
          action: `Cancel ${people(queued)}`,
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
          about: `${people(failed)} whose latest call failed or was not answered will be called again now. Nobody else will.`,
          action: `Call ${people(failed)} again`,
          run: () => client.retryBatch(batch.id),
          done: "They are being called again.",
        }
      : null,
  ];
  return actions.filter((action) => action !== null);
}

export function Actions({ batch, counts, onDone }: Props) {
  const { say } = useDashboard();
  const actions = useActions({ batch, counts });
  const [asked, setAsked] = useState<Action | null>(null);
  return (
    <>
      {actions.map((action) => (
        <button
          key={action.icon}
          type="button"
          class={`button ${action.isDangerous ? "danger" : ""}`}
          onClick={() => setAsked(action)}
        >
          <Icon name={action.icon} />
          {action.label}
        </button>
      ))}
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
