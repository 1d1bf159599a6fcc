/** "Review" with an error in the form scrolls to the error: on a phone it is far above the button. */

import { useEffect } from "preact/hooks";

/** `tries`: how often Review was pressed; 0 before the first time. */
export function useFirstFault(tries: number): void {
  useEffect(() => {
    if (tries === 0) return;
    const fault = document.querySelector("main section .fault");
    const place = fault?.closest(".field, .option, li, section");
    place?.querySelector<HTMLElement>(".input, input:not([type=file]), button")?.focus();
  }, [tries]);
}
