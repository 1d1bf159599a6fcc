/** Where a person is, for both ways to ask. */

import type { PersonPlace } from "../../../calling/messages/batch-view.ts";
import { hashesOfPerson, type PersonNamed } from "../../../calling/numbers/person-hash.ts";
import { present } from "../../../calling/requests/assert.ts";
import { type Failure, invalid } from "../../../calling/requests/failure.ts";
import { type Page, pageOf } from "../../../calling/requests/page.ts";
import { err, ok, type Result } from "../../../calling/requests/result.ts";
import { parseRecipientId } from "../../../calling/secrets/ids.ts";
import type { CallSource } from "../../../organization/messages/calling.ts";
import { personPlaceAnswer, presentPersonPlace } from "../../answers/calls/recipient.ts";
import { type ApiContext, organizationOf, routeOfOwn } from "../../context.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { view } from "../../operation.ts";

/** Batches asked at once; a person is in few. */
const ASKED_AT_ONCE = 6;
type Place = PersonPlace & { readonly id: string };
export const PLACE = view("PersonPlace", personPlaceAnswer, samples.personPlace, (one: Place) =>
  presentPersonPlace(one),
);

/** Newest first: a batch's calls are possible from about its creation on. */
const newestFirst = (a: CallSource, b: CallSource): number =>
  b.oldestPossibleAt - a.oldestPossibleAt || (a.batchId < b.batchId ? 1 : -1);

export async function placesOf(
  c: ApiContext,
  person: PersonNamed,
  limit: number,
  startingAfter: string | null,
): Promise<Result<Page<Place>, Failure>> {
  const filter = { agentId: null, person: hashesOfPerson(person) };
  const found = await organizationOf(c).callSources(filter, { direction: "older", from: null, until: null });
  if (!found.ok) return found;
  const sources = [...found.value.batches, ...found.value.direct.sources].sort(newestFirst);
  const routes = sources.map(({ batchId }) => present(routeOfOwn(c, batchId), "the index holds batches' ids"));
  const cursor = startingAfter === null ? null : parseRecipientId(startingAfter);
  const from = startingAfter === null ? 0 : routes.indexOf(cursor?.route ?? "");
  if (from < 0) return err(invalid("starting_after", "must be the id of an item in this list"));
  const places: Place[] = [];
  for (let next = from; next < routes.length && places.length <= limit; next += ASKED_AT_ONCE) {
    const answers = await Promise.all(
      routes
        .slice(next, next + ASKED_AT_ONCE)
        .map((route) => c.env.BATCHES.getByName(route).placesOf(c.get("organizationId"), person)),
    );
    const all = answers.flat().map((place) => ({ ...place, id: place.recipient.id }));
    const isFirst = next === from && startingAfter !== null;
    places.push(...(isFirst ? all.slice(all.findIndex(({ id }) => id === startingAfter) + 1) : all));
  }
  return ok(pageOf(places.slice(0, limit + 1), { limit, startingAfter, endingBefore: null }));
}
