import { actOf, organizationOf, pathPart } from "../../context.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, ok, operation } from "../../operation.ts";
import { priceListBody, priceListOf } from "../../requests/prices.ts";
import { PRICE_LIST, PRICES } from "./prices.ts";

const { updated_at: _, ...example } = samples.priceList;

export const setPrices = operation({
  ...PRICES,
  method: "POST",
  id: "setPrices",
  summary: "Set a provider's prices from a day on",
  description:
    "Replaces the price list that begins on the same day. Reports are priced when they are read, so a list for days that are over prices their calls, too.",
  repeats: { isHarmless: true },
  body: content("SetPrices", priceListBody, example),
  answer: ok("The price list as it is now.", PRICE_LIST),
  handle: (c, { body }) => organizationOf(c).setPrices(pathPart(c, "provider_id"), priceListOf(body), actOf(c)),
});
