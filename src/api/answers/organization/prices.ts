/** Price lists of providers in answers. */

import { z } from "zod";
import { dateOf, time } from "../../../calling/answers/json.ts";
import { INCREMENTS, type Increments } from "../../../calling/messages/report-sums.ts";
import type { PriceListView } from "../../../organization/messages/telephony.ts";
import { timestamp } from "../parts/common.ts";

export const priceListAnswer = z.object({
  valid_from: z.iso.date().describe("The first day of these prices. They hold until the next list."),
  currency: z.string(),
  rates: z.array(
    z.object({
      destination: z.string(),
      per_minute: z.string(),
      increments: z.enum(Object.keys(INCREMENTS) as [Increments, ...Increments[]]),
      connection_fee: z.string(),
    }),
  ),
  updated_at: timestamp,
});

export type PriceListAnswer = z.output<typeof priceListAnswer>;

export const presentPriceList = ({ validFrom, currency, rates, updatedAt }: PriceListView): PriceListAnswer => ({
  valid_from: dateOf(validFrom),
  currency,
  rates: [...rates],
  updated_at: time(updatedAt),
});
