/** The browser's own dialog: it keeps the focus inside, closes with Escape, and returns the focus. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "./icon.tsx";
import { type Closing, useModal } from "./use-modal.ts";
import { WORDS } from "./words.ts";

type Props = {
  readonly title: string;
  readonly onClose: () => void;
  /** `panel`: at the side, over the full height. */
  readonly kind?: "wide" | "panel";
  readonly closing?: Closing;
  /** What would be lost, if closing asks. */
  readonly loss?: string;
  readonly children: ComponentChildren;
};

export function Dialog({ title, onClose, kind, closing = "asks once edited", loss = WORDS.loss, children }: Props) {
  const [isAsking, setAsking] = useState(false);
  const { modal, leave, titleId } = useModal(closing, onClose, () => setAsking(true));
  return (
    <dialog {...modal} class={kind ?? ""} aria-labelledby={titleId}>
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={titleId} tabIndex={-1}>
            {title}
          </h2>
          <button type="button" class="button plain icon" aria-label={WORDS.close} onClick={leave}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
      {isAsking && <Ask loss={loss} onStay={() => setAsking(false)} onLeave={onClose} />}
    </dialog>
  );
}

type AskProps = { readonly loss: string; readonly onStay: () => void; readonly onLeave: () => void };

/** Shown over the dialog that would close: no input is lost with one click beside it. */
function Ask({ loss, onStay, onLeave }: AskProps) {
  const { modal, titleId } = useModal("freely", onStay, onStay);
  return (
    <dialog {...modal} aria-labelledby={titleId}>
      <div class="dialog-body">
        <h2 id={titleId} tabIndex={-1}>
          {WORDS.closeTitle}
        </h2>
        <p class="soft">{loss}</p>
        <div class="dialog-foot">
          <button type="button" class="button" onClick={onStay}>
            {WORDS.stay}
          </button>
          <button type="button" class="button primary danger" onClick={onLeave}>
            {WORDS.leave}
          </button>
        </div>
      </div>
    </dialog>
  );
}
