/**
 * What an agent, or a receiver of webhook events, says about a call, after it or meanwhile. It tells how the call came out
 * and where its recording is. Nothing of it affects dialing. Pure.
 */

/** Persisted. Null and an empty list: nothing was said. */
export type Remarks = {
  readonly outcome: string | null;
  readonly notes: string | null;
  readonly tags: readonly string[];
  readonly recording_url: string | null;
  readonly transcript_url: string | null;
};

/** Absent fields stay as they are. The last change wins, field by field. */
export type RemarksChange = { readonly [Field in keyof Remarks]?: Remarks[Field] };

export const NO_REMARKS: Remarks = {
  outcome: null,
  notes: null,
  tags: [],
  recording_url: null,
  transcript_url: null,
};

export const isNothing = (remarks: Remarks): boolean => isSame(remarks, NO_REMARKS);

/** The order of tags does not matter, and each is kept once. */
export const changedRemarks = (before: Remarks, change: RemarksChange): Remarks => ({
  ...before,
  ...change,
  ...(change.tags === undefined ? {} : { tags: [...new Set(change.tags)].sort() }),
});

export const isSame = (a: Remarks, b: Remarks): boolean =>
  a.outcome === b.outcome &&
  a.notes === b.notes &&
  a.recording_url === b.recording_url &&
  a.transcript_url === b.transcript_url &&
  JSON.stringify(a.tags) === JSON.stringify(b.tags);

/** What calls are found by: an outcome or a tag. */
export type Label = string;
/** The kind is part of the text, so an outcome is never taken for a tag. */
const OUTCOME = "o:";
const TAG = "t:";

type Labelled = { readonly outcome?: string | null | undefined; readonly tags?: readonly string[] | undefined };
export const labelsOf = ({ outcome, tags = [] }: Labelled): Label[] => [
  ...(outcome ? [OUTCOME + outcome] : []),
  ...tags.map((tag) => TAG + tag),
];
