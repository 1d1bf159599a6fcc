/**
 * Erases people: asks each batch, object of direct calls and archive that may hold the person, then every webhook, and
 * then forgets the person. What is left to do is stored, so after a crash the alarm goes on. Every step may be repeated.
 */

import type { Act } from "../../calling/messages/act.ts";
import type { PersonErased, PersonInBatch } from "../../calling/messages/erasure.ts";
import { hashesOfPerson, type PersonHash, type PersonNamed } from "../../calling/numbers/person-hash.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import type { Result } from "../../calling/requests/result.ts";
import type { ArchiveProblem } from "../../calling/words/archive-problem.ts";
import { writeLog } from "../../log.ts";
import type { Sql } from "../../storage/sql.ts";
import { record } from "../acts/act-rows.ts";
import { idOfSource } from "../batches/batch-index.ts";
import { openDeletion } from "../batches/deletions.ts";
import { idOfPool } from "../batches/direct-pools.ts";
import { forgetHashes, sourcesWith } from "../batches/people-index.ts";
import { webhookIds } from "../configuration/webhooks.ts";
import type { KeyName } from "../messages/access.ts";
import { eraseContacts } from "../people/contacts.ts";
import { eraseNumber, isInList } from "../people/do-not-call.ts";
import { makeErasedKey } from "../people/erased-key.ts";
import type { KeyRing } from "../store/seal.ts";
import { mayHaveArchive } from "./archive-rows.ts";
import type { Archives } from "./archives.ts";
import {
  completeErasure,
  type Erased,
  type ErasingPort,
  type ErasureWork,
  insertErasure,
  NOTHING_ERASED,
  type OpenErasure,
  openErasures,
  storeProgress,
} from "./erasure-rows.ts";

export type ErasuresPort = ErasingPort & {
  readonly keyRing: KeyRing;
  readonly waitUntil: (work: Promise<void>) => void;
  readonly archives: Pick<Archives, "mark" | "personIn" | "erase" | "problem">;
  readonly personIn: (batchId: string, person: PersonNamed) => Promise<Result<PersonInBatch, Failure>>;
  readonly erasePerson: (
    batchId: string,
    person: PersonNamed,
    hashes: readonly PersonHash[],
  ) => Promise<Result<PersonErased, Failure>>;
};

/** Batches asked at once. */
const AT_ONCE = 6;

/** `isDone` false: the source is asked again later. `gone`: what stands for nobody in it any longer. */
type Step = {
  readonly source: number;
  readonly isDone: boolean;
  readonly erased: Erased;
  readonly gone: readonly PersonHash[];
};

export class Erasures {
  readonly #port: ErasuresPort;
  #running: Promise<void> | null = null;
  /** Whether archives can be asked: found out once in a run, when the first one is needed. */
  #hasBucket: Promise<boolean> | null = null;

  constructor(port: ErasuresPort) {
    this.#port = port;
  }

  get archiveProblem(): ArchiveProblem | null {
    return this.#port.archives.problem;
  }

  /** Resolves when all that can be done now is done. */
  request(id: string, person: PersonNamed, by: KeyName, act: Act | undefined): Promise<void> {
    const { sql, decide } = this.#port;
    decide(({ erasing }, now) => {
      const hashes = hashesOfPerson(person);
      const numbers = person.toNumber === null ? [] : [person.toNumber];
      insertErasure(sql, id, { person, sources: sourcesWith(sql, hashes), numbers, hashes }, by, now);
      record(sql, act, { kind: "erasure", resourceId: id, before: null, after: {} }, now);
      erasing.look(now);
    });
    return this.run();
  }

