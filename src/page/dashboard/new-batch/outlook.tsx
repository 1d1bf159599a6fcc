/** The service's preview of this batch. It creates nothing. */

import type { BatchPreview } from "../../../client/client.ts";
import { count, dateTime, duration } from "../text/format.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { OUTLOOK, outlookWords, reasonWords } from "./words.ts";

/** The others are in the list. */
const SHOWN = 20;

export const Outlook = ({ preview }: { readonly preview: BatchPreview }) => (
  <div class="stack">
    <dl class="outlook">
      <Figure label={OUTLOOK.now} value={preview.called} tone="completed" />
      <Figure label={OUTLOOK.later} value={preview.delayed} tone="unanswered" />
      <Figure label={OUTLOOK.leftOut} value={preview.skipped} tone="cancelled" />
      <Figure label={OUTLOOK.failed} value={preview.failed} tone="failed" />
    </dl>
    <p>{outlookWords(preview, dateTime, duration)}</p>
    {preview.people.length > 0 && <Others preview={preview} />}
  </div>
);

type FigureProps = { readonly label: string; readonly value: number; readonly tone: string };

export const Figure = ({ label, value, tone }: FigureProps) => (
  <div>
    <dt>
      <span class={`mark mark-${tone}`} />
      {label}
    </dt>
    <dd class="number">{count(value)}</dd>
  </div>
);

/** The people who are not called as usual, and why. */
export function Others({ preview }: { readonly preview: Pick<BatchPreview, "people" | "people_left_out"> }) {
  const format = usePhoneFormat();
  const shown = preview.people.slice(0, SHOWN);
  const more = preview.people.length + preview.people_left_out - shown.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
    <section class="others" aria-label={OUTLOOK.others} tabIndex={0}>
      <ul>
        {shown.map(({ index, to_number, reason, next_eligible_at }) => (
          <li key={index}>
            <span class="number nowrap">{format(to_number)}</span>
            <span class="soft">
              {reasonWords(reason)}
              {next_eligible_at !== undefined && ` · ${OUTLOOK.earliest(dateTime(next_eligible_at))}`}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p class="faint small">{OUTLOOK.more(more)}</p>}
    </section>
  );
}
