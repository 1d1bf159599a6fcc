/** Shared by the operations on price lists. */

import { presentPriceList, priceListAnswer } from "../../answers/organization/prices.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { view } from "../../operation.ts";
import { ONE_PROVIDER } from "./provider.ts";

export const PRICES = { ...ONE_PROVIDER, path: `${ONE_PROVIDER.path}/prices` } as const;
export const PRICE_LIST = view("PriceList", priceListAnswer, samples.priceList, presentPriceList);
