/** Changes how long data is kept. Shows what would go, and asks, before it shortens. */

import { useState } from "preact/hooks";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { Form } from "../setup/form.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { Failure } from "../ui/failure.tsx";
import { Segments, TextField } from "../ui/field.tsx";
import { daysOf, daysWords, goesUntil, goingOf, goingWords, isShorter } from "./retention.ts";
import { WORDS } from "./words.ts";

type Props = { readonly before: number; readonly onSaved: () => void; readonly onClose: () => void };

export function RetentionForm({ before, onSaved, onClose }: Props) {
  const { client } = useDashboard();
  const [kind, setKind] = useState<"ever" | "days">(before === 0 ? "ever" : "days");
  const [typed, setTyped] = useState(before === 0 ? "" : String(before));
  const [asked, setAsked] = useState<number | null>(null);
  const days = daysOf(kind === "ever", typed);
  const save = async (retention_days: number) => {
    await client.changeSettings({ retention_days });
    onSaved();
  };
  if (asked !== null) return <Shorten days={asked} save={() => save(asked)} onClose={onClose} />;
  const needsReview = days !== null && isShorter(before, days);
  return (
    <Form
      title={WORDS.kept}
      action={needsReview ? WORDS.review : WORDS.save}
      isReady={days !== null}
      save={async () => {
        if (days === null) return;
        if (needsReview) setAsked(days);
        else await save(days);
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
    </Form>
  );
}

const READ_AT_MOST = 100;
/** The oldest of those that go. */
const NAMED_AT_MOST = 5;

type ShortenProps = { readonly days: number; readonly save: () => Promise<void>; readonly onClose: () => void };

function Shorten({ days, save, onClose }: ShortenProps) {
  const { client } = useDashboard();
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
        <p>{WORDS.later}</p>
      </div>
    </Confirm>
  );
}
