/** All batches, newest first, with their present state. */

import type { Batch } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useLatest, useResource } from "../api/use-resource.ts";
import { go } from "../router.ts";
import { Failure } from "../ui/failure.tsx";
import { Icon } from "../ui/icon.tsx";
import { later } from "../ui/later.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { BatchRow } from "./batch-row.tsx";
import { addressOf, type BatchesShown, countOf, isFiltered, queryOf, shownOf } from "./filter.ts";
import { Filters } from "./filters.tsx";
import { NewBatchLink } from "./new-batch-link.tsx";
import { Pager } from "./pager.tsx";
import { WORDS } from "./words.ts";

const FirstSteps = later(async () => (await import("../first-steps/first-steps.tsx")).FirstSteps, <WaitingLines />);

const ON_A_PAGE = 20;
/** The list lags each batch by about a second. */
const READ_EVERY_MS = 1_500;

export function BatchesPage({ query }: { readonly query: URLSearchParams }) {
  const { client, may } = useDashboard();
  const shown = shownOf(query);
  const after = query.get("after");
  const before = query.get("before");
  const agents = useResource("agents", () => allPages((page) => client.listAgents(page)));
  const list = useResource(
    `batches ${JSON.stringify(shown)} ${after} ${before}`,
    () =>
      client.listBatches({
        limit: ON_A_PAGE,
        ...queryOf(shown),
        ...(after === null ? {} : { starting_after: after }),
        ...(before === null ? {} : { ending_before: before }),
      }),
    READ_EVERY_MS,
  );
  const found = useLatest(list);
  const isEmpty = found !== null && found.data.length === 0;
  const isFirst = isEmpty && after === null && before === null && !isFiltered(shown);
  const narrow = (change: Partial<BatchesShown>) => go(linkTo(["batches"], addressOf({ ...shown, ...change })));
  const nameOfAgent = (id: string) => agents.value?.find((agent) => agent.id === id)?.name ?? "";
  return (
    <>
      <PageHead title={WORDS.title} about={WORDS.about}>
        <NewBatchLink />
      </PageHead>
      {found !== null && (!isFirst || countOf(found.counts, "all") > 0) && (
        <Filters shown={shown} counts={found.counts} agents={agents.value ?? []} onChange={narrow} />
      )}
      <div class="stack">
        <Failure error={list.error} />
        {found === null && list.error === null && <WaitingLines />}
        {isEmpty && (isFirst && may("admin") ? <FirstSteps /> : <NoneFound />)}
        {found !== null && found.data.length > 0 && <BatchTable batches={found.data} nameOfAgent={nameOfAgent} />}
      </div>
      {found !== null && (
        <Pager
          batches={found.data}
          address={addressOf(shown)}
          hasPrevious={after !== null || (before !== null && found.has_more)}
          hasNext={before !== null || found.has_more}
        />
      )}
    </>
  );
}

type TableProps = { readonly batches: readonly Batch[]; readonly nameOfAgent: (id: string) => string };

const BatchTable = ({ batches, nameOfAgent }: TableProps) => (
  <div class="card">
    <table class="list folds">
      <caption class="unseen">{WORDS.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{WORDS.name}</th>
          <th scope="col">{WORDS.status}</th>
          <th scope="col">{WORDS.called}</th>
          <th scope="col" class="right" title={WORDS.answeredHint}>
            {WORDS.answered}
          </th>
          <th scope="col" class="right">
            {WORDS.people}
          </th>
          <th scope="col" class="right">
            {WORDS.created}
          </th>
        </tr>
      </thead>
      <tbody>
        {batches.map((batch) => (
          <BatchRow key={batch.id} batch={batch} agent={nameOfAgent(batch.agent_id)} />
        ))}
      </tbody>
    </table>
  </div>
);

const NoneFound = () => (
  <div class="card empty">
    <Icon name="search" size={28} />
    <h2>{WORDS.none}</h2>
    <p>{WORDS.noneAbout}</p>
    <a class="button" href={linkTo(["batches"])}>
      {WORDS.clear}
    </a>
  </div>
);
