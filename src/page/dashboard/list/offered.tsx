/** Offers the earlier choice for a list with the same columns. */

import type { List } from "./use-list.ts";

export function Offered({ list: { summary, offer, takeOffer } }: { readonly list: List }) {
  if (offer === null || summary === null) return null;
  const { numberColumn, withheld } = offer.mapping;
  const number = summary.columns[numberColumn ?? -1] ?? "";
  const kept = withheld.map((column) => summary.columns[column]).join(", ");
  return (
    <div class="notice">
      <div class="grow">
        Your last list with these columns: number in “{number}”{kept !== "" && `, ${kept} not sent to the agent`}
        {offer.country !== "" && `, numbers without a + from ${offer.country}`}.
      </div>
      <button type="button" class="button small" onClick={() => takeOffer(offer)}>
        Use it again
      </button>
    </div>
  );
}
