/** What each part of the form of a new batch, or of one that is changed, is given. */

import type { Draft } from "./draft.ts";
import type { DraftFaults } from "./draft-faults.ts";

export type Part = {
  readonly draft: Draft;
  readonly faults: DraftFaults;
  readonly change: (change: Partial<Draft>) => void;
};
