/** `/agents/do-not-call`: whom never to call, and `POST /agents/calls/{call_id}/opt-out`. */

import { numberAsked } from "../../calling/numbers/written-number.ts";
import { MAX_BODY_BYTES, MAX_DO_NOT_CALL_NUMBERS } from "../../calling/requests/limits.ts";
import { ok, type Result } from "../../calling/requests/result.ts";
import type { NewDoNotCall } from "../../organization/rpc.ts";
import { bodyIfAny, bodyOf, issuesOf, NEITHER_JSON_NOR_FORM } from "../body.ts";
import { type ApiContext, organizationOf, pathPart } from "../context.ts";
import { doNotCallHeader, doNotCallLines, listedRowOf } from "../csv/do-not-call-rows.ts";
import { allIssues } from "../csv/issues.ts";
import { csvFormatOf } from "../csv/lines.ts";
import { csvStream } from "../csv/stream.ts";
import { type ApiError, fail, respondWith } from "../envelope.ts";
import { fieldsOf, invalid, readFileForm } from "../file-form.ts";
import { isForm } from "../form.ts";
import { presentReadings } from "../national-numbers.ts";
import { presentPage } from "../present.ts";
import { presentDoNotCall, presentDoNotCallHistory } from "../present-organization.ts";
import { pageRequestOf, queryOf } from "../query.ts";
import {
  addDoNotCallBody,
  type DoNotCallAddedAnswer,
  doNotCallFile,
  exportDoNotCallQuery,
  listDoNotCallQuery,
  optOutBody,
  removeDoNotCallQuery,
} from "../schemas/do-not-call.ts";
import { findCall } from "./calls.ts";

type Entries = NewDoNotCall["entries"];
const ROWS = { name: "numbers", most: MAX_DO_NOT_CALL_NUMBERS };

/** How the file with the numbers was read, where one was sent. */
type AsRead = Pick<DoNotCallAddedAnswer, "country_readings" | "file">;
type Sent = { readonly entries: Entries; readonly asRead: AsRead };

async function add(c: ApiContext, { entries, asRead }: Sent, callId: string | null): Promise<Response> {
  const added = await organizationOf(c).addDoNotCall({ entries, callId, by: c.get("apiKey") });
  return c.json({ added, already_listed: entries.length - added, ...asRead }, 201);
}

export async function addDoNotCall(c: ApiContext): Promise<Response> {
  const sent = isForm(c.req.header("content-type")) ? await entriesOfForm(c) : await entriesOfJson(c);
  return sent.ok ? add(c, sent.value, null) : respondWith(c, sent.failure);
}

async function entriesOfJson(c: ApiContext): Promise<Result<Sent, ApiError>> {
  const body = await bodyOf(c, addDoNotCallBody, MAX_BODY_BYTES, NEITHER_JSON_NOR_FORM);
  if (!body.ok) return body;
  const { number, numbers, reason } = body.value;
  const entries = (numbers ?? (number === null ? [] : [number])).map((one) => ({ number: one, reason }));
  return ok({ entries, asRead: {} });
}

async function entriesOfForm(c: ApiContext): Promise<Result<Sent, ApiError>> {
  const form = await readFileForm(c, ROWS);
  if (!form.ok) return form;
  const { sent, file } = form.value;
  const fields = fieldsOf(sent, { reason: doNotCallFile.shape.reason });
  const parsed = doNotCallFile.safeParse({ ...fields, recipients: file.recipients.map(listedRowOf) });
  const issues = allIssues(file, parsed.success ? [] : issuesOf(parsed.error));
  if (!parsed.success || issues.length > 0) return invalid(issues);
  const { recipients, reason } = parsed.data;
  const entries = recipients.map((row) => ({ number: row.to_number, reason: row.reason ?? reason }));
  const readings = presentReadings(file.countryReadings, (index) => file.lines[index] ?? null);
  return ok({
    entries,
    asRead: { ...(sent.get("default_country") ? { country_readings: readings } : {}), file: file.asRead },
  });
}

export async function listDoNotCall(c: ApiContext): Promise<Response> {
  const query = queryOf(c, listDoNotCallQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const { status, q, number } = query.value;
  const filter = { status, text: q ?? null, number: number === undefined ? null : numberAsked(number) };
  const page = await organizationOf(c).listDoNotCall(filter, pageRequestOf(query.value));
  return page.ok ? c.json(presentPage(page.value, presentDoNotCall)) : fail(c, page.failure);
}

/**
 * In one message to the organization: a request may send 10,000 (Workers, "Limits"), and a list has millions of entries. Of the
 * longest reasons such a page is 12 MB, where a message may have 32.
 */
const EXPORTED_AT_ONCE = 2_000;

/** Entries are never deleted, so every page begins where the last one ended. */
export async function exportDoNotCall(c: ApiContext): Promise<Response> {
  const query = queryOf(c, exportDoNotCallQuery);
  if (!query.ok) return respondWith(c, query.failure);
  const { status, q } = query.value;
  const format = csvFormatOf(query.value);
  const filter = { status, text: q ?? null, number: null };
  let startingAfter: string | null = null;
  const file = csvStream(doNotCallHeader(format), async () => {
    const request = { limit: EXPORTED_AT_ONCE, startingAfter, endingBefore: null };
    const page = await organizationOf(c).listDoNotCall(filter, request);
    if (!page.ok) throw new Error(`the do-not-call list could not be read on: ${page.failure.kind}`);
    startingAfter = page.value.nextPage;
    return { lines: doNotCallLines(page.value.data, format), isLast: startingAfter === null };
  });
  return c.body(file, 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="do-not-call.csv"`,
  });
}

export async function getDoNotCall(c: ApiContext): Promise<Response> {
  const history = await organizationOf(c).getDoNotCall(numberAsked(pathPart(c, "number")));
  return history.ok ? c.json(presentDoNotCallHistory(history.value)) : fail(c, history.failure);
}

export async function removeDoNotCall(c: ApiContext): Promise<Response> {
  const number = numberAsked(pathPart(c, "number"));
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
  const body = await bodyIfAny(c, optOutBody);
  if (!body.ok) return respondWith(c, body.failure);
  const entries = [{ number: call.value.to_number, reason: body.value.reason }];
  return add(c, { entries, asRead: {} }, id);
}
