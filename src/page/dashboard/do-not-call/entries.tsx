/** Listed numbers and removed ones, each with who did it and why. */

import type { DoNotCallEntry } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { ago, dateTime } from "../text/format.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { useNow } from "../use-now.ts";
import { reasonWords, WORDS } from "./words.ts";

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
            <div class="faint small wrap">{reasonWords(entry)}</div>
          </div>
          {entry.removed_at === undefined ? (
            <span class="soft small" title={dateTime(entry.added_at)}>
              {WORDS.added(ago(entry.added_at, now), entry.added_by.label)}
            </span>
          ) : (
            <span class="soft small" title={dateTime(entry.removed_at)}>
              {WORDS.removed(ago(entry.removed_at, now), entry.removed_by?.label ?? "")}
            </span>
          )}
          {entry.removed_at === undefined && may("operator") && (
            <button
              type="button"
              class="button small"
              aria-label={WORDS.takeOffLabel(entry.number)}
              onClick={() => onTakeOff(entry)}
            >
              {WORDS.takeOff}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
