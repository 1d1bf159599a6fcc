/** Asks before an action. If the API refuses, the dialog stays open and shows the error. */

import type { ComponentChildren } from "preact";
import { Dialog } from "./dialog.tsx";
import { Failure } from "./failure.tsx";
import { useAttempt } from "./use-attempt.ts";
import type { Closing } from "./use-modal.ts";
import { WORDS } from "./words.ts";

export type ConfirmProps = {
  readonly title: string;
  /** Says what or who is concerned. */
  readonly children: ComponentChildren;
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly kind?: "wide";
  readonly closing?: Closing;
  /** The action is disabled until then. */
  readonly isReady?: boolean;
  readonly run: () => Promise<void>;
  readonly onClose: () => void;
};

export function Confirm({
  title,
  children,
  action,
  isDangerous = false,
  kind,
  closing = "asks once edited",
  isReady = true,
  run,
  onClose,
}: ConfirmProps) {
  const { isRunning, error, attempt } = useAttempt(async () => {
    await run();
    onClose();
  });
  return (
    <Dialog title={title} closing={closing} onClose={onClose} {...(kind === undefined ? {} : { kind })}>
      <div class="soft">{children}</div>
      <Failure error={error} of="action" />
      <div class="dialog-foot">
        <button type="button" class="button" onClick={onClose}>
          {WORDS.notNow}
        </button>
        <button
          type="button"
          class={`button primary ${isDangerous ? "danger" : ""}`}
          aria-disabled={isRunning || !isReady}
          onClick={() => isReady && void attempt()}
        >
          {isRunning && <span class="spinner" />}
          {action}
        </button>
      </div>
    </Dialog>
  );
}
