/** How fast calls begin, and when the batch stops automatically because its carrier fails. */

import { BREAKER_CALLS, BREAKER_MINUTES } from "../../../calling/words/circuit-breaker.ts";
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
    label="Calls per second, at most"
    hint="Empty: as fast as number and provider allow. 0.5 is one call every 2 seconds."
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
        label="Stop when the carrier fails"
        hint="Keeps a carrier outage from using up the list. Busy and no answer are not failures."
        checked={draft.stopsItself}
        onChecked={(stopsItself) => change({ stopsItself })}
      />
      {draft.stopsItself && (
        <div class="option-body">
          <div class="columns">
            <NumberField
              {...part}
              name="stopAtPercent"
              label="Failed calls, in percent"
              bounds={{ least: 0, most: 100 }}
              isWhole={false}
            />
            <NumberField {...part} name="stopAfterCalls" label="Of at least this many calls" bounds={BREAKER_CALLS} />
            <NumberField {...part} name="stopWithinMinutes" label="Within, in minutes" bounds={BREAKER_MINUTES} />
            <NumberField
              {...part}
              name="coolDownMinutes"
              label="Trial call after, in minutes"
              bounds={BREAKER_MINUTES}
              hint="Empty: only when resumed."
            />
          </div>
          {faults.stops !== undefined && <p class="fault">{faults.stops}</p>}
        </div>
      )}
    </div>
  );
}
