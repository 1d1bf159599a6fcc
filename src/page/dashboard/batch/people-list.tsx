/** Everybody in the batch, searched and filtered; only what is seen is drawn, so that 5,000 scroll like 50. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Outcome } from "../../../calling/outcome.ts";
import type { BatchDetail } from "../../../client/client.ts";
import { count, people } from "../text/format.ts";
import { OUTCOME_WORDS } from "../text/outcomes.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { Icon } from "../ui/icon.tsx";
import { PersonRow } from "./person-row.tsx";

const ROW_PX = 48;
/** Above and below what is seen, so that a quick scroll shows no gap. */
const MORE_ROWS = 8;

type Recipient = BatchDetail["recipients"][number];
type Props = {
  readonly recipients: readonly Recipient[];
  /** Those of them who match both. */
  readonly found: readonly Recipient[];
  readonly outcome: Outcome | null;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onOutcome: (outcome: Outcome | null) => void;
  readonly onOpen: (recipient: Recipient) => void;
};

export function PeopleList({ recipients, found, outcome, text, onText, onOutcome, onOpen }: Props) {
  const format = usePhoneFormat();
  const search = useRef<HTMLInputElement>(null);
  const { ref, from, until } = useSeenRows(found.length);
  return (
    <section class="card" aria-labelledby="people">
      <div class="card-body people-head">
        <h2 id="people">
          People{" "}
          <span class="faint number">{found.length === recipients.length ? "" : `${count(found.length)} of `}</span>
          <span class="faint number">{count(recipients.length)}</span>
        </h2>
        <div class="search">
          <Icon name="search" />
          <input
            ref={search}
            class="input"
            type="search"
            aria-label="Search people by number or by what you know of them"
            placeholder="Search a number, a name …"
            value={text}
            onInput={(event) => onText(event.currentTarget.value)}
          />
        </div>
        <select
          class="input auto"
          aria-label="Outcome"
          value={outcome ?? ""}
          onChange={(event) => onOutcome((event.currentTarget.value || null) as Outcome | null)}
        >
          <option value="">Every outcome</option>
          {Object.entries(OUTCOME_WORDS).map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
        <span class="unseen" role="status">
          {text !== "" || outcome !== null ? `${people(found.length)} found` : ""}
        </span>
      </div>
      {/* As high as everybody is, whoever is found: what is typed moves nothing. */}
      <div ref={ref} class="people" style={{ height: `${recipients.length * ROW_PX + 1}px` }}>
        {found.length === 0 ? (
          <div class="empty">
            <p>Nobody here matches.</p>
            <button
              type="button"
              class="button small"
              onClick={() => {
                onText("");
                onOutcome(null);
                search.current?.focus();
              }}
            >
              Show everybody
            </button>
          </div>
        ) : (
          <ul style={{ height: `${found.length * ROW_PX}px` }}>
            {found.slice(from, until).map((recipient, index) => (
              <PersonRow
                key={recipient.id}
                recipient={recipient}
                number={format(recipient.to_number)}
                top={(from + index) * ROW_PX}
                place={from + index + 1}
                of={found.length}
                onOpen={onOpen}
              />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function useSeenRows(rows: number) {
  const ref = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 560 });
  useEffect(() => {
    const box = ref.current;
    if (box === null) return;
    const look = () => setSeen({ top: box.scrollTop, height: box.clientHeight });
    look();
    box.addEventListener("scroll", look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(box);
    return () => {
      box.removeEventListener("scroll", look);
      resized.disconnect();
    };
  }, []);
  const last = Math.ceil((seen.top + seen.height) / ROW_PX) + MORE_ROWS;
  const from = Math.max(0, Math.min(Math.floor(seen.top / ROW_PX) - MORE_ROWS, rows - 1));
  return { ref, from, until: Math.min(rows, last) };
}
