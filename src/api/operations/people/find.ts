import { bytesOfItems, itemsAsked } from "../../limits/reading-room.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { findPersonQuery } from "../../requests/queries.ts";
import { PEOPLE } from "./erasure.ts";
import { PLACE, placesOf } from "./places.ts";

export const findPerson = operation({
  ...PEOPLE,
  method: "GET",
  id: "findPerson",
  summary: "Find a person in all batches and direct calls, newest first",
  description: "Shows every attempt, and why a call was not made or still waits.",
  query: findPersonQuery,
  answer: ok("A page of places, one for each recipient.", pageView(PLACE)),
  answerBytes: (c) => bytesOfItems(itemsAsked(c)),
  handle: (c, { query }) => {
    const person = { toNumber: query.to_number ?? null, externalId: query.external_id || null };
    return placesOf(c, person, query.limit, query.starting_after ?? null);
  },
});
