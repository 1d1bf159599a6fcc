/** Messages between the page and the worker that reads lists, so that the page stays responsive. */

import type { People, Person } from "../people.ts";
import type { Asked, Summary } from "./read-list.ts";

export type Question = Asked & {
  /** Answers to an earlier question are ignored. */
  readonly id: number;
  readonly list: Blob;
  /** Equal for the same list, which is then not unpacked again. */
  readonly listId: string;
  readonly sheet: string | null;
  readonly most: number;
};

/** In this order. People come in parts, so that processing them does not block the page either. */
export type Answer = { readonly id: number } & (
  | { readonly kind: "failed"; readonly problem: string }
  | { readonly kind: "summary"; readonly summary: Summary }
  | { readonly kind: "people"; readonly people: readonly Person[] }
  | ({ readonly kind: "end" } & Omit<People, "people">)
);
