/** When it begins, and at which times of the day people may be called. */

import { useMemo } from "preact/hooks";
import { CheckField, Segments, SelectField, TextField } from "../ui/field.tsx";
import { DAYS, type Day } from "./draft.ts";
import type { Part } from "./settings.tsx";
import { timeZones } from "./zoned-time.ts";

export function Timing(part: Part) {
  const { draft, faults, change } = part;
  return (
    <div class="stack">
      <div>
        <Segments
          legend="Start"
          options={{ now: "As soon as there is room", later: "At a time" }}
          value={draft.start}
          onValue={(start) => change({ start })}
        />
      </div>
      {draft.start === "later" && (
        <div class="columns">
          <TextField
            label="Begins at"
            type="datetime-local"
            value={draft.startAt}
            onValue={(startAt) => change({ startAt })}
            fault={faults.startAt ?? null}
          />
          <Zone {...part} label="By the clock of" />
        </div>
      )}
      <div class="option">
        <CheckField
          label="Only at certain hours"
          hint="Whoever cannot be called now waits until their hours begin, and keeps nobody else waiting."
          checked={draft.hasHours}
          onChecked={(hasHours) => change({ hasHours })}
        />
        {draft.hasHours && <Hours {...part} />}
      </div>
    </div>
  );
}

function Zone({ draft, change, label }: Part & { readonly label: string }) {
  const zones = useMemo(timeZones, []);
  return (
    <SelectField label={label} value={draft.zone} onValue={(zone) => change({ zone })}>
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll("_", " ")}
        </option>
      ))}
    </SelectField>
  );
}

function Hours(part: Part) {
  const { draft, faults, change } = part;
  const toggle = (day: Day, isOn: boolean) =>
    change({ days: (Object.keys(DAYS) as Day[]).filter((one) => (one === day ? isOn : draft.days.includes(one))) });
  return (
    <div class="option-body">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in a row. */}
      <div class="days" role="group" aria-label="Days">
        {(Object.entries(DAYS) as [Day, string][]).map(([day, label]) => (
          <label key={day}>
            <input
              type="checkbox"
              checked={draft.days.includes(day)}
              onChange={(event) => toggle(day, event.currentTarget.checked)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <div class="columns">
        <TextField label="From" type="time" value={draft.from} onValue={(from) => change({ from })} />
        <TextField label="Until" type="time" value={draft.until} onValue={(until) => change({ until })} />
      </div>
      {faults.hours !== undefined && <p class="fault">{faults.hours}</p>}
      <Segments
        legend="By whose clock"
        options={{ recipient: "By each person's own clock", fixed: "By one clock for all" }}
        value={draft.clock}
        onValue={(clock) => change({ clock })}
      />
      {draft.clock === "recipient" && (
        <SelectField
          label="Where a number does not say where it is"
          value={draft.unknownZone}
          onValue={(value) => change({ unknownZone: value === "block" ? "block" : "use_timezone" })}
        >
          <option value="block">Do not call it</option>
          <option value="use_timezone">Use the clock of …</option>
        </SelectField>
      )}
      {(draft.clock === "fixed" || draft.unknownZone === "use_timezone") && <Zone {...part} label="The clock of" />}
    </div>
  );
}
