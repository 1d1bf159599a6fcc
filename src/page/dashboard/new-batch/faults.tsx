/** Every row that is at fault, with its line and why; each can be put right here. */

import { useState } from "preact/hooks";
import { plural } from "../text/format.ts";
import { CheckField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import type { Fault } from "./people.ts";
import type { List } from "./use-list.ts";
import { useWindow } from "./use-window.ts";

type Props = {
  readonly list: List;
  readonly faults: readonly Fault[];
  readonly isLeftOut: boolean;
  readonly onLeaveOut: (isLeftOut: boolean) => void;
};

export function Faults({ list, faults, isLeftOut, onLeaveOut }: Props) {
  if (faults.length === 0) {
    return <p class="soft small">Every row is good now.</p>;
  }
  const needCountry = faults.filter((fault) => fault.needsCountry).length;
  return (
    <section class="stack" aria-labelledby="faults">
      <div class="notice held">
        <Icon name="warning" />
        <div>
          <h3 id="faults">{plural(faults.length, "row")} cannot be called</h3>
          Put them right here, or leave them out.
          {needCountry > 0 && (
            <p>
              {plural(needCountry, "number has", "numbers have")} no country code: choose their country above, at
              “Numbers without a +”.
            </p>
          )}
        </div>
      </div>
      <FaultList list={list} faults={faults} />
      <CheckField
        label={`Leave out ${faults.length === 1 ? "this row" : `these ${faults.length} rows`}`}
        checked={isLeftOut}
        onChecked={onLeaveOut}
      />
    </section>
  );
}

/** As high as a row of the list is in the style sheet. */
const ROW_PX = 56;

function FaultList({ list, faults }: Pick<Props, "list" | "faults">) {
  const { ref, from, until } = useWindow(faults.length, ROW_PX);
  return (
    <div ref={ref} class="faults">
      {/* As high as all of them are; in the box that scrolls, so that it does not grow with them. */}
      <ul style={{ paddingTop: `${from * ROW_PX}px`, paddingBottom: `${(faults.length - until) * ROW_PX}px` }}>
        {faults.slice(from, until).map((fault, index) => (
          <FaultItem
            key={fault.line}
            fault={fault}
            place={from + index + 1}
            of={faults.length}
            onCorrect={(number) => list.correct(fault.line, number)}
          />
        ))}
      </ul>
    </div>
  );
}

type ItemProps = {
  readonly fault: Fault;
  /** From 1, of all that are at fault: most of them are not drawn. */
  readonly place: number;
  readonly of: number;
  readonly onCorrect: (number: string) => void;
};

function FaultItem({ fault, place, of, onCorrect }: ItemProps) {
  const [number, setNumber] = useState(fault.written);
  const isChanged = number !== fault.written;
  return (
    <li aria-posinset={place} aria-setsize={of}>
      <span class="number soft small">Line {fault.line}</span>
      <input
        class="input number"
        aria-label={`Number in line ${fault.line}`}
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
        aria-label={`Correct line ${fault.line}`}
        disabled={!isChanged}
        onClick={() => onCorrect(number)}
      >
        Correct
      </button>
    </li>
  );
}
