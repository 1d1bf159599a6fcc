import { MAX_BODY_BYTES, MAX_DO_NOT_CALL_NUMBERS } from "../../../calling/requests/limits.ts";
import { mapped, ok, type Result } from "../../../calling/requests/result.ts";
import type { NewDoNotCall } from "../../../organization/messages/people.ts";
import type { DoNotCallAddedAnswer } from "../../answers/organization/people.ts";
import { presentReadings } from "../../answers/parts/file.ts";
import { bodyOf, issuesOf, NEITHER_JSON_NOR_FORM } from "../../body/body.ts";
import { isForm } from "../../body/form.ts";
import type { ApiContext } from "../../context.ts";
import { listedRowOf } from "../../csv/do-not-call-rows.ts";
import { allIssues } from "../../csv/issues.ts";
import type { ApiError } from "../../envelope.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, operation } from "../../operation.ts";
import { fieldsOf, invalid, readFileForm } from "../../orders/file-form.ts";
import { addDoNotCallBody, addDoNotCallForm, doNotCallFile } from "../../requests/do-not-call.ts";
import { ADDED, add, LIST } from "./entry.ts";

export const addDoNotCall = operation({
  ...LIST,
  method: "POST",
  id: "addDoNotCall",
  summary: "Add up to 10,000 numbers to the do-not-call list, as JSON or a file",
  description:
    "From the answer on, no call to these numbers begins. The answer comes when every dialing batch knows the numbers. If a batch does not answer, that takes up to 20 s, until its earlier clearances have expired. Calls in flight run to their end.",
  repeats: { isHarmless: true },
  body: content("AddDoNotCall", addDoNotCallBody, { number: samples.doNotCall.number, reason: "complained" }),
  form: content(
    "AddDoNotCallForm",
    addDoNotCallForm,
    { file: "number,reason\r\n+14155550123,complained\r\n+14155550124,\r\n", reason: "moved over from the old list" },
    "multipart/form-data",
  ),
  readsBody: true,
  answer: ADDED,
  handle: async (c) => {
    const sent = isForm(c.req.header("content-type")) ? await entriesOfForm(c) : await entriesOfJson(c);
    if (!sent.ok) return sent;
    const { entries, asRead } = sent.value;
    return mapped(await add(c, entries, null), (added) => ({ ...added, ...asRead }));
  },
});

const ROWS = { name: "numbers", most: MAX_DO_NOT_CALL_NUMBERS };

/** `asRead`: how the file with the numbers was read, if one was sent. */
type Sent = {
  readonly entries: NewDoNotCall["entries"];
  readonly asRead: Pick<DoNotCallAddedAnswer, "country_readings" | "file">;
};

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
