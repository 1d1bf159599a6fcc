/** Links to older and newer batches. */

import type { Batch } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { WORDS } from "./words.ts";

type Props = {
  /** The shown ones, in order. */
  readonly batches: readonly Batch[];
  /** The rest of the address. */
  readonly address: Readonly<Record<string, string>>;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
};

export function Pager({ batches, address, hasPrevious, hasNext }: Props) {
  if (!hasPrevious && !hasNext) return null;
  return (
    <nav class="pager" aria-label={WORDS.pages}>
      {hasPrevious ? (
        <a class="button small" href={linkTo(["batches"], { ...address, before: batches[0]?.id ?? null })}>
          {WORDS.previous}
        </a>
      ) : (
        <span />
      )}
      {hasNext && (
        <a class="button small" href={linkTo(["batches"], { ...address, after: batches.at(-1)?.id ?? null })}>
          {WORDS.next}
        </a>
      )}
    </nav>
  );
}
