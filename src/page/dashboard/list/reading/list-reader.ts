/** Talks to the worker that reads lists. */

import type { People, Person } from "../people.ts";
import type { Answer, Question } from "./protocol.ts";
import type { Summary } from "./read-list.ts";

/** The path from the build (`page-files.ts`). */
const SCRIPT = "/dashboard/list/reading/main.js";

export type ReadList = { readonly summary: Summary; readonly read: People };
type Done = (list: ReadList) => void;
type Failed = (problem: string) => void;

const NOT_LOADED = "could not be read: the part of the page that reads lists was not loaded. Load the page again";

/** One question at a time: a new one replaces the previous one. */
export class ListReader {
  #worker: Worker | null = null;
  #asked = 0;

  ask(question: Omit<Question, "id">, done: Done, failed: Failed): void {
    this.#asked += 1;
    const id = this.#asked;
    const worker = this.#start();
    const people: Person[] = [];
    let summary: Summary | null = null;
    worker.onerror = () => {
      this.stop();
      failed(NOT_LOADED);
    };
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.id !== this.#asked) return;
      if (data.kind === "failed") failed(data.problem);
      else if (data.kind === "summary") summary = data.summary;
      else if (data.kind === "people") people.push(...data.people);
      else if (summary !== null) {
        const { faults, repeats, doubts } = data;
        done({ summary, read: { people, faults, repeats, doubts } });
      }
    };
    worker.postMessage({ ...question, id } satisfies Question);
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#asked += 1;
  }

  #start(): Worker {
    this.#worker ??= new Worker(SCRIPT, { type: "module" });
    return this.#worker;
  }
}
