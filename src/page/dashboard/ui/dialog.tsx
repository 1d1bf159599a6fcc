/** The browser's own dialog: it keeps the focus inside, closes with Escape, and gives the focus back. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";

type Props = {
  readonly title: string;
  readonly onClose: () => void;
  /** `panel`: at the side, over the page's whole height. */
  readonly kind?: "wide" | "panel";
  readonly children: ComponentChildren;
};

export function Dialog({ title, onClose, kind, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog?.open === false) dialog.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Escape; a click beside the dialog is a shortcut.
    <dialog
      ref={ref}
      class={kind ?? ""}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === ref.current && ref.current?.close()}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <button type="button" class="button plain icon" aria-label="Close" onClick={() => ref.current?.close()}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
