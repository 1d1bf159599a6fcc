/** A new batch: a list of people, how they are called, and a review before any call. */

import { useEffect, useState } from "preact/hooks";
import { MAX_RECIPIENTS } from "../../../calling/requests/limits.ts";
import { linkTo } from "../address.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { forget, isKept, useKeptState } from "../api/use-kept-state.ts";
import { useResource } from "../api/use-resource.ts";
import { Advanced } from "../draft/advanced.tsx";
import { type Draft, newDraft, peopleCalled, requestOf } from "../draft/draft.ts";
import { faultsOf } from "../draft/faults.ts";
import { atOnceAtMost, type Choices, calleesOf, Settings } from "../draft/settings.tsx";
import { HoursField, Start } from "../draft/timing.tsx";
import { Repeats } from "../list/repeats.tsx";
import { ListReview } from "../list/review.tsx";
import { ListSource } from "../list/source.tsx";
import { type List, useList } from "../list/use-list.ts";
import { go } from "../router.ts";
import { Failure } from "../ui/failure.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { useAskBeforeUnload } from "../ui/use-ask-before-unload.ts";
import { FORM } from "./duplicate.ts";
import { LastLook } from "./last-look.tsx";
import { Summary, useFacts } from "./summary.tsx";
import { useFirstFault } from "./use-first-fault.ts";
import { leftOutWords, PROBLEMS, WORDS } from "./words.ts";

const FREE_EVERY_MS = 5_000;

function useChoices(): Choices & { readonly error: unknown } {
  const { client } = useDashboard();
  const agents = useResource("agents", () => allPages((page) => client.listAgents(page)));
  const numbers = useResource("numbers", () => allPages((page) => client.listPhoneNumbers(page)));
  const concurrency = useResource("concurrency", () => client.getConcurrency(), FREE_EVERY_MS);
  return {
    agents: agents.value,
    numbers: numbers.value,
    concurrency: concurrency.value,
    error: agents.error ?? numbers.error ?? concurrency.error,
  };
}

/** A single choice is selected. */
const onlyOne = (given: string, all: readonly { readonly id: string }[] | null): string =>
  given === "" && all?.length === 1 ? (all[0]?.id ?? "") : given;

export function NewBatchPage() {
  const { kept } = useDashboard();
  const [round, setRound] = useState(0);
  const startOver = () => {
    forget(kept, FORM);
    setRound(round + 1);
  };
  return <Composing key={round} onStartOver={startOver} />;
}

function Composing({ onStartOver }: { readonly onStartOver: () => void }) {
  const { client, say, kept } = useDashboard();
  const choices = useChoices();
  const list = useList(FORM);
  const [given, setGiven] = useKeptState(`${FORM} draft`, () => newDraft(Date.now()));
  const [isLeftOut, setLeftOut] = useKeptState(`${FORM} left out`, () => false);
  /** How often "Review" was pressed. */
  const [tries, setTries] = useState(0);
  const [isAsked, setAsked] = useState(false);
  /** "Review" was pressed, and waits until the list is read. */
  const [isWanted, setWanted] = useState(false);
  /** For one decision: a second click, or a repeat after a lost answer, leads to the same batch. */
  const [idempotencyKey, setIdempotencyKey] = useKeptState(`${FORM} key`, () => crypto.randomUUID());
  const isTried = tries > 0;
  const isBegun = isKept(kept, FORM);
  useFirstFault(tries);
  useAskBeforeUnload(isBegun);

  const draft = {
    ...given,
    agentId: onlyOne(given.agentId, choices.agents),
    numberId: onlyOne(given.numberId, choices.numbers),
  };
  const change = (change: Partial<Draft>) => {
    setIdempotencyKey(crypto.randomUUID());
    setGiven((before) => ({ ...before, ...change }));
  };
  const everybody = list.read?.people ?? [];
  const repeats = list.read?.repeats ?? 0;
  const called = peopleCalled(draft, everybody.length, repeats);
  const limit = choices.concurrency === null ? null : atOnceAtMost(choices.concurrency);
  const faults = faultsOf(draft, limit, Date.now());
  const faulty = list.read?.faults.length ?? 0;
  const leftOut = leftOutWords(isLeftOut ? faulty : 0, everybody.length - called);
  const facts = useFacts(draft, choices, leftOut);
  const listProblem = problemOfList(list, isLeftOut ? 0 : faulty);
  const problem = listProblem ?? Object.values(faults)[0] ?? null;
  useEffect(() => {
    if (!isWanted || list.isReading) return;
    setWanted(false);
    setTries(tries + 1);
    if (problem === null) setAsked(true);
  }, [isWanted, list.isReading]);
  const part = { draft, change, faults: isTried ? faults : {} };

  const create = async () => {
    const batch = await client.createBatch(requestOf(draft, everybody), { idempotencyKey });
    list.remember();
    forget(kept, FORM);
    say(WORDS.created(batch.total_calls_scheduled));
    go(linkTo(["batches", batch.id]));
  };

  return (
    <>
      <PageHead title={WORDS.title} back={{ href: linkTo(["batches"]), label: WORDS.back }} />
      <div class="compose">
        <div class="stack">
          <Failure error={choices.error} />
          <section class="card card-body stack" aria-labelledby="who">
            <h2 id="who">{WORDS.people}</h2>
            {list.source === null ? (
              <ListSource list={list} />
            ) : (
              <ListReview list={list} isLeftOut={isLeftOut} onLeaveOut={setLeftOut} />
            )}
            {repeats > 0 && (
              <Repeats
                label={WORDS.repeats(repeats)}
                again={WORDS.again}
                value={draft.onDuplicate}
                onValue={(onDuplicate) => change({ onDuplicate })}
              />
            )}
            {isTried && listProblem !== null && <p class="fault">{listProblem}</p>}
          </section>
          <section class="card card-body stack" aria-labelledby="how">
            <h2 id="how">{WORDS.calls}</h2>
            <Settings {...part} choices={choices} />
          </section>
          <section class="card card-body stack" aria-labelledby="when">
            <h2 id="when">{WORDS.when}</h2>
            <Start {...part} />
            <HoursField {...part} callees={calleesOf(draft, everybody, choices, Date.now())} />
          </section>
          <Advanced {...part} choices={choices} />
        </div>
        <Summary
          called={called}
          facts={facts}
          problem={isTried ? problem : null}
          onStartOver={isBegun ? onStartOver : null}
          isWaiting={isWanted}
          onReview={() => setWanted(true)}
        />
      </div>
      {isAsked && (
        <LastLook
          request={requestOf(draft, everybody)}
          called={called}
          isNow={draft.start === "now"}
          facts={facts}
          people={everybody}
          run={create}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
}

function problemOfList({ source, mapping, read }: List, faulty: number): string | null {
  const all = read?.people.length ?? 0;
  if (source === null) return PROBLEMS.none;
  if (mapping !== null && mapping.numberColumn === null) return PROBLEMS.noColumn;
  if (faulty > 0) return PROBLEMS.faulty;
  if (all === 0) return PROBLEMS.nobody;
  if (all > MAX_RECIPIENTS) return PROBLEMS.tooMany;
  return null;
}
