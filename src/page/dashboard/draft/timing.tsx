/** When the batch begins, and at which times of the day people may be called. */

import { useMemo, useState } from "preact/hooks";
import { DAYS, type Day, zoneName } from "../text/hours.ts";
import { Segments, SelectField, TextField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { AnyHour } from "./any-hour.tsx";
import { DaysOff } from "./days-off.tsx";
import { type Hours, USUAL_HOURS } from "./draft.ts";
import type { Callees } from "./latest-ring.ts";
import type { Part } from "./part.ts";
import { TIMING, WORDS } from "./words.ts";
import { timeZones } from "./zoned-time.ts";

export function Start({ draft, faults, change }: Part) {
  return (
    <div class="stack">
      <div>
        <Segments
          legend={TIMING.start}
          options={{ now: WORDS.startNow, later: WORDS.schedule }}
          value={draft.start}
          onValue={(start) => change({ start })}
        />
      </div>
      {draft.start === "later" && (
        <div class="columns">
          <TextField
            label={TIMING.startAt}
            type="datetime-local"
            value={draft.startAt}
            onValue={(startAt) => change({ startAt })}
            fault={faults.startAt ?? null}
          />
          <Zone label={TIMING.startZone} zone={draft.zone} onZone={(zone) => change({ zone })} />
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
          {zoneName(zone)}
        </option>
      ))}
    </SelectField>
  );
}

type HoursProps = Part & { readonly callees: Callees };

/** Days and times; calling without any needs a confirmation. */
export function HoursField({ draft, faults, change, callees }: HoursProps) {
  const [isAsked, setAsked] = useState(false);
  const { hours } = draft;
  const put = (place: number, next: Hours) =>
    change({ hours: hours.map((before, index) => (index === place ? next : before)) });
  return (
    <div class="option">
      <div class="row">
        <Segments
          legend={TIMING.hours}
          options={{ set: WORDS.setHours, any: WORDS.anyHour }}
          value={draft.hasHours ? "set" : "any"}
          onValue={(value) => (value === "any" ? setAsked(true) : change({ hasHours: true }))}
        />
        {draft.hasHours && (
          <>
            <span class="hint grow">{draft.clock === "recipient" ? TIMING.local : TIMING.timeIn(draft.hoursZone)}</span>
            <button
              type="button"
              class="button small"
              onClick={() => change({ hours: [...hours, { ...USUAL_HOURS, days: [] }] })}
            >
              {TIMING.addDays}
            </button>
          </>
        )}
      </div>
      {draft.hasHours && (
        <div class="option-body">
          {hours.map((one, place) => (
            <OneHours
              key={place}
              label={TIMING.hoursAt(place + 1, hours.length)}
              hours={one}
              onHours={(next) => put(place, next)}
              onDrop={hours.length === 1 ? null : () => change({ hours: hours.filter((_, index) => index !== place) })}
            />
          ))}
          {faults.hours !== undefined && <p class="fault">{faults.hours}</p>}
        </div>
      )}
      {isAsked && (
        <AnyHour callees={callees} onAllow={() => change({ hasHours: false })} onClose={() => setAsked(false)} />
      )}
    </div>
  );
}

/** The time zone, and days without calls. */
export const HoursDetails = (part: Part) => (
  <>
    <WhoseClock {...part} />
    <div class="columns">
      <DaysOff value={part.draft.freeDays} onValue={(freeDays) => part.change({ freeDays })} />
      <TextField
        label={TIMING.lastsUntil}
        type="datetime-local"
        hint={TIMING.lastsUntilHint(part.draft.zone)}
        value={part.draft.lastsUntil}
        onValue={(lastsUntil) => part.change({ lastsUntil })}
      />
    </div>
  </>
);

type OneProps = {
  readonly label: string;
  readonly hours: Hours;
  readonly onHours: (hours: Hours) => void;
  /** Null: there must be at least one. */
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
        <div class="days grow" role="group" aria-label={TIMING.days}>
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
          <button type="button" class="button plain icon" aria-label={TIMING.removeHours(label)} onClick={onDrop}>
            <Icon name="close" />
          </button>
        )}
      </div>
      <div class="columns">
        <TextField label={TIMING.from} type="time" value={hours.from} onValue={(from) => onHours({ ...hours, from })} />
        <TextField
          label={TIMING.until}
          type="time"
          value={hours.until}
          onValue={(until) => onHours({ ...hours, until })}
        />
      </div>
    </div>
  );
}

function WhoseClock({ draft, change }: Part) {
  return (
    <>
      <Segments
        legend={TIMING.clock}
        options={{ recipient: TIMING.local, fixed: TIMING.oneZone }}
        value={draft.clock}
        onValue={(clock) => change({ clock })}
      />
      {draft.clock === "recipient" && (
        <SelectField
          label={TIMING.unknown}
          value={draft.unknownZone}
          onValue={(value) => change({ unknownZone: value === "block" ? "block" : "use_timezone" })}
        >
          <option value="block">{TIMING.block}</option>
          <option value="use_timezone">{TIMING.useZone}</option>
        </SelectField>
      )}
      {(draft.clock === "fixed" || draft.unknownZone === "use_timezone") && (
        <Zone label={TIMING.hoursZone} zone={draft.hoursZone} onZone={(hoursZone) => change({ hoursZone })} />
      )}
    </>
  );
}
