/** A new batch: a list of people, how they are called, and one last look before anybody is. */

import { useRef, useState } from "preact/hooks";
import { MAX_RECIPIENTS } from "../../../calling/limits.ts";
import { linkTo } from "../address.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { go } from "../router.ts";
import { count, people } from "../text/format.ts";
import { Failure } from "../ui/failure.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Care } from "./care.tsx";
import { Carrier } from "./carrier.tsx";
import { type Draft, newDraft, peopleCalled, requestOf } from "./draft.ts";
import { type DraftFaults, faultsOf } from "./draft-faults.ts";
import { LastLook } from "./last-look.tsx";
import { ListReview } from "./list-review.tsx";
import { ListSource } from "./list-source.tsx";
import { atOnceAtMost, type Choices, Settings } from "./settings.tsx";
import { leftOutWords, Summary, useFacts } from "./summary.tsx";
import { Timing } from "./timing.tsx";
import { useList } from "./use-list.ts";

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

/** Where there is only one to choose from it is chosen. */
const onlyOne = (given: string, all: readonly { readonly id: string }[] | null): string =>
  given === "" && all?.length === 1 ? (all[0]?.id ?? "") : given;

export function NewBatchPage() {
  const { client, say } = useDashboard();
  const choices = useChoices();
  const list = useList();
  const [given, setGiven] = useState(() => newDraft(Date.now()));
  const [isLeftOut, setLeftOut] = useState(false);
  const [isTried, setTried] = useState(false);
  const [isAsked, setAsked] = useState(false);
  /** For one decision: a second click, and a repeat after no answer came, lead to the same batch. */
  const idempotencyKey = useRef(crypto.randomUUID());

  const draft = {
    ...given,
    agentId: onlyOne(given.agentId, choices.agents),
    numberId: onlyOne(given.numberId, choices.numbers),
  };
  const change = (change: Partial<Draft>) => {
    idempotencyKey.current = crypto.randomUUID();
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
  const problem = problemOf(list.source !== null, everybody.length, isLeftOut ? 0 : faulty, faults);
  const part = { draft, change, faults: isTried ? faults : {} };

  const create = async () => {
    const batch = await client.createBatch(requestOf(draft, everybody), { idempotencyKey: idempotencyKey.current });
    say(`${people(batch.total_calls_scheduled)} will be called.`);
    go(linkTo(["batches", batch.id]));
  };

  return (
    <>
      <PageHead
        title="New batch"
        back={{ href: linkTo(["batches"]), label: "Batches" }}
        about="Nothing is sent before you have seen who will be called."
      />
      <div class="compose">
        <div class="stack">
          <Failure error={choices.error} />
          <section class="card card-body stack" aria-labelledby="who">
            <h2 id="who">People</h2>
            {list.source === null ? (
              <ListSource list={list} />
            ) : (
              <ListReview list={list} isLeftOut={isLeftOut} onLeaveOut={setLeftOut} />
            )}
          </section>
          <section class="card card-body stack" aria-labelledby="how">
            <h2 id="how">Calls</h2>
            <Settings {...part} choices={choices} />
          </section>
          <section class="card card-body stack" aria-labelledby="when">
            <h2 id="when">When</h2>
            <Timing {...part} />
          </section>
          <section class="card card-body stack" aria-labelledby="care">
            <h2 id="care">If somebody is not reached</h2>
            <Care {...part} repeats={repeats} />
          </section>
          <section class="card card-body stack" aria-labelledby="carrier">
            <h2 id="carrier">Pace, and a carrier that fails</h2>
            <Carrier {...part} />
          </section>
        </div>
        <Summary
          called={called}
          facts={facts}
          problem={isTried ? problem : null}
          onReview={() => {
            setTried(true);
            if (problem === null) setAsked(true);
          }}
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

function problemOf(hasList: boolean, all: number, faulty: number, faults: DraftFaults): string | null {
  if (!hasList) return "Bring a list of people first.";
  if (faulty > 0) return "Some rows are at fault: put them right or leave them out.";
  if (all === 0) return "Nobody on the list can be called.";
  if (all > MAX_RECIPIENTS) return `A batch calls at most ${count(MAX_RECIPIENTS)} people.`;
  return Object.values(faults)[0] ?? null;
}
