/** Review with a fault in the form leads to the fault: on a phone it is far above the button. */

import { useEffect } from "preact/hooks";

/** `tries`: how often it was asked for; 0 before the first time. */
export function useFirstFault(tries: number): void {
  useEffect(() => {
    if (tries === 0) return;
    const fault = document.querySelector("main section .fault");
    const place = fault?.closest(".field, .option, li, section");
    place?.querySelector<HTMLElement>(".input, input:not([type=file]), button")?.focus();
  }, [tries]);
}
