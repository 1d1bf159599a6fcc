/** `/agents/do-not-call`, and the report that somebody asked to be on it. */

import { z } from "zod";
import { pageOf } from "../../schemas/common-answers.ts";
import {
  addDoNotCallBody,
  addDoNotCallForm,
  doNotCallAdded,
  doNotCallEntry,
  doNotCallHistory,
  exportDoNotCallQuery,
  listDoNotCallQuery,
  optOutBody,
  removeDoNotCallQuery,
} from "../../schemas/do-not-call.ts";
import { content, created, type Operation, ok } from "../operation.ts";
import * as samples from "../samples.ts";

const PATH = "/agents/do-not-call";
const common = { audience: "client", tag: "Do not call" } as const;
const added = created(
  "Nobody is dialed under these numbers any more. Whoever waited in a batch under one of them has failed.",
  content("DoNotCallAdded", doNotCallAdded, { added: 1, already_listed: 0 }),
);

export const DO_NOT_CALL_OPERATIONS: readonly Operation[] = [
  {
    ...common,
    method: "POST",
    path: PATH,
    id: "addDoNotCall",
    takesIdempotencyKey: true,
    summary: "List one number, or up to 10,000, also as a CSV file",
    description:
      "It is answered when every batch that dials has heard of it, or, should one not answer, when nothing that it was told before counts any more, after 20 s. Calls in flight run to their end.",
    body: content("AddDoNotCall", addDoNotCallBody, { number: samples.doNotCall.number, reason: "complained" }),
    form: {
      ...content("AddDoNotCallForm", addDoNotCallForm, {
        file: "number,reason\r\n+14155550123,complained\r\n+14155550124,\r\n",
        reason: "moved over from the old list",
      }),
      mediaType: "multipart/form-data",
    },
    answer: added,
  },
  {
    ...common,
    method: "GET",
    path: PATH,
    id: "listDoNotCall",
    summary: "List entries, newest first",
    query: listDoNotCallQuery,
    answer: ok("A page of entries.", content("DoNotCallPage", pageOf(doNotCallEntry), samples.page(samples.doNotCall))),
  },
  {
    ...common,
    method: "GET",
    path: `${PATH}.csv`,
    id: "exportDoNotCall",
    summary: "Download the list as CSV, newest entries first",
    description:
      "Who listed a number when and why, and who took it off. What a spreadsheet would run as a formula has an apostrophe before it. The file can be sent again as it is, but for rows of numbers that were taken off.",
    query: exportDoNotCallQuery,
    answer: ok("The file.", {
      ...content("DoNotCallCsv", z.string(), samples.doNotCallCsv),
      mediaType: "text/csv",
    }),
  },
  {
    ...common,
    method: "GET",
    path: `${PATH}/:number`,
    id: "getDoNotCall",
    summary: "Read what is known of a number",
    description: "Its newest entry, with `removed_at` where the number may be called again, and the entries before it.",
    answer: ok(
      "It is or was on the list.",
      content("DoNotCallHistory", doNotCallHistory, { ...samples.doNotCall, earlier: [] }),
    ),
  },
  {
    ...common,
    method: "DELETE",
    path: `${PATH}/:number`,
    id: "removeDoNotCall",
    summary: "Let a number be called again",
    description: "The entry stays known, with who ended it when and why. Recipients that failed for it stay failed.",
    query: removeDoNotCallQuery,
    answer: ok("The entry as it ended.", content("DoNotCallEntry", doNotCallEntry, samples.doNotCall)),
  },
  {
    ...common,
    method: "POST",
    path: "/agents/calls/:call_id/opt-out",
    id: "reportOptOut",
    takesIdempotencyKey: true,
    summary: "Report that a callee does not want to be called again",
    description: "Lists the number that was called. For agents, and for whoever is told of calls.",
    body: content("OptOut", optOutBody, { reason: "asked for it on the phone" }),
    needsNoBody: true,
    answer: added,
  },
];
