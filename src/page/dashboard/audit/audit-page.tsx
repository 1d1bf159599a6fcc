/** Who changed what in the organization. For admins. */

import { useState } from "preact/hooks";
import type { AuditQuery } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { ExportButton } from "../ui/export-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { Icon } from "../ui/icon.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { Records } from "./records.tsx";
import { KIND_WORDS } from "./words.ts";

const ON_A_PAGE = 50;
type Kind = NonNullable<AuditQuery["kind"]>;

export function AuditPage() {
  const { client } = useDashboard();
  const [kind, setKind] = useState<Kind | "">("");
  const [day, setDay] = useState("");
  /** The cursor of each page, up to the one shown. */
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const after = cursors.at(-1);
  const filter: Pick<AuditQuery, "kind" | "at_lte"> = {
    ...(kind === "" ? {} : { kind }),
    ...(day === "" ? {} : { at_lte: new Date(`${day}T23:59:59.999`).toISOString() }),
  };
  const list = useResource(`audit ${kind} ${day} ${after}`, () =>
    client.listAudit({ limit: ON_A_PAGE, ...filter, ...(after === undefined ? {} : { starting_after: after }) }),
  );
  const next = list.value?.next_page ?? null;
  const isFiltered = kind !== "" || day !== "";
  return (
    <>
      <PageHead title="Audit" about="Who changed what, newest first. Records are never changed.">
        <ExportButton
          name="Audit"
          all="All records"
          filter={isFiltered ? "Shown now" : null}
          read={(separator, onlyShown) => client.exportAudit({ separator, ...(onlyShown ? filter : {}) })}
        />
      </PageHead>
      <div class="filters">
        <select
          class="input auto"
          aria-label="Kind"
          value={kind}
          onChange={(event) => {
            setKind(event.currentTarget.value as Kind | "");
            setCursors([]);
          }}
        >
          <option value="">Everything</option>
          {Object.entries(KIND_WORDS).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        <input
          class="input auto"
          type="date"
          aria-label="Until day"
          title="Until day"
          value={day}
          onInput={(event) => {
            setDay(event.currentTarget.value);
            setCursors([]);
          }}
        />
      </div>
      <div class="stack">
        <Failure error={list.error} />
        {list.value === null && list.error === null && <WaitingLines />}
        {list.value?.data.length === 0 && (
          <div class="card empty">
            <Icon name="history" size={28} />
            <h2>{isFiltered ? "No such change" : "No changes yet"}</h2>
            <p>Each change by a key or an operator appears here.</p>
          </div>
        )}
        {list.value !== null && list.value.data.length > 0 && <Records records={list.value.data} isOfOne={false} />}
      </div>
      {(cursors.length > 0 || next !== null) && (
        <nav class="pager" aria-label="Pages of records">
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
    </>
  );
}
