/** Finds people by what was said of their latest call. Pure. */

/** An outcome exactly as it was set, and a tag. Empty: any. */
export type Marks = { readonly outcome: string; readonly tag: string };
export const NO_MARKS: Marks = { outcome: "", tag: "" };

export const isMarked = ({ outcome, tag }: Marks): boolean => outcome.trim() !== "" || tag.trim() !== "";

export const marksQuery = ({ outcome, tag }: Marks): { call_outcome?: string; call_tag?: string } => ({
  ...(outcome.trim() === "" ? {} : { call_outcome: outcome.trim() }),
  ...(tag.trim() === "" ? {} : { call_tag: tag.trim() }),
});
