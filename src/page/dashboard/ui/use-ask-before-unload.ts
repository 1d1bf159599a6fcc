/** The browser asks before a tab is closed, or read again, in which something was entered. */

import { useEffect } from "preact/hooks";

export function useAskBeforeUnload(isEdited: boolean): void {
  useEffect(() => {
    if (!isEdited) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isEdited]);
}
