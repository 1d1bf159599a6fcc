/** How fast calls begin, and when the batch stops automatically because its carrier fails. */

import { BREAKER_CALLS, BREAKER_MINUTES } from "../../../calling/words/circuit-breaker.ts";
import { CheckField } from "../ui/field.tsx";
import { NumberField } from "./number-field.tsx";
import type { Part } from "./part.ts";
import { CARRIER } from "./words.ts";

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
    label={CARRIER.pace}
    hint={CARRIER.paceHint}
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
        label={CARRIER.stops}
        hint={CARRIER.stopsHint}
        checked={draft.stopsItself}
        onChecked={(stopsItself) => change({ stopsItself })}
      />
      {draft.stopsItself && (
        <div class="option-body">
          <div class="columns">
            <NumberField
              {...part}
              name="stopAtPercent"
              label={CARRIER.percent}
              bounds={{ least: 0, most: 100 }}
              isWhole={false}
            />
            <NumberField {...part} name="stopAfterCalls" label={CARRIER.calls} bounds={BREAKER_CALLS} />
            <NumberField {...part} name="stopWithinMinutes" label={CARRIER.within} bounds={BREAKER_MINUTES} />
            <NumberField
              {...part}
              name="coolDownMinutes"
              label={CARRIER.trial}
              bounds={BREAKER_MINUTES}
              hint={CARRIER.trialHint}
            />
          </div>
          {faults.stops !== undefined && <p class="fault">{faults.stops}</p>}
        </div>
      )}
    </div>
  );
}
