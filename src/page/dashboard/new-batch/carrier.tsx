/** How fast calls begin, and when the batch stops by itself because its carrier fails. */

import { BREAKER_CALLS, BREAKER_MINUTES } from "../../../calling/circuit-breaker.ts";
import { CheckField, TextField } from "../ui/field.tsx";
import type { Part } from "./settings.tsx";

export const Carrier = (part: Part) => (
  <div class="stack">
    <Pace {...part} />
    <Stops {...part} />
  </div>
);

const Pace = ({ draft, faults, change }: Part) => (
  <TextField
    label="Calls begun in a second, at most"
    type="number"
    hint="Left empty: as fast as number, provider and organization may. 0.5 is one in two seconds."
    min={0}
    step="any"
    value={draft.callsPerSecond}
    onValue={(callsPerSecond) => change({ callsPerSecond })}
    fault={faults.pace ?? null}
  />
);

const Stops = ({ draft, faults, change }: Part) => (
  <div class="option">
    <CheckField
      label="Stop by itself when the carrier fails"
      hint="Nobody more is called, so that a carrier's bad hour does not use up the list. Busy and no answer are no failures."
      checked={draft.stopsItself}
      onChecked={(stopsItself) => change({ stopsItself })}
    />
    {draft.stopsItself && (
      <div class="option-body">
        <div class="columns">
          <TextField
            label="Calls that it goes by, at least"
            type="number"
            min={BREAKER_CALLS.least}
            max={BREAKER_CALLS.most}
            value={draft.stopAfterCalls}
            onValue={(stopAfterCalls) => change({ stopAfterCalls })}
          />
          <TextField
            label="Failed by the carrier, in percent"
            type="number"
            min={0}
            max={100}
            step="any"
            value={draft.stopAtPercent}
            onValue={(stopAtPercent) => change({ stopAtPercent })}
          />
          <TextField
            label="Within how many minutes"
            type="number"
            min={BREAKER_MINUTES.least}
            max={BREAKER_MINUTES.most}
            value={draft.stopWithinMinutes}
            onValue={(stopWithinMinutes) => change({ stopWithinMinutes })}
          />
          <TextField
            label="Minutes until it tries one again"
            type="number"
            min={BREAKER_MINUTES.least}
            max={BREAKER_MINUTES.most}
            hint="Empty: when somebody resumes it."
            value={draft.coolDownMinutes}
            onValue={(coolDownMinutes) => change({ coolDownMinutes })}
          />
        </div>
        {faults.stops !== undefined && <p class="fault">{faults.stops}</p>}
      </div>
    )}
  </div>
);
