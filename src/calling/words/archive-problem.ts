/** Why nothing can be done in the bucket of an organization's archives. */

export const ARCHIVE_PROBLEMS = ["no_bucket", "other_bucket"] as const;
export type ArchiveProblem = (typeof ARCHIVE_PROBLEMS)[number];

export const ARCHIVE_PROBLEM_MEANS =
  "What is wrong with the operator's bucket of archives; absent: nothing. no_bucket: none is bound. other_bucket: the one that is bound has no mark of this organization, so its archives may be in another.";
