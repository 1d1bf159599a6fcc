/** The do-not-call list: search it, add to it, and remove a number with a reason. */

import { useRef, useState } from "preact/hooks";
import type { DoNotCallEntry, DoNotCallQuery } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { ExportButton } from "../ui/export-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { Icon } from "../ui/icon.tsx";
import { later } from "../ui/later.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { Entries } from "./entries.tsx";
import { TakeOff } from "./take-off.tsx";

const AddNumbers = later(async () => (await import("../composing.ts")).AddNumbers);

const ON_A_PAGE = 50;

type Status = NonNullable<DoNotCallQuery["status"]>;
const STATUSES: Readonly<Record<Status, string>> = { listed: "On the list", removed: "Taken off", all: "All" };

type Open = { readonly kind: "add" } | { readonly kind: "take off"; readonly entry: DoNotCallEntry };

const shownWords = (q: string, status: Status): string => (q === "" ? STATUSES[status] : `${STATUSES[status]}: ${q}`);

/** A number is searched by its digits, in any format. */
const searched = (text: string): string => text.replace(/[\s().-]/g, "");

export function DoNotCallPage() {
  const { client, say, may } = useDashboard();
  const [text, setText] = useState("");
  const [status, setStatus] = useState<Status>("listed");
  /** The cursor of each page, up to the one shown. */
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<Open | null>(null);
  const after = cursors.at(-1);
  const q = searched(text);
  const list = useResource(`do-not-call ${q} ${status} ${after}`, () =>
    client.listDoNotCall({
      limit: ON_A_PAGE,
      status,
      ...(q === "" ? {} : { q }),
      ...(after === undefined ? {} : { starting_after: after }),
    }),
  );
  /** The previous result stays until the next arrives, so that the list does not flicker with each digit. */
  const before = useRef(list.value);
  if (list.value !== null) before.current = list.value;
  const found = list.value ?? (list.error === null ? before.current : null);
  const next = list.value?.next_page ?? null;
  const done = (said: string) => {
    say(said);
    setOpen(null);
    void list.reload();
  };
  return (
    <>
      <PageHead title="Do not call" about="Nobody on this list is called, in any batch.">
        <ExportButton
          name="Do not call"
          all="All entries"
          filter={q === "" && status === "all" ? null : shownWords(q, status)}
          read={(separator, onlyShown) =>
            client.exportDoNotCall({
              separator,
              ...(onlyShown ? { status, ...(q === "" ? {} : { q }) } : { status: "all" }),
            })
          }
        />
        {may("operator") && (
          <button type="button" class="button primary" onClick={() => setOpen({ kind: "add" })}>
            <Icon name="plus" />
            Add numbers
          </button>
        )}
      </PageHead>
      <div class="filters">
        <SearchField
          label="Search a number"
          hint="First digits, or the last four"
          value={text}
          onValue={(value) => {
            setText(value);
            setCursors([]);
          }}
        />
        <select
          class="input auto"
          aria-label="Which entries"
          value={status}
          onChange={(event) => {
            setStatus(event.currentTarget.value as Status);
            setCursors([]);
          }}
        >
          {Object.entries(STATUSES).map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div class="stack">
        <Failure error={list.error} />
        {found === null && list.error === null && <WaitingLines />}
        {found?.data.length === 0 && <Nobody isFiltered={q !== "" || status !== "listed"} />}
        {found !== null && found.data.length > 0 && (
          <Entries entries={found.data} onTakeOff={(entry) => setOpen({ kind: "take off", entry })} />
        )}
      </div>
      {(cursors.length > 0 || next !== null) && (
        <nav class="pager" aria-label="Pages of entries">
          <button
            type="button"
            class="button small"
            disabled={cursors.length === 0}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            Previous
          </button>
          <button
            type="button"
            class="button small"
            disabled={next === null}
            onClick={() => next !== null && setCursors([...cursors, next])}
          >
            Next
          </button>
        </nav>
      )}
      {open?.kind === "add" && <AddNumbers onDone={done} onClose={() => setOpen(null)} />}
      {open?.kind === "take off" && <TakeOff entry={open.entry} onDone={done} onClose={() => setOpen(null)} />}
    </>
  );
}

const Nobody = ({ isFiltered }: { readonly isFiltered: boolean }) => (
  <div class="card empty">
    <Icon name="barred" size={28} />
    <h2>{isFiltered ? "No such number" : "Nobody is on the list"}</h2>
    <p>Add people who ask not to be called. Running batches skip them right away.</p>
  </div>
);
