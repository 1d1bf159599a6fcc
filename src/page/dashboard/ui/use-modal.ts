/** Opening and closing a dialog: input is not lost by accident, and the focus is always on an element. */

import type { DialogHTMLAttributes } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

/** What Escape, a click outside and the cross do. The buttons at the bottom do what they say. */
export type Closing = "asks" | "asks once edited" | "freely";

type Modal = Pick<
  DialogHTMLAttributes<HTMLDialogElement>,
  "ref" | "onCancel" | "onClose" | "onInput" | "onChange" | "onDrop" | "onKeyDown" | "onPointerDown" | "onClick"
>;

/**
 * Returns the focus to where it was. That element may be gone, like "Pause" once a batch is paused. Then the title in
 * front gets it, where a reader begins.
 */
function giveBack(opener: Element | null): void {
  const isLost = () => document.activeElement === null || document.activeElement === document.body;
  if (!isLost()) return;
  if (opener instanceof HTMLElement) opener.focus();
  if (!isLost()) return;
  const title = [...document.querySelectorAll<HTMLElement>("dialog[open] h2, h1")].at(-1);
  title?.focus({ preventScroll: true });
}

export function useModal(
  closing: Closing,
  onClose: () => void,
  onAsk: () => void,
): { readonly modal: Modal; readonly leave: () => void; readonly titleId: string } {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const isEdited = useRef(false);
  /** It was removed from the page, so the browser's close event is ignored. */
  const isGone = useRef(false);
  const pressedAt = useRef<EventTarget | null>(null);
  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    if (dialog?.open === false) dialog.showModal();
    // The focus goes to a form's first field, otherwise to the title.
    dialog?.querySelector<HTMLElement>("form :is(.input, .button)")?.focus();
    return () => {
      isGone.current = true;
      setTimeout(giveBack, 0, opener);
    };
  }, []);
  const leave = () => {
    const asks = closing === "asks" || (closing === "asks once edited" && isEdited.current);
    if (asks) onAsk();
    else ref.current?.close();
  };
  /** Events of a dialog inside this one belong to that one. */
  const isOwn = (event: Event) => event.target instanceof Element && event.target.closest("dialog") === ref.current;
  const edited = (event: Event) => {
    isEdited.current ||= isOwn(event);
  };
  return {
    leave,
    titleId,
    modal: {
      ref,
      onClose: (event) => {
        if (event.target === ref.current && !isGone.current) onClose();
      },
      // Escape, and a phone's "back" gesture.
      onCancel: (event) => {
        if (event.target !== ref.current) return;
        event.preventDefault();
        leave();
      },
      // Browsers close on a second Escape, even if a page prevented the first.
      onKeyDown: (event) => {
        if (event.key !== "Escape" || !isOwn(event)) return;
        event.preventDefault();
        leave();
      },
      onInput: edited,
      onChange: edited,
      onDrop: edited,
      // Selecting text in a field may end outside of the dialog, which is not a click there.
      onPointerDown: (event) => {
        pressedAt.current = event.target;
      },
      onClick: (event) => {
        if (event.target === ref.current && pressedAt.current === ref.current) leave();
      },
    },
  };
}
