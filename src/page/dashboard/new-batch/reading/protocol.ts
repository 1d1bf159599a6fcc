/** What is said between the page and its reader of lists, which works beside it so that the page never stands still. */

import type { People, Person } from "../people.ts";
import type { Asked, Summary } from "./read-list.ts";

export type Question = Asked & {
  /** Answers to an earlier one come too late. */
  readonly id: number;
  readonly list: Blob;
  /** The same for the same list, which is not unpacked again then. */
  readonly listId: string;
  readonly sheet: string | null;
  readonly most: number;
};

/** In this order; people come in parts, so that taking them over is no pause either. */
export type Answer = { readonly id: number } & (
  | { readonly kind: "failed"; readonly problem: string }
  | { readonly kind: "summary"; readonly summary: Summary }
  | { readonly kind: "people"; readonly people: readonly Person[] }
  | ({ readonly kind: "end" } & Omit<People, "people">)
);
