import { operation } from "../../operation.ts";
import { erasePersonQuery } from "../../requests/queries.ts";
import { ACCEPTED, erase, PEOPLE, WHAT_IS_ERASED } from "./erasure.ts";

export const erasePersonByExternalId = operation({
  ...PEOPLE,
  method: "DELETE",
  id: "erasePersonByExternalId",
  summary: "Erase a person by `external_id`",
  description: WHAT_IS_ERASED,
  query: erasePersonQuery,
  answer: ACCEPTED,
  handle: async (c, { query }) => erase(c, { toNumber: null, externalId: query.external_id }),
});
