/**
 * A typed client without dependencies, one method for each operation of the API (`api.ts`).
 *
 *     const callbatch = createClient({ baseUrl: "https://calls.example.com", apiKey: "sk_…" });
 *     const batch = await callbatch.createBatch({ name, agent_id, from_number_id, recipients });
 *     await callbatch.waitUntilFinished(batch.id);
 *     for await (const call of callbatch.listCalls({ batch_id: batch.id })) console.log(call.end_reason);
 *
 * A method throws `CallbatchError` if the service refuses, and what `fetch` throws if no answer comes. Before that it
 * repeats requests that are safe to repeat: reads, and requests with an `Idempotency-Key`, which it makes once.
 */

import type { BatchDetail, LiveMessage, SignIn } from "./api.ts";
import { CLIENT_OPERATIONS, type ClientOperations, OPERATOR_OPERATIONS, type OperatorOperations } from "./api.ts";
import type { Options } from "./method.ts";
import { methodsOf } from "./method.ts";
import { type TransportOptions, transport } from "./transport.ts";
import { type WaitOptions, waitUntilFinished, watchBatch } from "./waiting.ts";

export type * from "./api.ts";
export type { KeyedOptions, Listing, Options } from "./method.ts";
export { CallbatchError, type Fetch } from "./transport.ts";
export type * from "./types.ts";
export { isFinished, type WaitOptions } from "./waiting.ts";
export { verifyWebhook, type WebhookEvent, type WebhookRequest, WebhookVerificationError } from "./webhook.ts";

/** The version whose answers the types describe. */
const VERSION = "2026-08-14";

/** `organizationId`: in a page that Cloudflare Access has signed a person in to. */
export type ClientOptions = TransportOptions & ({ readonly apiKey: string } | { readonly organizationId: string });
export type OperatorOptions = TransportOptions & { readonly adminToken: string };

/** Otherwise Access answers with a redirect to its own page once the sign-in has ended. */
const IN_PAGE = { "x-requested-with": "XMLHttpRequest" };

/** Whether Cloudflare Access has signed a person in to the page, and where the person is a member. */
export const readSignIn = (options: TransportOptions): Promise<SignIn> =>
  transport(options, IN_PAGE).json<SignIn>({
    method: "GET",
    path: "/sign-in",
    headers: {},
    signal: undefined,
    mayRepeat: true,
  });

export interface Client extends ClientOperations {
  /** Resolves with the batch when all of its recipients are finished. */
  waitUntilFinished(batchId: string, options?: WaitOptions): Promise<BatchDetail>;
  /** The batch's changes, over a WebSocket. */
  watchBatch(batchId: string, options?: Options): AsyncGenerator<LiveMessage, void>;
}
/** For operators: who may use the service. Needs its `ADMIN_TOKEN`. */
export type OperatorClient = OperatorOperations;

export function createClient(options: ClientOptions): Client {
  const who: Readonly<Record<string, string>> =
    "apiKey" in options ? { "x-api-key": options.apiKey } : { ...IN_PAGE, "x-organization-id": options.organizationId };
  const headers = { ...who, "cartesia-version": VERSION };
  const operations = methodsOf<ClientOperations>(CLIENT_OPERATIONS, transport(options, headers));
  return {
    ...operations,
    waitUntilFinished: (id, more) => waitUntilFinished(operations, id, more),
    watchBatch: (id, more) => watchBatch(operations, id, more),
  };
}

export const createOperatorClient = ({ adminToken, ...options }: OperatorOptions): OperatorClient =>
  methodsOf<OperatorOperations>(OPERATOR_OPERATIONS, transport(options, { authorization: `Bearer ${adminToken}` }));
