/** Tables and diagrams of the documentation have the words of the source, each once and no other. */

import { expect, it } from "vitest";
import { ERROR_CODES, ERRORS, type ErrorCode } from "../../src/api/answers/parts/common.ts";
import { STEPS_AT_MOST } from "../../src/api/export/tar.ts";
import { FAILURES, FAILURES_OF_ORGANIZATION, PER_ADDRESS, PER_KEY } from "../../src/api/limits/rate-limits.ts";
import { nameOf, toolsAmong } from "../../src/api/mcp/tools.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import { MAX_ATTEMPTS } from "../../src/calling/messages/retry-policy.ts";
import { CALL_EVENTS, WEBHOOK_EVENTS, WEBHOOKS_AT_MOST } from "../../src/calling/messages/webhook.ts";
import {
  MAX_BODY_BYTES,
  MAX_CALLS_BODY_BYTES,
  MAX_DIRECT_CALLS,
  MAX_DO_NOT_CALL_NUMBERS,
  MAX_EXTERNAL_ID_CHARACTERS,
  MAX_METADATA_BYTES,
  MAX_NAME_CHARACTERS,
  MAX_PROVIDERS,
  MAX_RECIPIENTS,
  MAX_SMALL_BODY_BYTES,
  RINGING_TIMEOUT_SECONDS,
} from "../../src/calling/requests/limits.ts";
import { BATCH_STATUSES } from "../../src/calling/words/batch-status.ts";
import { END_REASONS } from "../../src/calling/words/call.ts";
import { DIRECT_CALL_ERRORS } from "../../src/calling/words/direct-call.ts";
import { NOT_DIALED_REASONS } from "../../src/calling/words/not-dialed.ts";
import { OUTCOMES } from "../../src/calling/words/outcome.ts";
import {
  callStatusOf,
  RECIPIENT_EVENTS,
  RECIPIENT_STATUSES,
  type RecipientStatus,
} from "../../src/calling/words/recipient.ts";
import { WAITING_REASONS } from "../../src/calling/words/waiting.ts";
import { BY_DESTINATION } from "../carrier/outcomes.ts";
import { batchDiagram, breakerDiagram, recipientDiagram } from "./diagrams.ts";
import { blocksOf, codeIn, tableOf, textOf } from "./pages.ts";

const concepts = textOf("docs/concepts.md");

it.each([
  { page: "docs/reference/errors.md", head: ["status", "`error_code`"], column: 1, words: ERROR_CODES },
  { page: "docs/concepts.md", head: ["event"], column: 0, words: RECIPIENT_EVENTS },
  {
    page: "docs/concepts.md",
    head: ["`status`", "meaning", "shown as the call status"],
    column: 0,
    words: RECIPIENT_STATUSES,
  },
  { page: "docs/concepts.md", head: ["`status`", "meaning"], column: 0, words: BATCH_STATUSES },
  { page: "docs/concepts.md", head: ["`end_reason`"], column: 0, words: END_REASONS },
  { page: "docs/concepts.md", head: ["`failure_reason`"], column: 0, words: NOT_DIALED_REASONS },
  { page: "docs/guides/running-batch.md", head: ["`waiting_reason`"], column: 0, words: WAITING_REASONS },
  { page: "docs/guides/direct-calls.md", head: ["`error_code`"], column: 0, words: DIRECT_CALL_ERRORS },
  { page: "docs/guides/webhooks.md", head: ["event"], column: 0, words: WEBHOOK_EVENTS },
  { page: "docs/guides/mcp.md", head: ["tool"], column: 0, words: toolsAmong(OPERATIONS).map(nameOf) },
])("$page, the table of $head", ({ page, head, column, words }) => {
  expect(codeIn(tableOf(textOf(page), ...head), column).toSorted()).toEqual([...words].toSorted());
});

it("each error has the status that the table says", () => {
  for (const row of tableOf(textOf("docs/reference/errors.md"), "status", "`error_code`"))
    for (const code of codeIn([row], 1)) expect([code, ERRORS[code as ErrorCode][0]]).toEqual([code, Number(row[0])]);
});

it("the outcomes that a list of recipients takes are all named", () => {
  const row = tableOf(textOf("docs/guides/results.md"), "parameter").filter(([name]) => name === "`outcome`");
  expect(codeIn(row, 1).toSorted()).toEqual([...OUTCOMES].toSorted());
});

