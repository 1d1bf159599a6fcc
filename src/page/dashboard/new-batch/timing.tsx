/** When it begins, and at which times of the day people may be called. */

import { useMemo } from "preact/hooks";
import { CheckField, Segments, SelectField, TextField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { DAYS, type Day, type Hours, USUAL_HOURS } from "./draft.ts";
import type { Part } from "./part.ts";
import { timeZones } from "./zoned-time.ts";

export const Timing = (part: Part) => (
  <div class="stack">
    <Start {...part} />
    <CallingHours {...part} />
  </div>
);

export function Start({ draft, faults, change }: Part) {
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
          <Zone label="By the clock of" zone={draft.zone} onZone={(zone) => change({ zone })} />
        </div>
      )}
    </div>
  );
}

type ZoneProps = { readonly label: string; readonly zone: string; readonly onZone: (zone: string) => void };

function Zone({ label, zone: chosen, onZone }: ZoneProps) {
  const zones = useMemo(() => [...new Set([...timeZones(), chosen])], [chosen]);
  return (
    <SelectField label={label} value={chosen} onValue={onZone}>
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll("_", " ")}
        </option>
      ))}
    </SelectField>
  );
}

export function CallingHours(part: Part) {
  const { draft, faults, change } = part;
  const { hours } = draft;
  const put = (place: number, next: Hours) =>
    change({ hours: hours.map((before, index) => (index === place ? next : before)) });
  return (
    <div class="option">
      <CheckField
        label="Only at certain hours"
        hint="Whoever cannot be called now waits until their hours begin, and keeps nobody else waiting."
        checked={draft.hasHours}
        onChecked={(hasHours) => change({ hasHours })}
      />
      {draft.hasHours && (
        <div class="option-body">
          {hours.map((one, place) => (
            <OneHours
              key={place}
              label={hours.length === 1 ? "Hours" : `Hours ${place + 1}`}
              hours={one}
              onHours={(next) => put(place, next)}
              onDrop={hours.length === 1 ? null : () => change({ hours: hours.filter((_, index) => index !== place) })}
            />
          ))}
          <div>
            <button
              type="button"
              class="button small"
              onClick={() => change({ hours: [...hours, { ...USUAL_HOURS, days: [] }] })}
            >
              Other hours on other days
            </button>
          </div>
          {faults.hours !== undefined && <p class="fault">{faults.hours}</p>}
          <WhoseClock {...part} />
          <div class="columns">
            <TextField
              label="Not on these days"
              placeholder="2026-12-25, 2027-01-01"
              value={draft.freeDays}
              onValue={(freeDays) => change({ freeDays })}
            />
            <TextField
              label="Nobody is called after"
              type="datetime-local"
              hint={`By the clock of ${draft.zone.replaceAll("_", " ")}. Who waits then fails.`}
              value={draft.lastsUntil}
              onValue={(lastsUntil) => change({ lastsUntil })}
            />
          </div>
        </div>
      )}
    </div>
  );
}

type OneProps = {
  readonly label: string;
  readonly hours: Hours;
  readonly onHours: (hours: Hours) => void;
  /** Null: there must be one. */
  readonly onDrop: (() => void) | null;
};

function OneHours({ label, hours, onHours, onDrop }: OneProps) {
  const toggle = (day: Day, isOn: boolean) =>
    onHours({
      ...hours,
      days: (Object.keys(DAYS) as Day[]).filter((one) => (one === day ? isOn : hours.days.includes(one))),
    });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in a row.
    <div class="hours" role="group" aria-label={label}>
      <div class="row">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in a row. */}
        <div class="days grow" role="group" aria-label="Days">
          {(Object.entries(DAYS) as [Day, string][]).map(([day, word]) => (
            <label key={day}>
              <input
                type="checkbox"
                checked={hours.days.includes(day)}
                onChange={(event) => toggle(day, event.currentTarget.checked)}
              />
              <span>{word}</span>
            </label>
          ))}
        </div>
        {onDrop !== null && (
          <button
            type="button"
            class="button plain icon"
            aria-label={`Leave out ${label.toLowerCase()}`}
            onClick={onDrop}
          >
            <Icon name="close" />
          </button>
        )}
      </div>
      <div class="columns">
        <TextField label="From" type="time" value={hours.from} onValue={(from) => onHours({ ...hours, from })} />
        <TextField label="Until" type="time" value={hours.until} onValue={(until) => onHours({ ...hours, until })} />
      </div>
    </div>
  );
}

function WhoseClock({ draft, change }: Part) {
  return (
    <>
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
      {(draft.clock === "fixed" || draft.unknownZone === "use_timezone") && (
        <Zone label="The clock of" zone={draft.hoursZone} onZone={(hoursZone) => change({ hoursZone })} />
      )}
    </>
  );
}
