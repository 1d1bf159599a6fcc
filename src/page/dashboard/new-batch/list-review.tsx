/** The list that was brought: what its columns are, which rows are at fault, and the first people on it. */

import { MAX_RECIPIENTS } from "../../../calling/limits.ts";
import { count, people } from "../text/format.ts";
import { Columns } from "./columns.tsx";
import { Doubtful } from "./doubtful.tsx";
import { Faults } from "./faults.tsx";
import { ListHead } from "./list-head.tsx";
import { Offered } from "./offered.tsx";
import { Preview } from "./preview.tsx";
import type { List } from "./use-list.ts";

type Props = { readonly list: List; readonly isLeftOut: boolean; readonly onLeaveOut: (isLeftOut: boolean) => void };

export function ListReview({ list, isLeftOut, onLeaveOut }: Props) {
  const { summary, mapping, read } = list;
  return (
    <div class="stack">
      <ListHead list={list} found={read === null ? null : `${people(read.people.length)} to call`} />
      <Offered list={list} />
      {summary !== null && mapping !== null && <Columns list={list} summary={summary} mapping={mapping} />}
      {read !== null && <Doubtful list={list} doubts={read.doubts} />}
      {read !== null && (read.faults.length > 0 || list.corrections.size > 0) && (
        <Faults list={list} faults={read.faults} isLeftOut={isLeftOut} onLeaveOut={onLeaveOut} />
      )}
      {read !== null && read.people.length > 0 && <Preview people={read.people} />}
      {read !== null && read.people.length > MAX_RECIPIENTS && (
        <div class="notice bad" role="alert">
          A batch calls at most {count(MAX_RECIPIENTS)} people; there are {count(read.people.length)} on this list.
        </div>
      )}
    </div>
  );
}
