/** One batch, live. */

import { useMemo, useState } from "preact/hooks";
import { type Outcome, outcomeOf } from "../../../calling/words/outcome.ts";
import { type BatchDetail, CallbatchError } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { joined } from "../live/history.ts";
import { batchState, isTalking, isWaiting } from "../text/batch-state.ts";
import { countOutcomes, isUncertain } from "../text/outcomes.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { ExportButton } from "../ui/export-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { later } from "../ui/later.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Pill } from "../ui/pill.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { useNow } from "../use-now.ts";
import { Actions } from "./actions.tsx";
import { FreshButton } from "./fresh-button.tsx";
import { isMarked, type Marks, marksQuery, NO_MARKS } from "./people/marks.ts";
import { PeopleList } from "./people/people-list.tsx";
import { PersonPanel } from "./people/person-panel.tsx";
import { isFound, searchOf } from "./people/search.ts";
import { useMarked } from "./people/use-marked.ts";
import { InFlightChart } from "./progress/in-flight-chart.tsx";
import { OutcomeBar } from "./progress/outcome-bar.tsx";
import { Standing } from "./progress/standing.tsx";
import { Tiles } from "./progress/tiles.tsx";
import { usePast } from "./progress/use-past.ts";
import { Settings } from "./settings.tsx";
import { useBatch, type WatchedBatch } from "./use-batch.ts";
import { aboutWords, announcement, WORDS } from "./words.ts";

const BatchHistory = later(
  async () => (await import("../audit/batch-history.tsx")).BatchHistory,
  <p class="soft small">
    <button type="button" class="button small" disabled>
      {WORDS.history}
    </button>
  </p>,
);
const AddPeople = later(async () => (await import("../composing.ts")).AddPeople);
const DuplicateBatch = later(async () => (await import("../composing.ts")).DuplicateBatch);
const ChangeBatch = later(async () => (await import("../composing.ts")).ChangeBatch);

const BACK = { href: linkTo(["batches"]), label: WORDS.back };

export function BatchPage({ id }: { readonly id: string }) {
  const watched = useBatch(id);
  if (watched.batch !== null) return <Watched watched={watched} batch={watched.batch} />;
  const isUnknown = watched.error instanceof CallbatchError && watched.error.status === 404;
  return (
    <>
      <PageHead title={isUnknown ? WORDS.unknown : WORDS.title} back={BACK} />
      {watched.error === null ? <WaitingLines /> : <Failure error={watched.error} />}
    </>
  );
}

function Watched({ watched, batch }: { readonly watched: WatchedBatch; readonly batch: BatchDetail }) {
  const { client, may } = useDashboard();
  const now = useNow();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [text, setText] = useState("");
  const [marks, setMarks] = useState<Marks>(NO_MARKS);
  const marked = useMarked(batch.id, marks);
  const [openId, setOpenId] = useState<string | null>(null);
  const past = usePast(batch.id);
  const samples = useMemo(() => joined(past, watched.seen), [past, watched.seen]);
  const counts = useMemo(() => countOutcomes(batch.recipients), [batch.recipients]);
  const failed = counts.failed + counts.busy + counts.unanswered;
  const uncertain = useMemo(() => batch.recipients.filter(isUncertain).length, [batch.recipients]);
  const found = useMemo(() => {
    const search = searchOf(text);
    return batch.recipients.filter(
      (one) =>
        (outcome === null || outcomeOf(one) === outcome) && (marked.ids?.has(one.id) ?? true) && isFound(one, search),
    );
  }, [batch.recipients, outcome, text, marked.ids]);
  const isFiltered = outcome !== null || text.trim() !== "" || isMarked(marks);
  const isOpen = isWaiting(batch) || isTalking(batch);
  const exported = (
    <ExportButton
      name={batch.name}
      all={WORDS.everybody(batch.recipients.length)}
      filter={isFiltered ? WORDS.shown(found.length) : null}
      read={(separator, onlyShown) =>
        client.exportRecipients(batch.id, {
          separator,
          ...(onlyShown && outcome !== null ? { outcome } : {}),
          ...(onlyShown && text.trim() !== "" ? { q: text.trim() } : {}),
          ...(onlyShown ? marksQuery(marks) : {}),
        })
      }
    />
  );
  const opened = batch.recipients.find((recipient) => recipient.id === openId);
  return (
    <>
      <PageHead
        title={batch.name}
        back={BACK}
        beside={
          <>
            <Pill state={batchState(batch, now)} />
            {isOpen && (
              <span class={`live ${watched.isConnected ? "on" : ""}`}>
                {watched.isConnected ? WORDS.live : WORDS.polled}
              </span>
            )}
          </>
        }
        about={<About batch={batch} />}
        isTall
      >
        {may("operator") ? (
          <Actions
            batch={batch}
            counts={{ queued: counts.queued, failed, uncertain, inFlight: counts.talking + counts.dialing }}
            onDone={watched.take}
          >
            {batch.status !== "cancelled" && (
              <FreshButton batchId={batch.id} icon="plus" label={WORDS.add}>
                {(read, close) => <AddPeople batch={read} onDone={watched.take} onClose={close} />}
              </FreshButton>
            )}
            <FreshButton batchId={batch.id} icon="sliders" label={WORDS.change}>
              {(read, close) => <ChangeBatch batch={read} onDone={watched.take} onClose={close} />}
            </FreshButton>
            <FreshButton batchId={batch.id} icon="copy" label={WORDS.duplicate}>
              {(read, close) => <DuplicateBatch batch={read} onClose={close} />}
            </FreshButton>
            {exported}
          </Actions>
        ) : (
          exported
        )}
      </PageHead>
      <div class="stack">
        <Failure error={watched.error ?? marked.error} />
        <Standing batch={batch} />
        <Tiles batch={batch} completed={counts.completed} seen={watched.seen} />
        <OutcomeBar counts={counts} all={batch.total_calls_scheduled} chosen={outcome} onChoose={setOutcome} />
        {/** Present from the start, so the first call moves nothing. */}
        {(isOpen || samples.length > 1) && <InFlightChart samples={samples} limit={batch.target_concurrency_limit} />}
        <Settings batch={batch} />
        <BatchHistory id={batch.id} />
        <PeopleList
          recipients={batch.recipients}
          found={found}
          text={text}
          onText={setText}
          outcome={outcome}
          onOutcome={setOutcome}
          marks={marks}
          onMarks={setMarks}
          onOpen={({ id }) => setOpenId(id)}
        />
      </div>
      <p class="unseen" role="status" aria-live="polite">
        {announcement(batch)}
      </p>
      {opened !== undefined && <PersonPanel batchId={batch.id} recipient={opened} onClose={() => setOpenId(null)} />}
    </>
  );
}

function About({ batch }: { readonly batch: BatchDetail }) {
  const { client } = useDashboard();
  const format = usePhoneFormat();
  const agent = useResource(`agent ${batch.agent_id}`, () => client.getAgent(batch.agent_id));
  const number = useResource(`number ${batch.from_number_id}`, () => client.getPhoneNumber(batch.from_number_id));
  const from = number.value === null ? null : format(number.value.number);
  return <>{aboutWords(batch, agent.value?.name ?? null, from)}</>;
}
