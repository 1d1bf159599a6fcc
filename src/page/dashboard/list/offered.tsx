/** Offers the earlier choice for a list with the same columns. */

import type { List } from "./use-list.ts";
import { offerWords, USE_AGAIN } from "./words.ts";

export function Offered({ list: { summary, offer, takeOffer } }: { readonly list: List }) {
  if (offer === null || summary === null) return null;
  const { numberColumn, withheld } = offer.mapping;
  const number = summary.columns[numberColumn ?? -1] ?? "";
  const kept = withheld.map((column) => summary.columns[column] ?? "");
  return (
    <div class="notice">
      <div class="grow">{offerWords(number, kept, offer.country)}</div>
      <button type="button" class="button small" onClick={() => takeOffer(offer)}>
        {USE_AGAIN}
      </button>
    </div>
  );
}
