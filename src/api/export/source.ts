/** What an export reads, and how. */

import type { BatchRpc } from "../../batch/rpc.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import type { Result } from "../../calling/requests/result.ts";
import type { OrganizationRpc } from "../../organization/rpc.ts";

/** The objects that an export asks. `batch`: the object of a batch or of direct calls, by its id. */
export type ExportSource = {
  readonly organization: Pick<
    OrganizationRpc,
    | "describe"
    | "directPools"
    | "listAgents"
    | "listApiKeys"
    | "listBatches"
    | "listDoNotCall"
    | "listErasures"
    | "listActs"
    | "listMembers"
    | "listPhoneNumbers"
    | "listPrices"
    | "listProviders"
    | "listWebhooks"
    | "reportBy"
  >;
  readonly organizationId: string;
  readonly batch: (id: string) => Pick<BatchRpc, "callLines">;
};

/** In one message from the organization. */
export const ITEMS_AT_ONCE = 500;

/** What an object refuses, as of a place that does not exist. */
export class Refused extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`it could not be read on: ${failure.kind}`);
    this.failure = failure;
  }
}
export function valueIn<T>(result: Result<T, Failure>): T {
  if (result.ok) return result.value;
  throw new Refused(result.failure);
}

export type Items<Value> = (request: PageRequest) => Promise<Result<Page<Value>, Failure>>;

export const linesOf = (items: readonly object[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join("");
