/** The properties of each part of the form for a new or changed batch. */

import type { Draft } from "./draft.ts";
import type { DraftFaults } from "./faults.ts";

export type Part = {
  readonly draft: Draft;
  readonly faults: DraftFaults;
  readonly change: (change: Partial<Draft>) => void;
};
