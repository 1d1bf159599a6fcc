/** Actions on a batch. Each says how many people it concerns before it runs. */

import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Batch, BatchDetail } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { isStopped, isTalking, isWaiting } from "../text/batch-state.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { ACTIONS, type Concerned } from "./words.ts";

type Name = keyof typeof ACTIONS;
type Props = {
  readonly batch: BatchDetail;
  readonly counts: Pick<Concerned, "queued" | "failed" | "uncertain" | "inFlight">;
  readonly onDone: (answer: Batch) => void;
  /** Further actions. */
  readonly children: ComponentChildren;
};

const ICONS: Readonly<Record<Name, IconName>> = { pause: "pause", resume: "play", cancel: "stop", retry: "retry" };

const LOOKS: Readonly<Record<Name, string>> = { pause: "steady", resume: "steady", cancel: "danger apart", retry: "" };

function possible(batch: BatchDetail, { isLast, isHeld, failed, inFlight }: Concerned): ReadonlySet<Name> {
  const mayGoOn = !isLast || (batch.status === "completed" && inFlight > 0 && batch.retry_policy !== undefined);
  const can: Readonly<Record<Name, boolean>> = {
    pause: mayGoOn && !isHeld,
    resume: mayGoOn && (isHeld || isStopped(batch)),
    cancel: mayGoOn,
    retry: batch.status !== "cancelled" && failed > 0,
  };
  return new Set((Object.keys(can) as Name[]).filter((name) => can[name]));
}

export function Actions({ batch, counts, onDone, children }: Props) {
  const { client, say } = useDashboard();
  const concerned: Concerned = { ...counts, isLast: !isWaiting(batch), isHeld: batch.paused_at !== undefined };
  const can = possible(batch, concerned);
  const [asked, setAsked] = useState<Name | null>(null);
  /** What cannot be done any longer keeps its place, so that no button moves when the last call begins or ends. */
  const wasOpen = useRef(false);
  wasOpen.current ||= isWaiting(batch) || isTalking(batch);
  const isShown = wasOpen.current && batch.status !== "cancelled";
  const run: Readonly<Record<Name, () => Promise<Batch>>> = {
    pause: () => client.pauseBatch(batch.id),
    resume: () => client.resumeBatch(batch.id),
    cancel: () => client.cancelBatch(batch.id),
    retry: () => client.retryBatch(batch.id),
  };
  const button = (name: Name, more: ComponentChildren = null) => (
    <button
      key={name}
      type="button"
      class={`button ${LOOKS[name]}`}
      aria-disabled={!can.has(name)}
      onClick={() => can.has(name) && setAsked(name)}
    >
      <Icon name={ICONS[name]} />
      {ACTIONS[name].label}
      {more}
    </button>
  );
  return (
    <>
      {can.has("resume") && button("resume")}
      {isShown && !concerned.isHeld && button("pause")}
      {children}
      {/** Present from the start and in its final width, so the first failure moves no button. */}
      {batch.status !== "cancelled" &&
        button("retry", <span class="retry-count"> {can.has("retry") ? counts.failed : ""}</span>)}
      {isShown && button("cancel")}
      {asked !== null && (
        <Confirm
          title={ACTIONS[asked].title}
          action={ACTIONS[asked].action(concerned)}
          isDangerous={asked === "cancel"}
          onClose={() => setAsked(null)}
          run={async () => {
            const done = ACTIONS[asked].done(concerned);
            onDone(await run[asked]());
            say(done);
          }}
        >
          {ACTIONS[asked].about(concerned)}
        </Confirm>
      )}
    </>
  );
}
