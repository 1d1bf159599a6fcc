/** Shared by the operations on the do-not-call list. */

import { ok, type Result } from "../../../calling/requests/result.ts";
import type { NewDoNotCall } from "../../../organization/messages/people.ts";
import {
  type DoNotCallAddedAnswer,
  doNotCallAdded,
  doNotCallEntry,
  presentDoNotCall,
} from "../../answers/organization/people.ts";
import { type ApiContext, actOf, organizationOf } from "../../context.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, created, view } from "../../operation.ts";

export const LIST = { audience: "client", role: "operator", tag: "Do not call", path: "/agents/do-not-call" } as const;
export const ONE_NUMBER = { ...LIST, path: "/agents/do-not-call/:number" } as const;
export const ENTRY = view("DoNotCallEntry", doNotCallEntry, samples.doNotCall, presentDoNotCall);
export const ADDED = created(
  "These numbers are no longer dialed. Waiting recipients with one of them have failed.",
  content("DoNotCallAdded", doNotCallAdded, { added: 1, already_listed: 0 }),
);

/** `callId`: the call in which the person asked for it. */
export async function add(
  c: ApiContext,
  entries: NewDoNotCall["entries"],
  callId: string | null,
): Promise<Result<DoNotCallAddedAnswer, never>> {
  const added = await organizationOf(c).addDoNotCall({ entries, callId, by: c.get("client") }, actOf(c));
  return ok({ added, already_listed: entries.length - added });
}
