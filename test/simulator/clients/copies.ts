/**
 * How often a number is in a batch. Requests to add people may overlap, and their order decides: one that skips
 * duplicates adds a number only if nobody added it before.
 */

import type { OnDuplicate, Person } from "./commands.ts";

/** `from`, `until`: epoch ms between which the request was done. `isCertain`: an answer confirms that it was. */
export type Span = { readonly from: number; readonly until: number; readonly isCertain: boolean };

type Mention = Span & { readonly addsAnother: boolean };

export class Copies {
  readonly #mentions = new Map<string, Mention[]>();

  add(people: readonly Person[], onDuplicate: OnDuplicate, span: Span): void {
    for (const { number } of people) {
      const mention = { ...span, addsAnother: onDuplicate === "allow" };
      this.#mentions.set(number, [...(this.#mentions.get(number) ?? []), mention]);
    }
  }

  get numbers(): Iterable<string> {
    return this.#mentions.keys();
  }

  /** How often it must be in the batch, and how often it may be. */
  of(number: string): { readonly least: number; readonly most: number } {
    const mentions = this.#mentions.get(number) ?? [];
    const others = mentions.filter(({ addsAnother }) => addsAnother);
    const firsts = mentions.filter(({ addsAnother }) => !addsAnother);
    const mayBeFirst = firsts.some((one) => !others.some(({ isCertain, until }) => isCertain && until < one.from));
    const isFirst = firsts.some((one) => one.isCertain && !others.some(({ from }) => from <= one.until));
    const certain = others.filter(({ isCertain }) => isCertain).length;
    const isIn = firsts.some(({ isCertain }) => isCertain);
    return {
      least: Math.max(certain + (isFirst ? 1 : 0), isIn ? 1 : 0),
      most: others.length + (mayBeFirst ? 1 : 0),
    };
  }
}
