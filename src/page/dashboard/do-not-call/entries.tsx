/** Listed numbers and removed ones, each with who did it and why. */

import type { DoNotCallEntry } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { ago, dateTime } from "../text/format.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { useNow } from "../use-now.ts";

type Props = {
  readonly entries: readonly DoNotCallEntry[];
  readonly onTakeOff: (entry: DoNotCallEntry) => void;
};

export function Entries({ entries, onTakeOff }: Props) {
  const { may } = useDashboard();
  const now = useNow();
  const format = usePhoneFormat();
  return (
    <ul class="card kept">
      {entries.map((entry) => (
        <li key={entry.id}>
          <div class="grow">
            <div class="title number">{format(entry.number)}</div>
            <div class="faint small wrap">
              {entry.reason ?? (entry.call_id === undefined ? "No reason given" : "Asked for in a call")}
              {entry.removal_reason !== undefined && ` · taken off: ${entry.removal_reason}`}
            </div>
          </div>
          {entry.removed_at === undefined ? (
            <span class="soft small" title={dateTime(entry.added_at)}>
              Added {ago(entry.added_at, now)} by {entry.added_by.label}
            </span>
          ) : (
            <span class="soft small" title={dateTime(entry.removed_at)}>
              Taken off {ago(entry.removed_at, now)} by {entry.removed_by?.label}
            </span>
          )}
          {entry.removed_at === undefined && may("operator") && (
            <button
              type="button"
              class="button small"
              aria-label={`Take off ${entry.number}`}
              onClick={() => onTakeOff(entry)}
            >
              Take off
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
