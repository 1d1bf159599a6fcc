/** A person in the list of a batch. */

import { outcomeOf } from "../../../../calling/words/outcome.ts";
import type { BatchDetail } from "../../../../client/client.ts";
import { endWords, OUTCOME_WORDS } from "../../text/outcomes.ts";
import { Icon } from "../../ui/icon.tsx";
import { PEOPLE } from "../words.ts";
import { aboutLine } from "./search.ts";

type Recipient = BatchDetail["recipients"][number];
type Props = {
  readonly recipient: Recipient;
  /** Formatted for reading. */
  readonly number: string;
  readonly top: number;
  readonly place: number;
  readonly of: number;
  readonly onOpen: (recipient: Recipient) => void;
};

export function PersonRow({ recipient, number, top, place, of, onOpen }: Props) {
  const outcome = outcomeOf(recipient);
  const why = endWords(recipient) || (recipient.answered_by === "machine" ? PEOPLE.machine : "");
  return (
    <li aria-setsize={of} aria-posinset={place}>
      <button type="button" class="people-row" style={{ top: `${top}px` }} onClick={() => onOpen(recipient)}>
        <span class="number nowrap">{number}</span>
        <span class="about clip soft">{aboutLine(recipient.metadata)}</span>
        <span class="state" title={why}>
          <span class={`mark mark-${outcome}`} />
          <span class="clip">
            {OUTCOME_WORDS[outcome]}
            {why !== "" && <span class="faint"> · {why}</span>}
          </span>
        </span>
        <Icon name="chevron" />
      </button>
    </li>
  );
}