it("each recipient's status shows as the call status that the table says", () => {
  for (const [status = "", , call = ""] of tableOf(concepts, "`status`", "meaning", "shown as the call status")) {
    const shown = callStatusOf(status.replaceAll("`", "") as RecipientStatus);
    expect(call.replaceAll("`", ""), status).toBe(shown ?? "");
  }
});

it("call events carry a call, and batch events a batch", () => {
  for (const [events = "", , content = ""] of tableOf(textOf("docs/guides/webhooks.md"), "event")) {
    const isOfCall = CALL_EVENTS.some((event) => events.includes(event));
    expect(content.startsWith(isOfCall ? "`call`" : "`batch`"), events).toBe(true);
  }
});

it("the diagrams follow from the transition tables", () => {
  const drawn = blocksOf(concepts).filter(({ info }) => info === "mermaid");
  expect(drawn.map(({ text }) => text.trimEnd())).toEqual([recipientDiagram(), batchDiagram(), breakerDiagram()]);
});

it("every variable that the source reads is explained, and no other", () => {
  const page = textOf("docs/reference/variables.md");
  const [worker = "", local = ""] = page.split("## `npm start`");
  const ofWorker = [...textOf("src/env.ts").matchAll(/^ {2}([A-Z_]+)\?: string/gm)].map(([, name = ""]) => name);
  expect(codeIn(tableOf(worker, "variable"), 0).toSorted()).toEqual(ofWorker.toSorted());
  const read = textOf("test/local/settings.ts").matchAll(/(?:given|portFrom|booleanFrom)\(env, "([A-Z_]+)"/g);
  const ofCommands = [...read].map(([, name = ""]) => name).filter((name) => !ofWorker.includes(name));
  expect(codeIn(tableOf(local, "variable"), 0).toSorted()).toEqual([...new Set(ofCommands)].toSorted());
});

it("every number with an outcome of its own is explained", () => {
  const rows = tableOf(textOf("docs/reference/test-numbers.md"), "`to_number`").map(([number]) => number);
  expect(rows).toEqual([...Object.keys(BY_DESTINATION).toSorted(), "any other"]);
});

it("the limits are those of the source", () => {
  const page = textOf("docs/reference/limits.md");
  const said = (table: string): string[][] =>
    tableOf(page.slice(page.indexOf(`## ${table}`)), "what").map((row) => [...row]);
  const mib = (bytes: number): string => `${bytes / 1_024 / 1_024} MiB`;
  const requests = Object.fromEntries(said("Requests"));
  expect(requests).toMatchObject({
    "body with recipients": mib(MAX_BODY_BYTES),
    "body with direct calls, or for MCP tools": mib(MAX_CALLS_BODY_BYTES),
    "any other body": `${MAX_SMALL_BODY_BYTES / 1_024} KiB`,
    "requests with one key": `${PER_KEY.quota.toLocaleString("en")} in ${PER_KEY.seconds} s`,
    "requests from one address without a key": `${PER_ADDRESS.quota.toLocaleString("en")} in ${PER_ADDRESS.seconds} s`,
    "wrong keys, tokens or tickets from one address": `${FAILURES.quota} in a minute`,
    "wrong keys of one organization": `${FAILURES_OF_ORGANIZATION.quota} in a minute`,
  });
  const batches = Object.fromEntries(said("Batches"));
  const { least, most, usual } = RINGING_TIMEOUT_SECONDS;
  expect(batches).toMatchObject({
    "recipients in a batch": MAX_RECIPIENTS.toLocaleString("en"),
    name: `${MAX_NAME_CHARACTERS} characters`,
    "`external_id`": `${MAX_EXTERNAL_ID_CHARACTERS} characters`,
    "metadata of a recipient": `${MAX_METADATA_BYTES / 1_024} KiB as JSON`,
    "`ringing_timeout_seconds`": `${least} to ${most}; default ${usual}`,
    "`retry_policy.max_attempts`": `${MAX_ATTEMPTS.least} to ${MAX_ATTEMPTS.most}`,
  });
  const organizations = Object.fromEntries(said("Organizations"));
  expect(organizations).toMatchObject({
    "direct calls in a request": String(MAX_DIRECT_CALLS),
    "numbers in a do-not-call request": MAX_DO_NOT_CALL_NUMBERS.toLocaleString("en"),
    "files in one export": `${STEPS_AT_MOST.toLocaleString("en")}; a further export has the rest`,
    providers: MAX_PROVIDERS.toLocaleString("en"),
    webhooks: String(WEBHOOKS_AT_MOST),
  });
});
