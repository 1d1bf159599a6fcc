/** A state in one word, and until when it lasts where that is known. */

import type { BatchState } from "../text/batch-state.ts";
import { shortTime } from "../text/format.ts";

export const Pill = ({ state }: { readonly state: BatchState }) => (
  <>
    <span class={`pill ${state.tone}`}>{state.word}</span>
    {state.until !== undefined && <span class="until soft small nowrap">until {shortTime(state.until)}</span>}
  </>
);
