/** Shared by the operations that erase people. */

import type { PersonNamed } from "../../../calling/numbers/person-hash.ts";
import type { Failure } from "../../../calling/requests/failure.ts";
import type { Result } from "../../../calling/requests/result.ts";
import type { ErasureView } from "../../../organization/messages/people.ts";
import { erasureAnswer, presentErasure } from "../../answers/organization/people.ts";
import { type ApiContext, actOf, organizationOf } from "../../context.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { answered, view } from "../../operation.ts";

export const PEOPLE = { audience: "client", role: "admin", tag: "People", path: "/agents/people" } as const;
export const ERASURES = { ...PEOPLE, path: "/agents/people/erasures" } as const;
export const ERASURE = view("Erasure", erasureAnswer, samples.erasure, presentErasure);
export const ACCEPTED = answered(202, "The receipt. What is left to do goes on by itself.", ERASURE);
export const WHAT_IS_ERASED =
  "Number, metadata, external id and time zone, the carrier's ids and messages, events and deliveries, in every batch and direct call. A recipient who waits is not called. A call in flight goes on, is not retried, and is erased once it is over. That there were calls, when, and how they ended stays, and so does an entry of the do-not-call list, as a keyed hash. A person that is not known is erased from nowhere.";

export const erase = (c: ApiContext, person: PersonNamed): Promise<Result<ErasureView, Failure>> =>
  organizationOf(c).erasePerson(person, c.get("client"), actOf(c));
