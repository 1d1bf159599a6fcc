/** Saves everything that the organization has. Shows how much has come, and can be stopped. */

import { useEffect, useRef, useState } from "preact/hooks";
import { useDashboard } from "../api/context.ts";
import { isUnauthorized, NotDone } from "../api/failure-words.ts";
import { Facts } from "../ui/facts.tsx";
import { Failure } from "../ui/failure.tsx";
import { saveFile } from "../ui/save-file.ts";
import { NOT_LOADED } from "../ui/words.ts";
import type { Received } from "./exported.ts";
import { receivedWords, WORDS } from "./words.ts";

export function ExportCard() {
  const { client, say, expire } = useDashboard();
  const [received, setReceived] = useState<Received | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stopping = useRef<AbortController | null>(null);

  // Leaving the page ends it, and so does signing out: nobody would see that it failed, and a key is used no longer.
  useEffect(() => () => stopping.current?.abort(), []);

  /** A very large organization takes several files. */
  const run = async (signal: AbortSignal): Promise<number> => {
    const { receiveExport } = await import("./exported.ts").catch(() => {
      throw new NotDone(NOT_LOADED.title, `${NOT_LOADED.about} ${NOT_LOADED.again}`);
    });
    let files = 0;
    for (let after: string | null = ""; after !== null; files += 1) {
      const query = after === "" ? {} : { starting_after: after };
      const stream = await client.exportOwnOrganization(query, { signal });
      const part = await receiveExport(stream, setReceived).catch(() => {
        throw new NotDone(WORDS.brokeOff, WORDS.nothingSaved);
      });
      signal.throwIfAborted();
      saveFile(`${part.name}${files === 0 ? "" : `-${files + 1}`}.tar.gz`, part.file);
      after = part.goesOn;
    }
    return files;
  };
  const begin = async () => {
    if (stopping.current !== null) return;
    const stop = new AbortController();
    stopping.current = stop;
    setError(null);
    setReceived({ entries: 0, bytes: 0 });
    try {
      say(WORDS.savedFiles(await run(stop.signal)));
    } catch (failure) {
      if (stop.signal.aborted) return;
      if (isUnauthorized(failure)) expire();
      setError(failure);
    } finally {
      stopping.current = null;
      setReceived(null);
    }
  };

  return (
    <section class="card" aria-labelledby="export">
      <div class="card-head">
        <h2 id="export">{WORDS.export}</h2>
        {received === null ? (
          <button type="button" class="button small apart" onClick={() => void begin()}>
            {WORDS.download}
          </button>
        ) : (
          <button type="button" class="button small apart" onClick={() => stopping.current?.abort()}>
            {WORDS.stop}
          </button>
        )}
      </div>
      <div class="card-body stack">
        <Facts
          facts={[
            [WORDS.inIt, WORDS.inItWhat],
            [WORDS.notInIt, WORDS.notInItWhat],
            [WORDS.format, WORDS.formatWhat],
          ]}
        />
        <div role="status">
          {received !== null && (
            <p class="soft">
              <span class="spinner" /> {receivedWords(received)}
            </p>
          )}
        </div>
        <Failure error={error} of="action" />
      </div>
    </section>
  );
}
