/** Texts about priorities of batches. Pure. */

export const PRIORITY_WORDS = {
  label: "Priority",
  hint: "Which waiting batch starts first. The oldest goes first within a priority.",
  options: { 1: "1, first", 2: "2", 3: "3, usual", 4: "4", 5: "5, last" },
} as const;
