import * as samples from "../../openapi/samples/calls.ts";
import { content, operation } from "../../operation.ts";
import { erasePeopleBody } from "../../requests/people.ts";
import { ACCEPTED, erase, PEOPLE, WHAT_IS_ERASED } from "./erasure.ts";

export const erasePeople = operation({
  ...PEOPLE,
  method: "POST",
  path: `${PEOPLE.path}/erase`,
  id: "erasePeople",
  summary: "Erase a person who is named in the body, not in the URL",
  description: WHAT_IS_ERASED,
  body: content("ErasePeople", erasePeopleBody, { to_number: samples.personPlace.to_number }),
  answer: ACCEPTED,
  handle: (c, { body }) => erase(c, { toNumber: body.to_number ?? null, externalId: body.external_id ?? null }),
});
