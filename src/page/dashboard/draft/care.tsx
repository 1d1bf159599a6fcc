/** What to do with people who are not reached, and how long a call may take. */

import { MAX_ATTEMPTS } from "../../../calling/messages/retry-policy.ts";
import { MAX_CALL_DURATION_MINUTES, RINGING_TIMEOUT_SECONDS } from "../../../calling/requests/limits.ts";
import { CheckField, TextField } from "../ui/field.tsx";
import type { AgainOn } from "./draft.ts";
import { NumberField } from "./number-field.tsx";
import type { Part } from "./part.ts";
import { AGAIN_ON, CARE } from "./words.ts";

/** Who is called again automatically. */
export function Again({ draft, faults, change }: Part) {
  const part = { draft, change };
  const toggle = (reason: AgainOn, isOn: boolean) =>
    change({ againOn: isOn ? [...draft.againOn, reason] : draft.againOn.filter((one) => one !== reason) });
  const reasons = (Object.entries(AGAIN_ON) as [AgainOn, string][]).filter(
    ([reason]) => draft.hangsUp || reason !== "voicemail",
  );
  return (
    <div class="option">
      <CheckField
        label={CARE.again}
        hint={CARE.againHint}
        checked={draft.callsAgain}
        onChecked={(callsAgain) => change({ callsAgain })}
      />
      {draft.callsAgain && (
        <div class="option-body">
          {reasons.map(([reason, label]) => (
            <CheckField
              key={reason}
              label={label}
              checked={draft.againOn.includes(reason)}
              onChecked={(isOn) => toggle(reason, isOn)}
            />
          ))}
          <div class="columns">
            <NumberField {...part} name="attempts" label={CARE.attempts} bounds={MAX_ATTEMPTS} />
            <TextField
              label={CARE.minutes}
              hint={CARE.minutesHint}
              value={draft.againAfterMinutes}
              onValue={(againAfterMinutes) => change({ againAfterMinutes })}
            />
            <NumberField {...part} name="gapMinutes" label={CARE.gap} bounds={{ least: 1 }} hint={CARE.acrossAll} />
            <NumberField {...part} name="callsPerDay" label={CARE.perDay} bounds={{ least: 1 }} hint={CARE.acrossAll} />
          </div>
          {faults.again !== undefined && <p class="fault">{faults.again}</p>}
        </div>
      )}
    </div>
  );
}

export function Care(part: Part) {
  const { draft, faults, change } = part;
  return (
    <div class="stack">
      <CheckField
        label={CARE.hangUp}
        hint={CARE.hangUpHint}
        checked={draft.hangsUp}
        onChecked={(hangsUp) => change({ hangsUp })}
      />
      <Again {...part} />
      <div class="columns">
        <NumberField
          draft={draft}
          change={change}
          name="ringSeconds"
          label={CARE.ring}
          bounds={RINGING_TIMEOUT_SECONDS}
          placeholder={String(RINGING_TIMEOUT_SECONDS.usual)}
        />
        <NumberField
          draft={draft}
          change={change}
          name="callMinutes"
          label={CARE.longest}
          bounds={MAX_CALL_DURATION_MINUTES}
          placeholder={String(MAX_CALL_DURATION_MINUTES.usual)}
        />
      </div>
      {faults.timeouts !== undefined && <p class="fault">{faults.timeouts}</p>}
    </div>
  );
}
