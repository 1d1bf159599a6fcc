/** What direct calls cost in what the platform counts, one after the other, as a client makes them. */

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, it } from "vitest";
import { present } from "../../src/calling/requests/assert.ts";
import { parseCallId } from "../../src/calling/secrets/ids.ts";
import type { StorageCost } from "../../src/storage/cost.ts";
import { A_DIRECT_CALL } from "../support/cost-of-a-batch.ts";
import { TestService, until } from "../support/service.ts";

const CALLS = 20;

let service: TestService;
afterEach(() => service.stop());

type Entry = { readonly agent_call_id?: string };
type Costly = { cost(): StorageCost };

/** An alarm that is set or taken away is billed as a row. */
const rowsOf = ({ rowsWritten, alarmChanges }: StorageCost): number => rowsWritten + alarmChanges;

async function call(headers: Record<string, string>): Promise<string> {
  const body = { agent_id: "agent_test", from_number_id: "ap_test", outbound_calls: [{ to_number: "+14155550199" }] };
  const { body: answer } = await service.api<{ calls: Entry[] }>("POST", "/agents/calls", body, headers);
  const id = answer.calls[0]?.agent_call_id ?? "";
  await until(async () => {
    const { status } = (await service.api<{ status: string }>("GET", `/agents/calls/${id}`)).body;
    const { holding } = await service.admin<{ holding: unknown[] }>("GET", `/${service.organization}/ledger`);
    return status === "completed" && holding.length === 0 ? true : null;
  });
  return id;
}

it.each([
  ["without an Idempotency-Key", () => ({}), A_DIRECT_CALL.rowsWritten],
  [
    "with one each",
    (turn: number) => ({ "idempotency-key": `cost ${turn}` }),
    A_DIRECT_CALL.rowsWritten + A_DIRECT_CALL.rowsOfAKey,
  ],
])("%s: they share an object, and each writes its own rows", async (_, headersOf, most) => {
  service = await TestService.start({ limit: 5 });
  const organization = service.organizationObject();
  await call(headersOf(-1));
  const object = env.BATCHES.getByName(present(parseCallId(await call(headersOf(-2))), "a call's id").route);
  const costs = async () => ({
    organization: await organization.cost(),
    object: await runInDurableObject(object, (one: Costly) => one.cost()),
  });
  const before = await costs();
  const routes = new Set<string>();
  for (let turn = 0; turn < CALLS; turn += 1) {
    routes.add(present(parseCallId(await call(headersOf(turn))), "a call's id").route);
  }
  expect(routes).toHaveProperty("size", 1);
  const after = await costs();
  const written =
    rowsOf(after.organization) + rowsOf(after.object) - rowsOf(before.organization) - rowsOf(before.object);
  console.log(`${written / CALLS} rows a direct call`);
  expect(written / CALLS).toBeLessThanOrEqual(most);
});
