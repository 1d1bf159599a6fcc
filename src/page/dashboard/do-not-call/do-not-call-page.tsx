/** The do-not-call list: search it, add to it, and remove a number with a reason. */

import { useState } from "preact/hooks";
import type { DoNotCallEntry } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { useLatest, useResource } from "../api/use-resource.ts";
import { ExportButton } from "../ui/export-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { Icon } from "../ui/icon.tsx";
import { later } from "../ui/later.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { Entries } from "./entries.tsx";
import { TakeOff } from "./take-off.tsx";
import { STATUSES, type Status, WORDS } from "./words.ts";

const AddNumbers = later(async () => (await import("../composing.ts")).AddNumbers);

const ON_A_PAGE = 50;

type Open = { readonly kind: "add" } | { readonly kind: "take off"; readonly entry: DoNotCallEntry };

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
  const found = useLatest(list);
  const next = list.value?.next_page ?? null;
  const done = (said: string) => {
    say(said);
    setOpen(null);
    void list.reload();
  };
  return (
    <>
      <PageHead title={WORDS.title} about={WORDS.about}>
        <ExportButton
          name={WORDS.title}
          all={WORDS.exportAll}
          filter={q === "" && status === "all" ? null : WORDS.exportShown(q, status)}
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
            {WORDS.add}
          </button>
        )}
      </PageHead>
      <div class="filters">
        <SearchField
          label={WORDS.search}
          hint={WORDS.searchHint}
          value={text}
          onValue={(value) => {
            setText(value);
            setCursors([]);
          }}
        />
        <select
          class="input auto"
          aria-label={WORDS.which}
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
        <nav class="pager" aria-label={WORDS.pages}>
          <button
            type="button"
            class="button small"
            disabled={cursors.length === 0}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            {WORDS.previous}
          </button>
          <button
            type="button"
            class="button small"
            disabled={next === null}
            onClick={() => next !== null && setCursors([...cursors, next])}
          >
            {WORDS.next}
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
    <h2>{isFiltered ? WORDS.noneFound : WORDS.none}</h2>
    <p>{WORDS.noneAbout}</p>
  </div>
);
