/** Changes how long data is kept. Shows what would go, and asks, before more goes. */

import { useState } from "preact/hooks";
import type { Settings } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { Form } from "../setup/form.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { Failure } from "../ui/failure.tsx";
import { CheckField, Segments, TextField } from "../ui/field.tsx";
import { daysOf, daysWords, goesUntil, goingOf, goingWords, losesMore } from "./retention.ts";
import { WORDS } from "./words.ts";

type Props = { readonly before: Settings; readonly onSaved: () => void; readonly onClose: () => void };

export function RetentionForm({ before, onSaved, onClose }: Props) {
  const { client } = useDashboard();
  const isEver = before.retention_days === 0;
  const [kind, setKind] = useState<"ever" | "days">(isEver ? "ever" : "days");
  const [typed, setTyped] = useState(isEver ? "" : String(before.retention_days));
  const [archive, setArchive] = useState(before.archive);
  const [asked, setAsked] = useState<Settings | null>(null);
  const days = daysOf(kind === "ever", typed);
  const save = async (settings: Settings) => {
    await client.changeSettings(settings);
    onSaved();
  };
  if (asked !== null) return <Shorten after={asked} save={() => save(asked)} onClose={onClose} />;
  const after = days === null ? null : { retention_days: days, archive };
  const needsReview = after !== null && losesMore(before, after);
  return (
    <Form
      title={WORDS.kept}
      action={needsReview ? WORDS.review : WORDS.save}
      isReady={days !== null}
      save={async () => {
        if (after === null) return;
        if (needsReview) setAsked(after);
        else await save(after);
      }}
      onClose={onClose}
    >
      <div>
        <Segments legend={WORDS.legend} options={WORDS.options} value={kind} onValue={setKind} />
      </div>
      {kind === "days" && (
        <TextField
          label={WORDS.days}
          type="number"
          min={1}
          hint={WORDS.hint}
          fault={days === null && typed !== "" ? WORDS.fault : null}
          value={typed}
          onValue={setTyped}
          isRequired
        />
      )}
      <CheckField label={WORDS.archiveFirst} hint={WORDS.archiveHint} checked={archive} onChecked={setArchive} />
    </Form>
  );
}

const READ_AT_MOST = 100;
/** The oldest of those that go. */
const NAMED_AT_MOST = 5;

type ShortenProps = { readonly after: Settings; readonly save: () => Promise<void>; readonly onClose: () => void };

function Shorten({ after, save, onClose }: ShortenProps) {
  const { client } = useDashboard();
  const { retention_days: days, archive } = after;
  const [now] = useState(Date.now);
  const until = goesUntil(days, now);
  const over = useResource(`over ${until}`, () =>
    client.listBatches({
      status: "completed,failed,cancelled",
      sort: "oldest",
      created_at_lte: new Date(until).toISOString(),
      limit: READ_AT_MOST,
    }),
  );
  const going = goingOf(over.value?.data ?? [], until);
  return (
    <Confirm
      title={WORDS.ask(daysWords(days))}
      action={WORDS.delete}
      isDangerous
      isReady={over.value !== null}
      run={save}
      onClose={onClose}
    >
      <div class="stack" role="status">
        <Failure error={over.error} />
        <strong>{WORDS.now}</strong>
        {over.value === null ? (
          <p>{WORDS.reading}</p>
        ) : (
          <>
            <p>{goingWords(going, !over.value.has_more, days, now)}</p>
            {going.length > 0 && (
              <ul>
                {going.slice(0, NAMED_AT_MOST).map(({ id, name }) => (
                  <li key={id} class="clip">
                    {name}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
        <p>{archive ? WORDS.archivedNow : WORDS.unarchivedNow}</p>
        <p>{WORDS.later}</p>
      </div>
    </Confirm>
  );
}
