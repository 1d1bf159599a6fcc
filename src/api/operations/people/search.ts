import { PAGE_LIMIT } from "../../../calling/requests/limits.ts";
import { bytesOfItems } from "../../limits/reading-room.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { content, ok, operation, pageView } from "../../operation.ts";
import { searchPeopleBody } from "../../requests/people.ts";
import { PEOPLE } from "./erasure.ts";
import { PLACE, placesOf } from "./places.ts";

export const searchPeople = operation({
  ...PEOPLE,
  method: "POST",
  path: `${PEOPLE.path}/search`,
  role: "viewer",
  audit: null,
  id: "searchPeople",
  summary: "Find a person who is named in the body, not in the URL",
  description: "The same as `GET /agents/people`.",
  body: content("SearchPeople", searchPeopleBody, { to_number: samples.personPlace.to_number }),
  answer: ok("A page of places, one for each recipient.", pageView(PLACE)),
  // The body has the limit, and is not read yet.
  answerBytes: () => bytesOfItems(PAGE_LIMIT.most),
  handle: (c, { body }) => {
    const person = { toNumber: body.to_number ?? null, externalId: body.external_id ?? null };
    return placesOf(c, person, body.limit, body.starting_after ?? null);
  },
});
