/** A state in one word. */

import type { BatchState } from "../text/batch-state.ts";

export const Pill = ({ state }: { readonly state: BatchState }) => (
  <span class={`pill ${state.tone}`}>{state.word}</span>
);
