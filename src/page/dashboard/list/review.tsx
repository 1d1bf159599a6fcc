/** The list: the meaning of its columns, the rows with errors, and its first people. */

import { useEffect, useState } from "preact/hooks";
import { MAX_RECIPIENTS } from "../../../calling/requests/limits.ts";
import { Icon } from "../ui/icon.tsx";
import { Columns } from "./columns.tsx";
import { Doubtful } from "./doubtful.tsx";
import { Faults } from "./faults.tsx";
import { ListHead } from "./head.tsx";
import { Offered } from "./offered.tsx";
import { Preview } from "./preview.tsx";
import type { List } from "./use-list.ts";
import { COLUMNS, columnsWords, HEAD } from "./words.ts";

type Props = { readonly list: List; readonly isLeftOut: boolean; readonly onLeaveOut: (isLeftOut: boolean) => void };

export function ListReview({ list, isLeftOut, onLeaveOut }: Props) {
  const { read } = list;
  return (
    <div class="stack">
      <ListHead list={list} found={read === null ? null : HEAD.toCall(read.people.length)} />
      <Offered list={list} />
      <FoldedColumns list={list} />
      {read !== null && <Doubtful list={list} doubts={read.doubts} />}
      {read !== null && (read.faults.length > 0 || list.corrections.size > 0) && (
        <Faults list={list} faults={read.faults} isLeftOut={isLeftOut} onLeaveOut={onLeaveOut} />
      )}
      {read !== null && read.people.length > MAX_RECIPIENTS && (
        <div class="notice bad" role="alert">
          {HEAD.tooMany(MAX_RECIPIENTS, read.people.length)}
        </div>
      )}
    </div>
  );
}

/** The meaning of the columns, in a line; open if the user must decide, and then left open. */
function FoldedColumns({ list }: { readonly list: List }) {
  const { summary, mapping, read } = list;
  const [isOpened, setOpened] = useState(false);
  const isAsking =
    mapping?.numberColumn === null || (summary?.sheets.length ?? 0) > 1 || (read !== null && read.faults.length > 0);
  useEffect(() => {
    if (isAsking) setOpened(true);
  }, [isAsking]);
  if (summary === null || mapping === null) return null;
  return (
    <details class="folds-open inner" open={isOpened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron" />
        <h3>{COLUMNS.title}</h3>
        <span class="soft small clip">{columnsWords(summary.columns, mapping)}</span>
      </summary>
      {isOpened && (
        <div class="card-body stack">
          <Columns list={list} summary={summary} mapping={mapping} />
          {read !== null && read.people.length > 0 && <Preview people={read.people} />}
        </div>
      )}
    </details>
  );
}
