/** The worker's script: reads lists without blocking the page. */

import type { Table } from "../../../../api/list/table.ts";
import type { Result } from "../../../../calling/requests/result.ts";
import type { Person } from "../people.ts";
import type { Answer, Question } from "./protocol.ts";
import { peopleIn, readTable, summaryOf } from "./read-list.ts";

/** The names of a window that a worker has too. */
type Beside = {
  onmessage: ((event: { readonly data: Question }) => void) | null;
  readonly postMessage: (answer: Answer) => void;
};
const beside = globalThis as unknown as Beside;

/** Values in one message: the page processes them in a few milliseconds. */
const VALUES_AT_ONCE = 10_000;

/** Losing it is safe: the list is read again. */
let last: { readonly key: string; readonly table: Promise<Result<Table, string>> } | null = null;

async function bytesOf(list: Blob): Promise<Uint8Array> {
  return new Uint8Array(await list.arrayBuffer());
}

function tableFor({ list, listId, sheet, most }: Question): Promise<Result<Table, string>> {
  const key = `${listId} ${sheet ?? ""}`;
  if (last?.key !== key) last = { key, table: bytesOf(list).then((bytes) => readTable(bytes, sheet, most)) };
  return last.table;
}

function sendPeople(id: number, people: readonly Person[], columns: number): void {
  const atOnce = Math.max(1, Math.floor(VALUES_AT_ONCE / Math.max(1, columns)));
  for (let at = 0; at < people.length; at += atOnce) {
    beside.postMessage({ id, kind: "people", people: people.slice(at, at + atOnce) });
  }
}

beside.onmessage = async ({ data: question }) => {
  const { id } = question;
  try {
    const table = await tableFor(question);
    if (!table.ok) return beside.postMessage({ id, kind: "failed", problem: table.failure });
    const summary = summaryOf(table.value, question);
    beside.postMessage({ id, kind: "summary", summary });
    const { people, ...rest } = peopleIn(table.value, summary.mapping, question);
    sendPeople(id, people, summary.columns.length);
    beside.postMessage({ id, kind: "end", ...rest });
  } catch {
    last = null;
    beside.postMessage({ id, kind: "failed", problem: "could not be read: choose it again" });
  }
};
