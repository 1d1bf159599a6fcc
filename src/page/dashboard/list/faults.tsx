/** Every row with an error, with its line and the reason; each can be corrected here. */

import { useEffect, useState } from "preact/hooks";
import { CheckField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { useSeenRows } from "../ui/use-seen-rows.ts";
import type { Fault } from "./people.ts";
import type { List } from "./use-list.ts";
import { FAULTS } from "./words.ts";

type Props = {
  readonly list: List;
  readonly faults: readonly Fault[];
  readonly isLeftOut: boolean;
  readonly onLeaveOut: (isLeftOut: boolean) => void;
};

export function Faults({ list, faults, isLeftOut, onLeaveOut }: Props) {
  if (faults.length === 0) {
    return <p class="soft small">{FAULTS.none}</p>;
  }
  const needCountry = faults.filter((fault) => fault.needsCountry).length;
  return (
    <section class="stack" aria-labelledby="faults">
      <div class="notice held">
        <Icon name="warning" />
        <div>
          <h3 id="faults">{FAULTS.title(faults.length)}</h3>
          {FAULTS.about}
          {needCountry > 0 && <p>{FAULTS.noCountry(needCountry)}</p>}
        </div>
      </div>
      <FaultList list={list} faults={faults} />
      <CheckField label={FAULTS.leaveOut(faults.length)} checked={isLeftOut} onChecked={onLeaveOut} />
    </section>
  );
}

/** The height of a row in the style sheet. */
const ROW_PX = 70;

function FaultList({ list, faults }: Pick<Props, "list" | "faults">) {
  const { box, places } = useSeenRows(faults.length, ROW_PX);
  return (
    <div {...box} class="faults">
      <ul style={{ height: `${faults.length * ROW_PX}px` }}>
        {places.map((place) => {
          const fault = faults[place];
          return (
            fault !== undefined && (
              <FaultItem
                key={fault.line}
                fault={fault}
                top={place * ROW_PX}
                place={place + 1}
                of={faults.length}
                onCorrect={(number) => list.correct(fault.line, number)}
              />
            )
          );
        })}
      </ul>
    </div>
  );
}

type ItemProps = {
  readonly fault: Fault;
  readonly top: number;
  /** From 1, of all rows with errors: most of them are not drawn. */
  readonly place: number;
  readonly of: number;
  readonly onCorrect: (number: string) => void;
};

function FaultItem({ fault, top, place, of, onCorrect }: ItemProps) {
  const [number, setNumber] = useState(fault.written);
  // Another column may have another number in this line.
  useEffect(() => setNumber(fault.written), [fault.written]);
  const isChanged = number !== fault.written;
  return (
    <li aria-posinset={place} aria-setsize={of} style={{ top: `${top}px` }}>
      <span class="number soft small">{FAULTS.line(fault.line)}</span>
      <input
        class="input number"
        aria-label={FAULTS.numberIn(fault.line)}
        value={number}
        onInput={(event) => setNumber(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          onCorrect(number);
        }}
      />
      <span class="fault clip" title={fault.problem}>
        {fault.problem}
      </span>
      <button
        type="button"
        class="button small"
        aria-label={FAULTS.correctLine(fault.line)}
        disabled={!isChanged}
        onClick={() => onCorrect(number)}
      >
        {FAULTS.correct}
      </button>
    </li>
  );
}
