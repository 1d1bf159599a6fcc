/** Which list was brought, what was found on it, and the way to another. */

import { useEffect, useRef } from "preact/hooks";
import { plural } from "../text/format.ts";
import { Icon } from "../ui/icon.tsx";
import type { List } from "./use-list.ts";

type Props = {
  readonly list: List;
  /** Null until it is read. */
  readonly found: string | null;
};

export function ListHead({ list, found }: Props) {
  const { source, mapping, read } = list;
  const name = useRef<HTMLDivElement>(null);
  // The button that brought it is gone, and the focus with it.
  useEffect(() => name.current?.focus({ preventScroll: true }), []);
  const rows = (source?.rows.length ?? 0) - (mapping?.hasNames ? 1 : 0);
  const faulty = read?.faults.length ?? 0;
  return (
    <div class="file">
      <Icon name="file" size={20} />
      <div class="grow">
        <div ref={name} tabIndex={-1} class="clip">
          <strong>{source?.name}</strong>
        </div>
        <div class="soft small" role="status">
          {plural(rows, "row")}
          {found !== null && ` · ${found}`}
          {faulty > 0 && ` · ${plural(faulty, "row")} at fault`}
        </div>
      </div>
      <button type="button" class="button small" onClick={list.drop}>
        Another list
      </button>
    </div>
  );
}
