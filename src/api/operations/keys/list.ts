import { organizationOf } from "../../context.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listQuery } from "../../requests/queries.ts";
import { KEY } from "../organizations/organization.ts";
import { OWN_KEYS } from "./key.ts";

export const listKeys = operation({
  ...OWN_KEYS,
  method: "GET",
  id: "listKeys",
  summary: "List this organization's keys, masked",
  query: listQuery,
  answer: ok("A page of keys.", pageView(KEY, { ...samples.apiKey, key: "sk_acme_…key" })),
  handle: (c, { query }) => organizationOf(c).listApiKeys(pageRequestOf(query)),
});
