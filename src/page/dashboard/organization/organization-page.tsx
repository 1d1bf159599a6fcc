/** What an organization sets for itself: how long it keeps what is over. For admins. */

import { useState } from "preact/hooks";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { Facts } from "../ui/facts.tsx";
import { Failure } from "../ui/failure.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { ExportCard } from "./export-card.tsx";
import { daysWords } from "./retention.ts";
import { RetentionForm } from "./retention-form.tsx";
import { archiveWords, WORDS } from "./words.ts";

export function OrganizationPage() {
  const { client, may, say } = useDashboard();
  const settings = useResource("settings", () => client.getSettings());
  const [isOpen, setOpen] = useState(false);
  const days = settings.value?.retention_days ?? 0;
  return (
    <>
      <PageHead title={WORDS.title} about={WORDS.about} />
      <Failure error={settings.error} />
      {settings.value === null && settings.error === null && <WaitingLines />}
      <div class="stack">
        {settings.value !== null && (
          <section class="card" aria-labelledby="kept">
            <div class="card-head">
              <h2 id="kept">{WORDS.kept}</h2>
              {may("admin") && (
                <button type="button" class="button small apart" onClick={() => setOpen(true)}>
                  {WORDS.change}
                </button>
              )}
            </div>
            <div class="card-body">
              <Facts
                facts={[
                  [WORDS.keep, daysWords(days)],
                  [WORDS.goes, WORDS.goesWhat],
                  [WORDS.when, days === 0 ? WORDS.never : WORDS.after(daysWords(days))],
                  [WORDS.archive, archiveWords(settings.value)],
                  [WORDS.stays, WORDS.staysWhat],
                ]}
              />
            </div>
          </section>
        )}
        {may("admin") && <ExportCard />}
      </div>
      {isOpen && settings.value !== null && (
        <RetentionForm
          before={settings.value}
          onSaved={() => {
            say(WORDS.saved);
            setOpen(false);
            void settings.reload();
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
