/** All people of the batch, with search and filter. Only visible rows are drawn, so 5,000 scroll like 50. */

import { useRef } from "preact/hooks";
import type { Outcome } from "../../../../calling/words/outcome.ts";
import type { BatchDetail } from "../../../../client/client.ts";
import { count } from "../../text/format.ts";
import { OUTCOME_WORDS } from "../../text/outcomes.ts";
import { usePhoneFormat } from "../../text/phone.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { useSeenRows } from "../../ui/use-seen-rows.ts";
import { PEOPLE } from "../words.ts";
import { isMarked, type Marks, NO_MARKS } from "./marks.ts";
import { PersonRow } from "./person-row.tsx";

/** The height of a row in the style sheet. */
const ROW_PX = 48;

type Recipient = BatchDetail["recipients"][number];
type Props = {
  readonly recipients: readonly Recipient[];
  /** People who match all filters. */
  readonly found: readonly Recipient[];
  readonly outcome: Outcome | null;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onOutcome: (outcome: Outcome | null) => void;
  /** What was said about their latest calls. */
  readonly marks: Marks;
  readonly onMarks: (marks: Marks) => void;
  readonly onOpen: (recipient: Recipient) => void;
};

const MARKS = ["outcome", "tag"] as const;

export function PeopleList(props: Props) {
  const { recipients, found, outcome, text, marks, onText, onOutcome, onMarks, onOpen } = props;
  const format = usePhoneFormat();
  const search = useRef<HTMLInputElement>(null);
  const { box, places } = useSeenRows(found.length, ROW_PX);
  return (
    <section class="card" aria-labelledby="people">
      <div class="card-body people-head">
        <h2 id="people">
          {PEOPLE.title}{" "}
          <span class="faint number">{found.length === recipients.length ? "" : PEOPLE.of(found.length)}</span>
          <span class="faint number">{count(recipients.length)}</span>
        </h2>
        <SearchField label={PEOPLE.search} hint={PEOPLE.searchHint} value={text} onValue={onText} field={search} />
        <select
          class="input auto"
          aria-label={PEOPLE.outcome}
          value={outcome ?? ""}
          onChange={(event) => onOutcome((event.currentTarget.value || null) as Outcome | null)}
        >
          <option value="">{PEOPLE.allOutcomes}</option>
          {Object.entries(OUTCOME_WORDS).map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
        {MARKS.map((name) => (
          <input
            key={name}
            class="input mark-field"
            aria-label={PEOPLE.marks[name].label}
            title={PEOPLE.marks[name].label}
            placeholder={PEOPLE.marks[name].hint}
            value={marks[name]}
            onInput={(event) => onMarks({ ...marks, [name]: event.currentTarget.value })}
          />
        ))}
        <span class="unseen" role="status">
          {text !== "" || outcome !== null || isMarked(marks) ? PEOPLE.found(found.length) : ""}
        </span>
      </div>
      {/** As high as the whole list, so that a search moves nothing. */}
      <div {...box} class="people" style={{ height: `${recipients.length * ROW_PX + 1}px` }}>
        {found.length === 0 ? (
          <div class="empty">
            <p>{PEOPLE.none}</p>
            <button
              type="button"
              class="button small"
              onClick={() => {
                onText("");
                onOutcome(null);
                onMarks(NO_MARKS);
                search.current?.focus();
              }}
            >
              {PEOPLE.clear}
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
