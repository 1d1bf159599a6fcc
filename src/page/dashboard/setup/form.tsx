/** A form in a dialog. If the API refuses, it stays open and shows the error. */

import type { ComponentChildren } from "preact";
import { Dialog } from "../ui/dialog.tsx";
import { Failure } from "../ui/failure.tsx";
import { useAttempt } from "../ui/use-attempt.ts";
import { WORDS } from "../ui/words.ts";

type Props = {
  readonly title: string;
  readonly action: string;
  readonly kind?: "wide";
  /** Saving is disabled until then. */
  readonly isReady?: boolean;
  /** Beside the button: what it does, or why it cannot. */
  readonly about?: string;
  readonly save: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

export function Form({ title, action, kind, isReady = true, about, save, onClose, children }: Props) {
  const { isRunning, error, attempt } = useAttempt(save);
  return (
    <Dialog title={title} onClose={onClose} {...(kind === undefined ? {} : { kind })}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void attempt();
        }}
      >
        {children}
        <Failure error={error} of="action" />
        <div class="dialog-foot">
          {about !== undefined && (
            <p class="hint" role="status">
              {about}
            </p>
          )}
          <button type="button" class="button" onClick={onClose}>
            {WORDS.notNow}
          </button>
          <button type="submit" class="button primary" aria-disabled={isRunning || !isReady}>
            {isRunning && <span class="spinner" />}
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
