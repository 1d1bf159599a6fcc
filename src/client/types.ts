/** Shorter names for the types of requests and answers. */

import type * as api from "./api.ts";

export type NewBatch = api.CreateBatch;
/** With the recipients in a CSV file or a workbook. */
export type NewBatchFile = api.CreateBatchForm;
export type BatchPreviewed = api.PreviewBatch;
export type BatchFilePreviewed = api.PreviewBatchForm;
export type MoreRecipients = api.AppendRecipients;
export type MoreRecipientsFile = api.AppendRecipientsForm;
export type BatchChange = api.ChangeBatch;
export type BatchChangePreviewed = api.PreviewChange;
export type NewCalls = api.CreateCalls;
export type NewDoNotCall = api.AddDoNotCall;
export type NewDoNotCallFile = api.AddDoNotCallForm;
export type NewAgent = api.CreateAgent;
export type AgentChange = api.ChangeAgent;
export type NewPhoneNumber = api.ImportPhoneNumber;
export type PhoneNumberChange = api.ChangePhoneNumber;
export type NewProvider = api.CreateProvider;
export type ProviderChange = api.ChangeProvider;
export type NewWebhook = api.CreateWebhook;
export type WebhookChange = api.ChangeWebhook;
export type NewOrganization = api.CreateOrganization;
export type OrganizationChange = api.ChangeOrganization;
export type NewApiKey = api.CreateApiKey;

export type BatchesQuery = api.ListBatchesQuery;
export type RecipientsQuery = api.ListRecipientsQuery;
export type ExportQuery = api.ExportRecipientsQuery;
export type CallsQuery = api.ListCallsQuery;
export type DoNotCallQuery = api.ListDoNotCallQuery;
export type AuditQuery = api.ListAuditQuery;
/** For lists with pages and no filter. */
export type PageQuery = api.ListAgentsQuery;

export type Page<Item> = Omit<api.AgentPage, "data"> & { data: Item[] };
export type RecipientResult = api.RecipientPage["data"][number];
/** A person in one batch, or in one request for direct calls. */
export type PersonPlace = api.PersonPlacePage["data"][number];
export type AuditRecord = api.AuditRecordPage["data"][number];
export type Attempt = api.RecipientDetail["attempts"][number];
