/** How a dialog opens and closes: what was typed is not lost by accident, and the focus always stands somewhere. */

import type { DialogHTMLAttributes } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

/** What Escape, a click beside it and its cross do. The buttons at its foot say what they do, and do it. */
export type Closing = "asks" | "asks once edited" | "freely";

type Modal = Pick<
  DialogHTMLAttributes<HTMLDialogElement>,
  "ref" | "onCancel" | "onClose" | "onInput" | "onChange" | "onDrop" | "onKeyDown" | "onPointerDown" | "onClick"
>;

/**
 * The focus goes back to where it was. That may be gone, like a batch's "Pause" once it is paused: then to the title of what
 * is in front, where a reader begins.
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
  /** It was taken off the page: the browser's close event is then no news. */
  const isGone = useRef(false);
  const pressedAt = useRef<EventTarget | null>(null);
  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    if (dialog?.open === false) dialog.showModal();
    // A form begins with its first field; everything else begins with its title.
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
  /** Of a dialog within this one they are its own. */
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
      // Escape, and a phone's gesture for "back".
      onCancel: (event) => {
        if (event.target !== ref.current) return;
        event.preventDefault();
        leave();
      },
      // A browser lets a second Escape through, whatever a page says to the first.
      onKeyDown: (event) => {
        if (event.key !== "Escape" || !isOwn(event)) return;
        event.preventDefault();
        leave();
      },
      onInput: edited,
      onChange: edited,
      onDrop: edited,
      // A drag that marks text in a field may end beside the dialog, which is no click there.
      onPointerDown: (event) => {
        pressedAt.current = event.target;
      },
      onClick: (event) => {
        if (event.target === ref.current && pressedAt.current === ref.current) leave();
      },
    },
  };
}
