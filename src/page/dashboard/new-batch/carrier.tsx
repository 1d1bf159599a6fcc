/** How fast calls begin, and when the batch stops by itself because its carrier fails. */

import { BREAKER_CALLS, BREAKER_MINUTES } from "../../../calling/circuit-breaker.ts";
import { CheckField } from "../ui/field.tsx";
import { NumberField } from "./number-field.tsx";
import type { Part } from "./part.ts";

export const Carrier = (part: Part) => (
  <div class="stack">
    <Pace {...part} />
    <Stops {...part} />
  </div>
);

const Pace = ({ draft, faults, change }: Part) => (
  <NumberField
    draft={draft}
    change={change}
    name="callsPerSecond"
    label="Calls begun in a second, at most"
    hint="Left empty: as fast as number, provider and organization may. 0.5 is one in two seconds."
    bounds={{ least: 0 }}
    isWhole={false}
    fault={faults.pace ?? null}
  />
);

function Stops({ draft, faults, change }: Part) {
  const part = { draft, change };
  return (
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
            <NumberField
              {...part}
              name="stopAtPercent"
              label="Stops when so many percent fail"
              bounds={{ least: 0, most: 100 }}
              isWhole={false}
            />
            <NumberField {...part} name="stopAfterCalls" label="Of at least so many calls" bounds={BREAKER_CALLS} />
            <NumberField {...part} name="stopWithinMinutes" label="Within so many minutes" bounds={BREAKER_MINUTES} />
            <NumberField
              {...part}
              name="coolDownMinutes"
              label="Tries one call again after minutes"
              bounds={BREAKER_MINUTES}
              hint="Empty: when somebody resumes it."
            />
          </div>
          {faults.stops !== undefined && <p class="fault">{faults.stops}</p>}
        </div>
      )}
    </div>
  );
}
