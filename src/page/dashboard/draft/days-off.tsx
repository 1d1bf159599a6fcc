/** Dates without calls, each chosen in a calendar. */

import { useState } from "preact/hooks";
import { dateOnly } from "../text/format.ts";
import { TextField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { listed } from "./draft.ts";
import { TIMING } from "./words.ts";

type Props = { readonly value: string; readonly onValue: (value: string) => void };

/** Text that is not a date is shown as written. */
const nameOf = (date: string): string => (Number.isNaN(Date.parse(`${date}T00:00:00Z`)) ? date : dateOnly(date));

export function DaysOff({ value, onValue }: Props) {
  const [picked, setPicked] = useState("");
  const days = listed(value);
  const put = (next: readonly string[]) => onValue([...new Set(next)].sort().join(", "));
  return (
    <div class="stack tight">
      <div class="row end">
        <div class="grow">
          <TextField label={TIMING.daysOff} type="date" value={picked} onValue={setPicked} />
        </div>
        <button
          type="button"
          class="button"
          disabled={picked === ""}
          onClick={() => {
            put([...days, picked]);
            setPicked("");
          }}
        >
          {TIMING.addDayOff}
        </button>
      </div>
      {days.length > 0 && (
        <ul class="chips" aria-label={TIMING.daysOff}>
          {days.map((day) => (
            <li key={day} class="chip">
              {nameOf(day)}
              <button
                type="button"
                class="button plain icon"
                aria-label={TIMING.remove(nameOf(day))}
                onClick={() => put(days.filter((one) => one !== day))}
              >
                <Icon name="close" size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
