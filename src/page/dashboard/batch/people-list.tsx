/** All people of the batch, with search and filter. Only visible rows are drawn, so 5,000 scroll like 50. */

import { useRef } from "preact/hooks";
import type { Outcome } from "../../../calling/words/outcome.ts";
import type { BatchDetail } from "../../../client/client.ts";
import { count, people } from "../text/format.ts";
import { OUTCOME_WORDS } from "../text/outcomes.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { SearchField } from "../ui/search-field.tsx";
import { useSeenRows } from "../ui/use-seen-rows.ts";
import { PersonRow } from "./person-row.tsx";

/** The height of a row in the style sheet. */
const ROW_PX = 48;

type Recipient = BatchDetail["recipients"][number];
type Props = {
  readonly recipients: readonly Recipient[];
  /** People who match both. */
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
  const { box, places } = useSeenRows(found.length, ROW_PX);
  return (
    <section class="card" aria-labelledby="people">
      <div class="card-body people-head">
        <h2 id="people">
          People{" "}
          <span class="faint number">{found.length === recipients.length ? "" : `${count(found.length)} of `}</span>
          <span class="faint number">{count(recipients.length)}</span>
        </h2>
        <SearchField
          label="Search people"
          hint="Search numbers, names …"
          value={text}
          onValue={onText}
          field={search}
        />
        <select
          class="input auto"
          aria-label="Outcome"
          value={outcome ?? ""}
          onChange={(event) => onOutcome((event.currentTarget.value || null) as Outcome | null)}
        >
          <option value="">All outcomes</option>
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
      {/** As high as the whole list, so that a search moves nothing. */}
      <div {...box} class="people" style={{ height: `${recipients.length * ROW_PX + 1}px` }}>
        {found.length === 0 ? (
          <div class="empty">
            <p>No matches.</p>
            <button
              type="button"
              class="button small"
              onClick={() => {
                onText("");
                onOutcome(null);
                search.current?.focus();
              }}
            >
              Clear filters
            </button>
          </div>
        ) : (
          <ul style={{ height: `${found.length * ROW_PX}px` }}>
            {places.map((place) => {
              const recipient = found[place];
              return (
                recipient !== undefined && (
                  <PersonRow
                    key={recipient.id}
                    recipient={recipient}
                    number={format(recipient.to_number)}
                    top={place * ROW_PX}
                    place={place + 1}
                    of={found.length}
                    onOpen={onOpen}
                  />
                )
              );
            })}
          </ul>
        )}
      </div>
    </section>
  );
}