  /** Does all that can be done now. What is left is due again later. */
  run(): Promise<void> {
    if (this.#running === null) {
      this.#running = this.#runAll().finally(() => {
        this.#running = null;
      });
      this.#port.waitUntil(this.#running);
    }
    return this.#running;
  }

  async #runAll(): Promise<void> {
    const { sql, decide } = this.#port;
    const isDone = new Set<string>();
    this.#hasBucket = null;
    // One that was requested meanwhile is run too.
    for (let next = nextOf(sql, isDone); next !== null; next = nextOf(sql, isDone)) {
      isDone.add(next.id);
      await this.#erase(next);
    }
    decide(({ erasing }, now) => erasing.look(now));
  }

  async #erase({ id, work: before }: OpenErasure): Promise<void> {
    const { sql } = this.#port;
    let work = before;
    for (let first = 0; first < before.sources.length; first += AT_ONCE) {
      const asked = before.sources.slice(first, first + AT_ONCE);
      // What is learned is stored before anything is erased: after that it is known nowhere else.
      const known = await Promise.all(asked.map((source) => this.#known(before.person, source)));
      work = this.#learned(id, work, known);
      const ready = asked.filter((_, index) => known[index] !== null);
      for (const step of await Promise.all(ready.map((source) => this.#eraseIn(work, source)))) {
        const left = step.isDone ? work.sources.filter((source) => source !== step.source) : work.sources;
        if (!step.isDone && step.erased === NOTHING_ERASED) continue;
        work = { ...work, sources: left };
        sql.transaction(() => {
          if (step.isDone) forgetHashes(sql, step.source, step.gone);
          storeProgress(sql, id, work, step.erased);
        });
      }
    }
    if (work.sources.length === 0) await this.#forget(id, work);
  }

  #learned(id: string, work: ErasureWork, known: readonly (PersonInBatch | null)[]): ErasureWork {
    const numbers = [...new Set([...work.numbers, ...known.flatMap((one) => one?.numbers ?? [])])];
    const hashes = [...new Set([...work.hashes, ...known.flatMap((one) => one?.hashes ?? [])])];
    if (numbers.length === work.numbers.length && hashes.length === work.hashes.length) return work;
    const learned = { ...work, numbers, hashes };
    this.#port.sql.transaction(() => storeProgress(this.#port.sql, id, learned, NOTHING_ERASED));
    return learned;
  }

  /** Null if the source does not answer: then nothing is erased in it yet. */
  async #known(person: PersonNamed, source: number): Promise<PersonInBatch | null> {
    const batchId = this.#batchOf(source);
    if (batchId !== null) {
      const found = await this.#answered(this.#port.personIn(batchId, person));
      return found === null ? null : found.ok ? found.value : NOBODY;
    }
    if (!mayHaveArchive(this.#port.sql, source)) return NOBODY;
    if (!(await this.#canAskArchives())) return null;
    const archived = await this.#answered(this.#port.archives.personIn(source, person));
    return archived?.ok ? archived.value : null;
  }

  async #eraseIn(work: ErasureWork, source: number): Promise<Step> {
    const { sql } = this.#port;
    const isInBatch = this.#batchOf(source) !== null || !mayHaveArchive(sql, source);
    const inBatch = isInBatch ? await this.#eraseInBatch(work, source) : null;
    // Its archive may have been begun meanwhile.
    if (!mayHaveArchive(sql, source)) return inBatch ?? { source, isDone: true, erased: NOTHING_ERASED, gone: [] };
    const inArchive = await this.#eraseInArchive(work, source);
    if (inBatch === null) return inArchive;
    const isGone = new Set(inArchive.gone);
    return {
      source,
      isDone: inBatch.isDone && inArchive.isDone,
      erased: inBatch.erased === NOTHING_ERASED ? inArchive.erased : inBatch.erased,
      gone: inBatch.gone.filter((hash) => isGone.has(hash)),
    };
  }

  /** While it is being archived, a person may come into the archive that is erased in the batch already. */
  async #eraseInArchive(work: ErasureWork, source: number): Promise<Step> {
    const { sql, archives } = this.#port;
    const isReady = openDeletion(sql, source) === null && (await this.#canAskArchives());
    const erased = isReady ? await this.#answered(archives.erase(source, work.person, work.hashes)) : null;
    if (!erased?.ok) return { source, isDone: false, erased: NOTHING_ERASED, gone: [] };
    const { recipients, calls, shared } = erased.value;
    const isShared = new Set(shared);
    return {
      source,
      isDone: true,
      erased: recipients > 0 ? { batches: 1, recipients, calls } : NOTHING_ERASED,
      gone: work.hashes.filter((hash) => !isShared.has(hash)),
    };
  }

  async #eraseInBatch(work: ErasureWork, source: number): Promise<Step> {
    const batchId = this.#batchOf(source);
    if (batchId === null) {
      // It has not reported yet, or never came to be, and then the index forgets it.
      const isGone = !sourcesWith(this.#port.sql, hashesOfPerson(work.person), source, source).includes(source);
      return { source, isDone: isGone, erased: NOTHING_ERASED, gone: [] };
    }
    const answer = await this.#answered(this.#port.erasePerson(batchId, work.person, work.hashes));
    if (answer === null) return { source, isDone: false, erased: NOTHING_ERASED, gone: [] };
    // The batch is gone.
    if (!answer.ok) {
      const isDone = answer.failure.kind === "not_found";
      return { source, isDone, erased: NOTHING_ERASED, gone: isDone ? work.hashes : [] };
    }
    const { isOver, recipients, calls, callIds, shared } = answer.value;
    const isToldEverywhere = callIds.length === 0 || (await this.#toldWebhooks(callIds));
    const isDone = isOver && isToldEverywhere;
    const isShared = new Set(shared);
    const gone = isDone ? work.hashes.filter((hash) => !isShared.has(hash)) : [];
    const isAny = recipients > 0;
    return {
      source,
      isDone,
      erased: isAny ? { batches: 1, recipients, calls } : NOTHING_ERASED,
      gone,
    };
  }

  #canAskArchives(): Promise<boolean> {
    this.#hasBucket ??= this.#answered(this.#port.archives.mark()).then((mark) => mark?.ok === true);
    return this.#hasBucket;
  }

  async #toldWebhooks(callIds: readonly string[]): Promise<boolean> {
    const { sql, eraseCalls } = this.#port;
    const told = await Promise.all(
      webhookIds(sql).map((id) =>
        this.#answered(eraseCalls(id, callIds).then(() => ({ ok: true as const, value: null }))),
      ),
    );
    return told.every((one) => one !== null);
  }

  /** Nothing is left of the person but what stands for it on the do-not-call list. */
  async #forget(id: string, { numbers }: ErasureWork): Promise<void> {
    const { sql, keyRing } = this.#port;
    if (numbers.some((number) => isInList(sql, number))) await makeErasedKey(sql, keyRing);
    sql.transaction(() => {
      for (const number of numbers) {
        eraseContacts(sql, number);
        if (isInList(sql, number)) eraseNumber(sql, number);
      }
      completeErasure(sql, id, Date.now());
    });
  }

  #batchOf(source: number): string | null {
    const { sql } = this.#port;
    return idOfSource(sql, source) ?? idOfPool(sql, source);
  }

  /** Null if the object does not answer: it is asked again. */
  async #answered<T>(message: Promise<Result<T, Failure>>): Promise<Result<T, Failure> | null> {
    try {
      return await message;
    } catch (error) {
      writeLog({ level: "warn", event: "erasure_unanswered", error: String(error) });
      return null;
    }
  }
}

const NOBODY: PersonInBatch = { numbers: [], hashes: [] };

/** First those that need no bucket: it may not answer for long. */
function nextOf(sql: Sql, isDone: ReadonlySet<string>): OpenErasure | null {
  const left = openErasures(sql).filter(({ id }) => !isDone.has(id));
  return left.find(({ work }) => !work.sources.some((source) => mayHaveArchive(sql, source))) ?? left[0] ?? null;
}
