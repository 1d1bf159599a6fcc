/** Tables and diagrams of the documentation have the words of the source, each once and no other. */

import { expect, it } from "vitest";
import { nameOf, toolsAmong } from "../../src/api/mcp/tools.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import { ERROR_CODES } from "../../src/api/schemas/common-answers.ts";
import { CALL_EVENTS, WEBHOOK_EVENTS } from "../../src/calling/messages/webhook.ts";
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
