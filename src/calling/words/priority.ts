/** Which waiting batch gets slots first. Pure. */

/** 1 comes first, as in other outbound dialers and in most queues. */
export const PRIORITY = { first: 1, usual: 3, last: 5 } as const;

/**
 * How much age a level of priority is worth. With less, a start planned days ahead would pass an urgent batch. Without
 * a limit, urgent batches that keep coming would let the others wait for ever (docs/design/ledger.md).
 * Not in the published API.
 */
export const LEVEL_MS = 7 * 24 * 60 * 60 * 1_000;

/** Absent in messages and rows of earlier versions. */
export const priorityOf = ({ priority }: { readonly priority?: number | undefined }): number =>
  priority ?? PRIORITY.usual;
