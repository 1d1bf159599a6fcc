/** To the older and the newer ones. */

import type { Batch } from "../../../client/client.ts";
import { linkTo } from "../address.ts";

type Props = {
  /** Those that are shown, newest first. */
  readonly batches: readonly Batch[];
  readonly agentId: string | null;
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
};

export function Pager({ batches, agentId, hasNewer, hasOlder }: Props) {
  if (!hasNewer && !hasOlder) return null;
  return (
    <nav class="pager" aria-label="Older and newer batches">
      {hasNewer ? (
        <a class="button small" href={linkTo(["batches"], { agent: agentId, before: batches[0]?.id ?? null })}>
          Newer
        </a>
      ) : (
        <span />
      )}
      {hasOlder && (
        <a class="button small" href={linkTo(["batches"], { agent: agentId, after: batches.at(-1)?.id ?? null })}>
          Older
        </a>
      )}
    </nav>
  );
}
