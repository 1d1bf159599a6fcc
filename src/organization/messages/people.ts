/** People who must not be called, or who are erased. All of it crosses RPC. */

import type { ArchiveProblem } from "../../calling/words/archive-problem.ts";
import type { KeyName } from "./access.ts";

/** The receipt of a request to erase a person. It names nobody. */
export type ErasureView = {
  readonly id: string;
  readonly requestedAt: number;
  readonly requestedBy: KeyName;
  /** Null while something is left to do. */
  readonly completedAt: number | null;
  /** In which the person was erased, and that still have to be asked. Direct calls of one request count as one. */
  readonly batches: number;
  readonly batchesLeft: number;
  readonly recipients: number;
  readonly calls: number;
  /** It waits for it. Absent: for none. */
  readonly archiveProblem?: ArchiveProblem;
};

export type DoNotCallEntry = {
  readonly id: string;
  readonly number: string;
  readonly reason: string | null;
  /** The call in which the person asked for it; null if none. */
  readonly callId: string | null;
  readonly addedAt: number;
  readonly addedBy: KeyName;
  readonly removedAt: number | null;
  readonly removedBy: KeyName | null;
  readonly removalReason: string | null;
};
export type NewDoNotCall = {
  /** If a number occurs twice, the first entry counts. */
  readonly entries: readonly { readonly number: string; readonly reason: string | null }[];
  /** The call in which the person asked for it; null if none. */
  readonly callId: string | null;
  readonly by: KeyName;
};
export type DoNotCallHistory = { readonly newest: DoNotCallEntry; readonly earlier: readonly DoNotCallEntry[] };
export type DoNotCallFilter = {
  readonly status: "listed" | "removed" | "all";
  /** How the number begins or ends (`numberSearchOf`); null: any. */
  readonly text: string | null;
  /** Only this number; null: any. */
  readonly number: string | null;
};
