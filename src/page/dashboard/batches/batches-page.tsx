/** Every batch, newest first, with what happens in it now. */

import type { Batch } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { go } from "../router.ts";
import { Failure } from "../ui/failure.tsx";
import { Icon } from "../ui/icon.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { BatchRow } from "./batch-row.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { Pager } from "./pager.tsx";

const ON_A_PAGE = 20;
/** The list follows each batch within a second. */
const READ_EVERY_MS = 1_500;

export function BatchesPage({ query }: { readonly query: URLSearchParams }) {
  const { client } = useDashboard();
  const agentId = query.get("agent");
  const after = query.get("after");
  const before = query.get("before");
  const agents = useResource("agents", () => allPages((page) => client.listAgents(page)));
  const list = useResource(
    `batches ${agentId} ${after} ${before}`,
    () =>
      client.listBatches({
        limit: ON_A_PAGE,
        ...(agentId === null ? {} : { agent_id: agentId }),
        ...(after === null ? {} : { starting_after: after }),
        ...(before === null ? {} : { ending_before: before }),
      }),
    READ_EVERY_MS,
  );
  const batches = list.value?.data ?? null;
  const nameOfAgent = (id: string) => agents.value?.find((agent) => agent.id === id)?.name ?? "";
  return (
    <>
      <PageHead title="Batches" about="Each batch calls a list of people.">
        {(agents.value?.length ?? 0) > 1 && (
          <select
            class="input auto"
            aria-label="Agent"
            value={agentId ?? ""}
            onChange={(event) => go(linkTo(["batches"], { agent: event.currentTarget.value }))}
          >
            <option value="">All agents</option>
            {agents.value?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
        <a class="button primary" href={linkTo(["batches", "new"])}>
          <Icon name="plus" />
          New batch
        </a>
      </PageHead>
      <div class="stack">
        <Failure error={list.error} />
        {batches === null && list.error === null && <WaitingLines />}
        {batches?.length === 0 &&
          (agentId === null && after === null && before === null ? <FirstSteps /> : <NoneOfAgent />)}
        {batches !== null && batches.length > 0 && <BatchTable batches={batches} nameOfAgent={nameOfAgent} />}
      </div>
      {batches !== null && (
        <Pager
          batches={batches}
          agentId={agentId}
          hasNewer={after !== null || (before !== null && list.value?.has_more === true)}
          hasOlder={before !== null || list.value?.has_more === true}
        />
      )}
    </>
  );
}

type TableProps = { readonly batches: readonly Batch[]; readonly nameOfAgent: (id: string) => string };

const BatchTable = ({ batches, nameOfAgent }: TableProps) => (
  <div class="card">
    <table class="list folds">
      <caption class="unseen">Batches, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Status</th>
          <th scope="col">Called</th>
          <th scope="col" class="right">
            People
          </th>
          <th scope="col" class="right">
            Created
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

const NoneOfAgent = () => (
  <div class="card empty">
    <Icon name="batches" size={28} />
    <h2>No batches with this agent</h2>
    <a class="button primary" href={linkTo(["batches", "new"])}>
      New batch
    </a>
  </div>
);
