/** The browser asks before a tab with unsaved input is closed or reloaded. */

import { useEffect } from "preact/hooks";

export function useAskBeforeUnload(isEdited: boolean): void {
  useEffect(() => {
    if (!isEdited) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isEdited]);
}
