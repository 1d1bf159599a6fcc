/** `/agents/do-not-call`: whom never to call, and `POST /agents/calls/{call_id}/opt-out`. */

import { ok } from "../../calling/result.ts";
import { bodyOf } from "../body.ts";
import { type ApiContext, organizationOf, pathPart } from "../context.ts";
import { fail, respondWith } from "../envelope.ts";
import { presentDoNotCall, presentDoNotCallHistory, presentPage } from "../present.ts";
import { pageRequestOf, queryOf } from "../query.ts";
import { addDoNotCallBody, listDoNotCallQuery, optOutBody, removeDoNotCallQuery } from "../schemas/do-not-call.ts";
import { findCall } from "./calls.ts";

type Wanted = { readonly numbers: readonly string[]; readonly reason: string | null };

async function add(c: ApiContext, { numbers, reason }: Wanted, callId: string | null): Promise<Response> {
  const added = await organizationOf(c).addDoNotCall({ numbers, reason, callId, by: c.get("apiKey") });
  return c.json({ added, already_listed: numbers.length - added }, 201);
}

export async function addDoNotCall(c: ApiContext): Promise<Response> {
  const body = await bodyOf(c, addDoNotCallBody);
  if (!body.ok) return respondWith(c, body.failure);
  const { number, numbers, reason } = body.value;
  return add(c, { numbers: numbers ?? (number === null ? [] : [number]), reason }, null);
}

export async function listDoNotCall(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listDoNotCallQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const { status, q, number } = query.value;
  const filter = { status, text: q ?? null, number: number ?? null };
  const page = await organizationOf(c).listDoNotCall(filter, pageRequestOf(query.value));
  return page.ok ? c.json(presentPage(page.value, presentDoNotCall)) : fail(c, page.failure);
}

export async function getDoNotCall(c: ApiContext): Promise<Response> {
  const history = await organizationOf(c).getDoNotCall(pathPart(c, "number"));
  return history.ok ? c.json(presentDoNotCallHistory(history.value)) : fail(c, history.failure);
}

export async function removeDoNotCall(c: ApiContext): Promise<Response> {
  const number = pathPart(c, "number");
  const known = await organizationOf(c).getDoNotCall(number);
  if (!known.ok) return fail(c, known.failure);
  const query = queryOf(c, removeDoNotCallQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const removed = await organizationOf(c).removeDoNotCall(number, query.value.reason, c.get("apiKey"));
  return removed.ok ? c.json(presentDoNotCall(removed.value)) : fail(c, removed.failure);
}

/** An agent, or whoever is told of calls, reports that the callee does not want to be called again. */
export async function optOut(c: ApiContext): Promise<Response> {
  const id = pathPart(c, "call_id");
  const call = await findCall(c, id);
  if (!call.ok) return fail(c, call.failure);
  const body = c.req.raw.body === null ? ok({ reason: null }) : await bodyOf(c, optOutBody);
  if (!body.ok) return respondWith(c, body.failure);
  return add(c, { numbers: [call.value.to_number], reason: body.value.reason }, id);
}
