/**
 * A typed client, one method for each operation of the API, without dependencies at run time.
 *
 *     const callbatch = createClient({ baseUrl: "https://calls.example.com", apiKey: "sk_…" });
 *     const batch = await callbatch.createBatch({ name, agent_id, from_number_id, recipients });
 *
 * A method throws `CallbatchError` where the service refuses, and what `fetch` throws where no answer comes. Then it is not
 * known whether the request arrived: repeat a create with the same `idempotencyKey`.
 */

import type { ServedVersion } from "../api/served-versions.ts";
import { bytesOf, type Fetch, formOf, path, transport } from "./transport.ts";
import type {
  Agent,
  AgentChange,
  Appended,
  Batch,
  BatchChange,
  BatchChangePreviewed,
  BatchDetail,
  BatchesQuery,
  BatchFilePreviewed,
  BatchPreview,
  BatchPreviewed,
  BatchQuery,
  Call,
  CallCancelled,
  CallsQuery,
  ChangePreview,
  Concurrency,
  Delivery,
  DirectCalls,
  DoNotCallAdded,
  DoNotCallEntry,
  DoNotCallExportQuery,
  DoNotCallHistory,
  DoNotCallQuery,
  DoNotCallRemoval,
  ExportQuery,
  LiveTicket,
  MoreRecipients,
  MoreRecipientsFile,
  NewAgent,
  NewBatch,
  NewBatchFile,
  NewCalls,
  NewDoNotCall,
  NewDoNotCallFile,
  NewPhoneNumber,
  NewProvider,
  NewWebhook,
  OptOut,
  Page,
  PageQuery,
  PhoneNumber,
  PhoneNumberChange,
  PhoneNumbersQuery,
  Provider,
  ProviderChange,
  ProvidersQuery,
  RecipientDetail,
  RecipientPage,
  RecipientsQuery,
  Webhook,
  WebhookChange,
} from "./types.ts";

export { createOperatorClient, type OperatorClient, type OperatorOptions } from "./operator.ts";
export { CallbatchError } from "./transport.ts";
export type * from "./types.ts";

/** Which answers the types are of. */
const VERSION: ServedVersion = "2026-08-14";

export type ClientOptions = {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** In place of the global one. */
  readonly fetch?: Fetch;
};

export type Client = ReturnType<typeof createClient>;

const keyed = (key: string | undefined) => (key === undefined ? {} : { headers: { "idempotency-key": key } });

