/** Requests and answers by their names, from the schemas that the service validates with and answers by. */

import type { z } from "zod";
import type {
  appendRecipientsBody,
  appendRecipientsForm,
  batchChange,
  changeBatchBody,
  createBatchBody,
  createBatchForm,
  createCallsBody,
  NeverChanged,
} from "../api/schemas/batch.ts";
import type {
  AppendedAnswer,
  AttemptAnswer,
  BatchAnswer,
  BatchDetailAnswer,
  CallAnswer,
  CallCancelledAnswer,
  DirectCallsAnswer,
  LiveTicketAnswer,
  RecipientDetailAnswer,
  RecipientPageAnswer,
  RecipientResultAnswer,
} from "../api/schemas/batch-answers.ts";
import type { ChangePreviewAnswer } from "../api/schemas/change-preview.ts";
import type { PageAnswer } from "../api/schemas/common-answers.ts";
import type {
  addDoNotCallBody,
  addDoNotCallForm,
  DoNotCallAddedAnswer,
  DoNotCallAnswer,
  DoNotCallHistoryAnswer,
  exportDoNotCallQuery,
  listDoNotCallQuery,
  optOutBody,
  removeDoNotCallQuery,
} from "../api/schemas/do-not-call.ts";
import type { PreviewAnswer, previewBatchBody, previewBatchForm } from "../api/schemas/preview.ts";
import type { changeProviderBody, createProviderBody, ProviderAnswer } from "../api/schemas/providers.ts";
import type {
  exportRecipientsQuery,
  getBatchQuery,
  listBatchesQuery,
  listCallsQuery,
  listPhoneNumbersQuery,
  listProvidersQuery,
  listQuery,
  listRecipientsQuery,
} from "../api/schemas/queries.ts";
import type {
  changeAgentBody,
  changeOrganizationBody,
  changePhoneNumberBody,
  createAgentBody,
  createApiKeyBody,
  createOrganizationBody,
  importPhoneNumberBody,
} from "../api/schemas/telephony.ts";
import type {
  AgentAnswer,
  ApiKeyAnswer,
  ConcurrencyAnswer,
  LedgerAnswer,
  OrganizationAnswer,
  PhoneNumberAnswer,
  ResealAnswer,
} from "../api/schemas/telephony-answers.ts";
import type { changeWebhookBody, createWebhookBody } from "../api/schemas/webhook.ts";
import type { DeliveryAnswer, EventBody, WebhookAnswer } from "../api/schemas/webhook-answers.ts";

/** A query is text on its way; here a number may be one. */
type Query<Schema extends z.ZodType> = Omit<z.input<Schema>, "limit"> & { limit?: number };

export type PageQuery = Query<typeof listQuery>;
export type BatchesQuery = Query<typeof listBatchesQuery>;
export type BatchQuery = z.input<typeof getBatchQuery>;
export type PhoneNumbersQuery = Query<typeof listPhoneNumbersQuery>;
export type ProvidersQuery = z.input<typeof listProvidersQuery>;
export type RecipientsQuery = Query<typeof listRecipientsQuery>;
export type ExportQuery = z.input<typeof exportRecipientsQuery>;
export type CallsQuery = Query<typeof listCallsQuery>;

export type NewBatch = z.input<typeof createBatchBody>;
/** With the recipients in a CSV file. */
export type NewBatchFile = Omit<z.input<typeof createBatchForm>, "file"> & { file: Blob };
export type BatchPreviewed = z.input<typeof previewBatchBody>;
export type BatchFilePreviewed = Omit<z.input<typeof previewBatchForm>, "file"> & { file: Blob };
export type MoreRecipients = z.input<typeof appendRecipientsBody>;
/** With the recipients in a CSV file. */
export type MoreRecipientsFile = Omit<z.input<typeof appendRecipientsForm>, "file"> & { file: Blob };
export type BatchChange = Omit<z.input<typeof changeBatchBody>, NeverChanged>;
export type BatchChangePreviewed = Omit<z.input<typeof batchChange>, NeverChanged>;
export type NewCalls = z.input<typeof createCallsBody>;
export type NewDoNotCall = z.input<typeof addDoNotCallBody>;
export type NewDoNotCallFile = Omit<z.input<typeof addDoNotCallForm>, "file"> & { file: Blob };
export type DoNotCallExportQuery = z.input<typeof exportDoNotCallQuery>;
export type DoNotCallQuery = Query<typeof listDoNotCallQuery>;
export type DoNotCallRemoval = z.input<typeof removeDoNotCallQuery>;
export type OptOut = z.input<typeof optOutBody>;
export type NewAgent = z.input<typeof createAgentBody>;
export type AgentChange = z.input<typeof changeAgentBody>;
export type NewPhoneNumber = z.input<typeof importPhoneNumberBody>;
export type PhoneNumberChange = z.input<typeof changePhoneNumberBody>;
export type NewProvider = z.input<typeof createProviderBody>;
export type ProviderChange = z.input<typeof changeProviderBody>;
export type NewWebhook = z.input<typeof createWebhookBody>;
export type WebhookChange = z.input<typeof changeWebhookBody>;
export type NewOrganization = z.input<typeof createOrganizationBody>;
export type OrganizationChange = z.input<typeof changeOrganizationBody>;
export type NewApiKey = z.input<ReturnType<typeof createApiKeyBody>>;

export type Page<Item> = PageAnswer<Item>;
export type Batch = BatchAnswer;
export type BatchDetail = BatchDetailAnswer;
export type BatchPreview = PreviewAnswer;
export type ChangePreview = ChangePreviewAnswer;
export type Appended = AppendedAnswer;
export type Attempt = AttemptAnswer;
export type RecipientDetail = RecipientDetailAnswer;
export type RecipientPage = RecipientPageAnswer;
export type RecipientResult = RecipientResultAnswer;
export type Call = CallAnswer;
export type DirectCalls = DirectCallsAnswer;
export type CallCancelled = CallCancelledAnswer;
export type LiveTicket = LiveTicketAnswer;
export type DoNotCallAdded = DoNotCallAddedAnswer;
export type DoNotCallEntry = DoNotCallAnswer;
export type DoNotCallHistory = DoNotCallHistoryAnswer;
export type Concurrency = ConcurrencyAnswer;
export type Agent = AgentAnswer;
export type PhoneNumber = PhoneNumberAnswer;
export type Provider = ProviderAnswer;
export type Webhook = WebhookAnswer;
export type Delivery = DeliveryAnswer;
/** What a webhook receives. */
export type WebhookEvent = EventBody;
export type Organization = OrganizationAnswer;
export type ApiKey = ApiKeyAnswer;
export type Ledger = LedgerAnswer;
export type Reseal = ResealAnswer;
