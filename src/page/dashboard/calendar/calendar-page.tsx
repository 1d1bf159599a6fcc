/** What is scheduled: each open batch on the day it starts or calls next, by day or in weeks. */

import type { Batch } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { allPages, MOST_IN_ALL } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { NewBatchLink } from "../batches/new-batch-link.tsx";
import { viewersZone } from "../draft/zoned-time.ts";
import { go } from "../router.ts";
import { dayOf } from "../text/days.ts";
import { Failure } from "../ui/failure.tsx";
import { Segments } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { useNow } from "../use-now.ts";
import { Agenda, Held } from "./agenda.tsx";
import { type CalendarShown, daysOf, neighbourOf, periodWords, shownOf } from "./period.ts";
import { placed } from "./placing.ts";
import { Weeks } from "./weeks.tsx";
import { VIEWS, WORDS } from "./words.ts";

const READ_EVERY_MS = 10_000;

export function CalendarPage({ query }: { readonly query: URLSearchParams }) {
  const { client } = useDashboard();
  const now = useNow();
  const shown = shownOf(query, now);
  const agents = useResource("agents", () => allPages((page) => client.listAgents(page)));
  const list = useResource(
    "open batches",
    () => allPages((page) => client.listBatches({ ...page, status: "pending,in_progress" })),
    READ_EVERY_MS,
  );
  const nameOfAgent = (id: string) => agents.value?.find((agent) => agent.id === id)?.name ?? "";
  return (
    <>
      <PageHead title={WORDS.title} about={WORDS.about(viewersZone())}>
        <NewBatchLink />
      </PageHead>
      <PeriodBar shown={shown} today={dayOf(now)} />
      <div class="stack">
        <Failure error={list.error} />
        {list.value === null && list.error === null && <WaitingLines />}
        {list.value !== null && <OfPeriod batches={list.value} shown={shown} now={now} nameOfAgent={nameOfAgent} />}
      </div>
    </>
  );
}

const addressOf = ({ view, first }: CalendarShown): string =>
  linkTo(["calendar"], { view: view === "week" ? "" : view, day: first });

/** Nothing is scheduled for the past. No button moves when another one is pressed. */
function PeriodBar({ shown, today }: { readonly shown: CalendarShown; readonly today: string }) {
  const isPresent = shown.first <= today;
  const before = neighbourOf(shown, -1);
  const show = (next: CalendarShown) => go(addressOf(next));
  const buttons = [
    { label: WORDS.previous, next: before.first < today ? { ...before, first: today } : before, disabled: isPresent },
    { label: WORDS.next, next: neighbourOf(shown, 1), disabled: false },
    { label: WORDS.today, next: { ...shown, first: today }, disabled: isPresent },
  ];
  return (
    <div class="filters">
      <Segments legend={WORDS.view} options={VIEWS} value={shown.view} onValue={(view) => show({ ...shown, view })} />
      {buttons.map(({ label, next, disabled }) => (
        <button key={label} type="button" class="button small" disabled={disabled} onClick={() => show(next)}>
          {label}
        </button>
      ))}
      <h2 aria-live="polite">{periodWords(shown)}</h2>
    </div>
  );
}

type OfPeriodProps = {
  readonly batches: readonly Batch[];
  readonly shown: CalendarShown;
  readonly now: number;
  readonly nameOfAgent: (id: string) => string;
};

function OfPeriod({ batches, shown, now, nameOfAgent }: OfPeriodProps) {
  const days = daysOf(shown);
  const { days: byDay, held } = placed(batches, now);
  const heldHere = days.includes(dayOf(now)) ? held : [];
  const isEmpty = !days.some((day) => byDay.has(day));
  const View = shown.view === "week" ? Agenda : Weeks;
  return (
    <>
      {batches.length >= MOST_IN_ALL && <p class="notice">{WORDS.cut(batches.length)}</p>}
      {isEmpty ? (
        <div class="card empty">
          <Icon name="calendar" size={28} />
          <h2>{WORDS.none}</h2>
          <p>{batches.length === 0 ? WORDS.noneAbout : WORDS.noneHere}</p>
        </div>
      ) : (
        <View shown={days} placed={byDay} now={now} nameOfAgent={nameOfAgent} />
      )}
      {heldHere.length > 0 && <Held batches={heldHere} now={now} nameOfAgent={nameOfAgent} />}
    </>
  );
}
