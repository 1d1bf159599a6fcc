/** The list's name, its format and what was found in it, and a button for another list. */

import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../ui/icon.tsx";
import type { List } from "./use-list.ts";
import { formatWords, HEAD } from "./words.ts";

type Props = {
  readonly list: List;
  /** Null until it is read. */
  readonly found: string | null;
};

export function ListHead({ list, found }: Props) {
  const { source, summary, read } = list;
  const name = useRef<HTMLDivElement>(null);
  // The focus was on a button that is gone.
  useEffect(() => name.current?.focus({ preventScroll: true }), []);
  const faulty = read?.faults.length ?? 0;
  return (
    <div class="file">
      {list.isReading ? <span class="spinner" /> : <Icon name="file" size={20} />}
      <div class="grow">
        <div ref={name} tabIndex={-1} class="clip">
          <strong>{source?.name}</strong>
          {summary !== null && <span class="faint small"> {formatWords(summary)}</span>}
        </div>
        <div class="soft small" role="status">
          {summary === null ? HEAD.reading : HEAD.rows(summary.rows)}
          {found !== null && ` · ${found}`}
          {faulty > 0 && ` · ${HEAD.errors(faulty)}`}
        </div>
      </div>
      <button type="button" class="button small" onClick={list.drop}>
        {HEAD.another}
      </button>
    </div>
  );
}
