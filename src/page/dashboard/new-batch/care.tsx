/** What happens with people who are not reached, who stand on the list twice, and how long a call may take. */

import { MAX_CALL_DURATION_MINUTES, RINGING_TIMEOUT_SECONDS } from "../../../calling/limits.ts";
import { MAX_ATTEMPTS } from "../../../calling/retry-policy.ts";
import { plural } from "../text/format.ts";
import { CheckField, Segments, TextField } from "../ui/field.tsx";
import type { AgainOn } from "./draft.ts";
import type { Part } from "./settings.tsx";

const AGAIN_ON: Readonly<Record<AgainOn, string>> = {
  dial_no_answer: "Nobody answered",
  dial_busy: "It was busy",
  dial_failed: "It could not be connected",
  voicemail: "A machine answered",
};

/** Who is called again without anybody's doing. */
export function Again({ draft, faults, change }: Part) {
  const toggle = (reason: AgainOn, isOn: boolean) =>
    change({ againOn: isOn ? [...draft.againOn, reason] : draft.againOn.filter((one) => one !== reason) });
  const reasons = (Object.entries(AGAIN_ON) as [AgainOn, string][]).filter(
    ([reason]) => draft.hangsUp || reason !== "voicemail",
  );
  return (
    <div class="option">
      <CheckField
        label="Call again by itself"
        hint="Never where it is not certain what became of a call."
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
            <TextField
              label="Calls to one person, at most"
              type="number"
              min={MAX_ATTEMPTS.least}
              max={MAX_ATTEMPTS.most}
              value={draft.attempts}
              onValue={(attempts) => change({ attempts })}
            />
            <TextField
              label="Minutes in between"
              hint="Or one for each time: 30, 120"
              value={draft.againAfterMinutes}
              onValue={(againAfterMinutes) => change({ againAfterMinutes })}
            />
            <TextField
              label="Minutes between calls to a number"
              type="number"
              min={1}
              hint="By whichever batch. Empty: any."
              value={draft.gapMinutes}
              onValue={(gapMinutes) => change({ gapMinutes })}
            />
            <TextField
              label="Calls to a number on one day"
              type="number"
              min={1}
              hint="By whichever batch. Empty: any."
              value={draft.callsPerDay}
              onValue={(callsPerDay) => change({ callsPerDay })}
            />
          </div>
          {faults.again !== undefined && <p class="fault">{faults.again}</p>}
        </div>
      )}
    </div>
  );
}

export function Care(part: Part & { readonly repeats: number }) {
  const { draft, faults, change, repeats } = part;
  return (
    <div class="stack">
      {repeats > 0 && (
        <div class="field">
          <span class="label">{plural(repeats, "number stands", "numbers stand")} on the list more than once</span>
          <div>
            <Segments
              legend="The same number more than once"
              options={{ skip: "Call each number once", allow: "Call it each time" }}
              value={draft.onDuplicate}
              onValue={(onDuplicate) => change({ onDuplicate })}
            />
          </div>
        </div>
      )}
      <CheckField
        label="Hang up on answering machines"
        hint="The carrier listens who answers, where it can tell. A machine counts as nobody reached."
        checked={draft.hangsUp}
        onChecked={(hangsUp) => change({ hangsUp })}
      />
      <Again {...part} />
      <div class="columns">
        <TextField
          label="Rings for, in seconds"
          type="number"
          min={RINGING_TIMEOUT_SECONDS.least}
          max={RINGING_TIMEOUT_SECONDS.most}
          placeholder={String(RINGING_TIMEOUT_SECONDS.usual)}
          value={draft.ringSeconds}
          onValue={(ringSeconds) => change({ ringSeconds })}
        />
        <TextField
          label="A call lasts at most, in minutes"
          type="number"
          min={MAX_CALL_DURATION_MINUTES.least}
          max={MAX_CALL_DURATION_MINUTES.most}
          placeholder={String(MAX_CALL_DURATION_MINUTES.usual)}
          value={draft.callMinutes}
          onValue={(callMinutes) => change({ callMinutes })}
        />
      </div>
      {faults.timeouts !== undefined && <p class="fault">{faults.timeouts}</p>}
    </div>
  );
}
