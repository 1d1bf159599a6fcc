/** A person in a body: where its number is in no URL, it is in no log of URLs. */

import { z } from "zod";
import { PAGE_LIMIT } from "../../calling/requests/limits.ts";
import { integer, phoneNumber, reference } from "./common.ts";
import { externalId } from "./queries.ts";

const person = {
  to_number: phoneNumber.optional().describe("The person's number in E.164."),
  external_id: externalId.min(1, { error: "must not be empty" }).optional().describe("Your own id for the person."),
};

export const searchPeopleBody = z
  .object({
    ...person,
    limit: integer(PAGE_LIMIT.least, PAGE_LIMIT.most).default(PAGE_LIMIT.usual),
    starting_after: reference.describe("The id of a recipient: the page begins with the next one.").optional(),
  })
  .refine(({ to_number, external_id }) => (to_number ?? external_id) !== undefined, {
    path: ["to_number"],
    error: "send to_number or external_id",
  });

export const erasePeopleBody = z
  .object(person)
  .refine(({ to_number, external_id }) => (to_number === undefined) !== (external_id === undefined), {
    path: ["to_number"],
    error: "send either to_number or external_id",
  });
