/**
 * The filter controls for the list of batches. The address keeps their values, so that reload, links and the back
 * button show the same list.
 */

import { useEffect, useState } from "preact/hooks";
import type { Agent, BatchPage } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { count } from "../text/format.ts";
import { SearchField } from "../ui/search-field.tsx";
import { addressOf, type BatchesShown, countOf, GROUP_NAMES, isFiltered } from "./filter.ts";
import { GROUPS, SORTS, WORDS } from "./words.ts";

/** Searches once typing pauses. */
const TYPED_MS = 250;

type Props = {
  readonly shown: BatchesShown;
  readonly counts: BatchPage["counts"] | null;
  readonly agents: readonly Agent[];
  readonly onChange: (change: Partial<BatchesShown>) => void;
};

export function Filters({ shown, counts, agents, onChange }: Props) {
  const [text, setText] = useState(shown.q);
  useEffect(() => setText(shown.q), [shown.q]);
  useEffect(() => {
    if (text === shown.q) return;
    const timer = setTimeout(() => onChange({ q: text }), TYPED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <>
      <nav class="tabs" aria-label={WORDS.statuses}>
        {GROUP_NAMES.map((group) => (
          <a
            key={group}
            href={linkTo(["batches"], addressOf({ ...shown, group }))}
            aria-current={group === shown.group ? "page" : undefined}
          >
            {GROUPS[group]}
            {counts !== null && <span class="faint number">{count(countOf(counts, group))}</span>}
          </a>
        ))}
      </nav>
      <div class="filters">
        <SearchField label={WORDS.search} hint={WORDS.search} value={text} onValue={setText} />
        {agents.length > 1 && (
          <select
            class="input auto"
            aria-label={WORDS.agent}
            value={shown.agent}
            onChange={(event) => onChange({ agent: event.currentTarget.value })}
          >
            <option value="">{WORDS.allAgents}</option>
            {agents.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
        <div class="span">
          <span class="soft small">{WORDS.created}</span>
          {(["from", "until"] as const).map((end) => (
            <input
              key={end}
              class="input auto"
              // The JSX types tie an input's roles to its type; this one has none.
              type={"date" as "text"}
              aria-label={WORDS[end]}
              title={WORDS[end]}
              value={shown[end]}
              onChange={(event) => onChange({ [end]: event.currentTarget.value })}
            />
          ))}
        </div>
        <select
          class="input auto"
          aria-label={WORDS.sort}
          value={shown.sort}
          onChange={(event) => onChange({ sort: event.currentTarget.value as BatchesShown["sort"] })}
        >
          {Object.entries(SORTS).map(([sort, label]) => (
            <option key={sort} value={sort}>
              {label}
            </option>
          ))}
        </select>
        {isFiltered(shown) && (
          <a class="button plain small" href={linkTo(["batches"])}>
            {WORDS.clear}
          </a>
        )}
      </div>
    </>
  );
}
