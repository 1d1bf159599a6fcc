/** Who changed what in the organization. For admins. */

import { useEffect, useState } from "preact/hooks";
import { linkTo } from "../address.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { go } from "../router.ts";
import { byWords } from "../text/by.ts";
import { ExportButton } from "../ui/export-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { Icon } from "../ui/icon.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { type AuditShown, type Author, authorsOf, isFiltered, type Kind, queryOf, shownOf } from "./filter.ts";
import { Records } from "./records.tsx";
import { KIND_WORDS, WORDS } from "./words.ts";

const ON_A_PAGE = 50;

export function AuditPage({ query }: { readonly query: URLSearchParams }) {
  const { client } = useDashboard();
  const shown = shownOf(query);
  const name = JSON.stringify(shown);
  /** The cursor of each page of this filter, up to the one shown. */
  const [turned, setTurned] = useState<{ readonly of: string; readonly cursors: readonly string[] }>({
    of: name,
    cursors: [],
  });
  const cursors = turned.of === name ? turned.cursors : [];
  const turn = (next: readonly string[]) => setTurned({ of: name, cursors: next });
  const after = cursors.at(-1);
  const filter = queryOf(shown);
  const keys = useResource("keys", () => allPages((page) => client.listKeys(page)));
  const members = useResource("members", () => allPages((page) => client.listMembers(page)));
  const list = useResource(`audit ${name} ${after}`, () =>
    client.listAudit({ limit: ON_A_PAGE, ...filter, ...(after === undefined ? {} : { starting_after: after }) }),
  );
  const next = list.value?.next_page ?? null;
  // A record names a person by the address.
  const people = (members.value ?? []).flatMap(({ email }) =>
    email === undefined ? [] : [{ id: email, label: email }],
  );
  const seen = (list.value?.data ?? []).map(({ by }) => ({ id: by.id, label: byWords(by) }));
  return (
    <>
      <PageHead title={WORDS.title} about={WORDS.about}>
        <ExportButton
          name={WORDS.title}
          all={WORDS.exportAll}
          filter={isFiltered(shown) ? WORDS.exportShown : null}
          read={(separator, onlyShown) => client.exportAudit({ separator, ...(onlyShown ? filter : {}) })}
        />
      </PageHead>
      <Filters
        shown={shown}
        authors={authorsOf([...(keys.value ?? []), ...people], seen, shown.by)}
        onChange={(change) => go(linkTo(["audit"], { ...shown, ...change }))}
      />
      <div class="stack">
        <Failure error={list.error} />
        {list.value === null && list.error === null && <WaitingLines />}
        {list.value?.data.length === 0 && (
          <div class="card empty">
            <Icon name="history" size={28} />
            <h2>{isFiltered(shown) ? WORDS.noneFound : WORDS.none}</h2>
            <p>{WORDS.noneAbout}</p>
          </div>
        )}
        {list.value !== null && list.value.data.length > 0 && <Records records={list.value.data} isOfOne={false} />}
      </div>
      {(cursors.length > 0 || next !== null) && (
        <nav class="pager" aria-label={WORDS.pages}>
          <button
            type="button"
            class="button small"
            disabled={cursors.length === 0}
            onClick={() => turn(cursors.slice(0, -1))}
          >
            {WORDS.previous}
          </button>
          <button
            type="button"
            class="button small"
            disabled={next === null}
            onClick={() => next !== null && turn([...cursors, next])}
          >
            {WORDS.next}
          </button>
        </nav>
      )}
    </>
  );
}

/** Searches once typing pauses. */
const TYPED_MS = 250;

type FiltersProps = {
  readonly shown: AuditShown;
  readonly authors: readonly Author[];
  readonly onChange: (change: Partial<AuditShown>) => void;
};

function Filters({ shown, authors, onChange }: FiltersProps) {
  const [resource, setResource] = useState(shown.resource);
  useEffect(() => setResource(shown.resource), [shown.resource]);
  useEffect(() => {
    if (resource === shown.resource) return;
    const timer = setTimeout(() => onChange({ resource }), TYPED_MS);
    return () => clearTimeout(timer);
  }, [resource]);
  return (
    <div class="filters">
      <SearchField label={WORDS.resource} hint={WORDS.resourceHint} value={resource} onValue={setResource} />
      <select
        class="input auto"
        aria-label={WORDS.by}
        value={shown.by}
        onChange={(event) => onChange({ by: event.currentTarget.value })}
      >
        <option value="">{WORDS.anybody}</option>
        {authors.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      <select
        class="input auto"
        aria-label={WORDS.kind}
        value={shown.kind}
        onChange={(event) => onChange({ kind: event.currentTarget.value as Kind | "" })}
      >
        <option value="">{WORDS.everything}</option>
        {Object.entries(KIND_WORDS).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <input
        class="input auto"
        type="date"
        aria-label={WORDS.until}
        title={WORDS.until}
        value={shown.until}
        onChange={(event) => onChange({ until: event.currentTarget.value })}
      />
      {isFiltered(shown) && (
        <a class="button plain small" href={linkTo(["audit"])}>
          {WORDS.clear}
        </a>
      )}
    </div>
  );
}