export function createClient({ baseUrl, apiKey, fetch }: ClientOptions) {
  const { send, open } = transport(baseUrl, { "x-api-key": apiKey, "cartesia-version": VERSION }, fetch);
  return {
    /** `idempotencyKey`: 1 to 255 characters; a repeat within 24 hours answers with the first batch. */
    createBatch: (body: NewBatch | NewBatchFile, { idempotencyKey }: { readonly idempotencyKey?: string } = {}) =>
      send<Batch>("POST", path`/agents/calls/batches`, {
        body: "file" in body ? formOf(body) : body,
        ...keyed(idempotencyKey),
      }),
    /** What would come of it; nothing is stored and nobody is called. */
    previewBatch: (body: BatchPreviewed | BatchFilePreviewed) =>
      send<BatchPreview>("POST", path`/agents/calls/batches/preview`, { body: "file" in body ? formOf(body) : body }),
    listBatches: (query: BatchesQuery = {}) => send<Page<Batch>>("GET", path`/agents/calls/batches`, { query }),
    /** `expand: "attempts"`: each recipient with all of its attempts. */
    getBatch: (id: string, query: BatchQuery = {}) =>
      send<BatchDetail>("GET", path`/agents/calls/batches/${id}`, { query }),
    /** In the order submitted. `status`: one, or several with commas between them. */
    listRecipients: (id: string, query: RecipientsQuery = {}) =>
      send<RecipientPage>("GET", path`/agents/calls/batches/${id}/recipients`, { query }),
    /** Whoever is in the batch already, by `external_id` or number, is skipped: so it may be repeated. */
    appendRecipients: (id: string, body: MoreRecipients | MoreRecipientsFile) =>
      send<Appended>("POST", path`/agents/calls/batches/${id}/recipients`, {
        body: "file" in body ? formOf(body) : body,
      }),
    getRecipient: (id: string, recipientId: string) =>
      send<RecipientDetail>("GET", path`/agents/calls/batches/${id}/recipients/${recipientId}`),
    /** CSV, as it comes: 5,000 recipients need not be in memory. */
    exportRecipients: async (id: string, query: ExportQuery = {}) =>
      bytesOf(await open("GET", path`/agents/calls/batches/${id}/recipients.csv`, { query })),
    changeBatch: (id: string, body: BatchChange) => send<Batch>("PATCH", path`/agents/calls/batches/${id}`, { body }),
    /** What the change would make of those who wait; nothing is changed. */
    previewChange: (id: string, body: BatchChangePreviewed) =>
      send<ChangePreview>("POST", path`/agents/calls/batches/${id}/preview`, { body }),
    pauseBatch: (id: string) => send<Batch>("POST", path`/agents/calls/batches/${id}/pause`),
    resumeBatch: (id: string) => send<Batch>("POST", path`/agents/calls/batches/${id}/resume`),
    cancelBatch: (id: string) => send<Batch>("POST", path`/agents/calls/batches/${id}/cancel`),
    retryBatch: (id: string) => send<Batch>("POST", path`/agents/calls/batches/${id}/retry`),
    createLiveTicket: (id: string) => send<LiveTicket>("POST", path`/agents/calls/batches/${id}/live-ticket`),

    /** Who holds the organization's slots, and who waits for some. */
    getConcurrency: () => send<Concurrency>("GET", path`/agents/concurrency`),

    /** People called now. `idempotencyKey`: as of a batch. */
    createCalls: (body: NewCalls, { idempotencyKey }: { readonly idempotencyKey?: string } = {}) =>
      send<DirectCalls>("POST", path`/agents/calls`, { body, ...keyed(idempotencyKey) }),
    /** By `batch_id`, `agent_id` or both. */
    listCalls: (query: CallsQuery) => send<Page<Call>>("GET", path`/agents/calls`, { query }),
    getCall: (id: string) => send<Call>("GET", path`/agents/calls/${id}`),
    /** Of a call that was answered and is going on. */
    cancelCall: (id: string) => send<CallCancelled>("POST", path`/agents/calls/${id}/cancel`),

    /** One number, many, or a CSV file of them. */
    addDoNotCall: (body: NewDoNotCall | NewDoNotCallFile) =>
      send<DoNotCallAdded>("POST", path`/agents/do-not-call`, { body: "file" in body ? formOf(body) : body }),
    exportDoNotCall: async (query: DoNotCallExportQuery = {}) =>
      bytesOf(await open("GET", path`/agents/do-not-call.csv`, { query })),
    listDoNotCall: (query: DoNotCallQuery = {}) =>
      send<Page<DoNotCallEntry>>("GET", path`/agents/do-not-call`, { query }),
    getDoNotCall: (number: string) => send<DoNotCallHistory>("GET", path`/agents/do-not-call/${number}`),
    removeDoNotCall: (number: string, query: DoNotCallRemoval) =>
      send<DoNotCallEntry>("DELETE", path`/agents/do-not-call/${number}`, { query }),
    /** The callee of this call does not want to be called again. */
    reportOptOut: (callId: string, body: OptOut = {}) =>
      send<DoNotCallAdded>("POST", path`/agents/calls/${callId}/opt-out`, { body }),

    createAgent: (body: NewAgent) => send<Agent>("POST", path`/agents`, { body }),
    listAgents: (query: PageQuery = {}) => send<Page<Agent>>("GET", path`/agents`, { query }),
    getAgent: (id: string) => send<Agent>("GET", path`/agents/${id}`),
    changeAgent: (id: string, body: AgentChange) => send<Agent>("PATCH", path`/agents/${id}`, { body }),
    deleteAgent: (id: string) => send<null>("DELETE", path`/agents/${id}`),

    importPhoneNumber: (body: NewPhoneNumber) => send<PhoneNumber>("POST", path`/agents/phone-numbers`, { body }),
    listPhoneNumbers: (query: PhoneNumbersQuery = {}) =>
      send<Page<PhoneNumber>>("GET", path`/agents/phone-numbers`, { query }),
    getPhoneNumber: (id: string) => send<PhoneNumber>("GET", path`/agents/phone-numbers/${id}`),
    changePhoneNumber: (id: string, body: PhoneNumberChange) =>
      send<PhoneNumber>("PATCH", path`/agents/phone-numbers/${id}`, { body }),
    deletePhoneNumber: (id: string) => send<null>("DELETE", path`/agents/phone-numbers/${id}`),

    createProvider: (body: NewProvider) => send<Provider>("POST", path`/agents/phone-numbers/providers`, { body }),
    listProviders: (query: ProvidersQuery = {}) =>
      send<Provider[]>("GET", path`/agents/phone-numbers/providers`, { query }),
    getProvider: (id: string) => send<Provider>("GET", path`/agents/phone-numbers/providers/${id}`),
    changeProvider: (id: string, body: ProviderChange) =>
      send<Provider>("PATCH", path`/agents/phone-numbers/providers/${id}`, { body }),
    deleteProvider: (id: string) => send<null>("DELETE", path`/agents/phone-numbers/providers/${id}`),

    createWebhook: (body: NewWebhook) => send<Webhook>("POST", path`/agents/webhooks`, { body }),
    listWebhooks: (query: PageQuery = {}) => send<Page<Webhook>>("GET", path`/agents/webhooks`, { query }),
    getWebhook: (id: string) => send<Webhook>("GET", path`/agents/webhooks/${id}`),
    changeWebhook: (id: string, body: WebhookChange) => send<Webhook>("PATCH", path`/agents/webhooks/${id}`, { body }),
    deleteWebhook: (id: string) => send<null>("DELETE", path`/agents/webhooks/${id}`),
    testWebhook: (id: string) => send<Delivery>("POST", path`/agents/webhooks/${id}/test`),
    listDeliveries: (id: string, query: PageQuery = {}) =>
      send<Page<Delivery>>("GET", path`/agents/webhooks/${id}/deliveries`, { query }),
    redeliver: (id: string, deliveryId: string) =>
      send<Delivery>("POST", path`/agents/webhooks/${id}/deliveries/${deliveryId}/redeliver`),
  };
}
