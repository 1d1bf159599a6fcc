import * as samples from "../../openapi/samples/organization.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listQuery } from "../../requests/queries.ts";
import { KEY, KEYS, ofOrganization } from "./organization.ts";

export const listApiKeys = operation({
  ...KEYS,
  method: "GET",
  id: "listApiKeys",
  summary: "List API keys, masked",
  query: listQuery,
  answer: ok("A page of keys.", pageView(KEY, { ...samples.apiKey, key: "sk_acme_…key" })),
  handle: (c, { query }) => ofOrganization(c, (one) => one.listApiKeys(pageRequestOf(query))),
});
