import { z } from "zod";
import type { PriceListView } from "../../../organization/messages/telephony.ts";
import { presentPriceList, priceListAnswer } from "../../answers/organization/prices.ts";
import { organizationOf, pathPart } from "../../context.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { ok, operation, view } from "../../operation.ts";
import { PRICES } from "./prices.ts";

export const listPrices = operation({
  ...PRICES,
  method: "GET",
  id: "listPrices",
  summary: "List a provider's price lists, newest first",
  answer: ok(
    "The price lists, at most 50.",
    view("PriceLists", z.array(priceListAnswer), [samples.priceList], (all: PriceListView[]) =>
      all.map(presentPriceList),
    ),
  ),
  handle: (c) => organizationOf(c).listPrices(pathPart(c, "provider_id")),
});
