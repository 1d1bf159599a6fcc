/** A state in one word, and when it changes, if known. */

import type { BatchState } from "../text/batch-state.ts";
import { shortTime } from "../text/format.ts";
import { WORDS } from "./words.ts";

export const Pill = ({ state }: { readonly state: BatchState }) => (
  <>
    <span class={`pill ${state.tone}`}>{state.word}</span>
    {state.starts !== undefined && <span class="until soft small nowrap">{WORDS.starts(shortTime(state.starts))}</span>}
    {state.until !== undefined && <span class="until soft small nowrap">{WORDS.until(shortTime(state.until))}</span>}
  </>
);
