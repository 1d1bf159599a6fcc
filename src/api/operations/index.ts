/** Every operation of the API, in the order of the document. */

import type { Operation } from "../operation.ts";
import { changeAgent } from "./agents/change.ts";
import { createAgent } from "./agents/create.ts";
import { deleteAgent } from "./agents/delete.ts";
import { getAgent } from "./agents/get.ts";
import { listAgents } from "./agents/list.ts";
import { cancelBatch } from "./batches/cancel.ts";
import { changeBatch } from "./batches/change.ts";
import { getConcurrency } from "./batches/concurrency.ts";
import { createBatch } from "./batches/create.ts";
import { deleteBatch } from "./batches/delete.ts";
import { getBatch } from "./batches/get.ts";
import { listBatches } from "./batches/list.ts";
import { createLiveTicket } from "./batches/live-ticket.ts";
import { pauseBatch } from "./batches/pause.ts";
import { previewBatch } from "./batches/preview.ts";
import { previewChange } from "./batches/preview-change.ts";
import { resumeBatch } from "./batches/resume.ts";
import { retryBatch } from "./batches/retry.ts";
import { watchBatch } from "./batches/watch.ts";
import { receiveEvent } from "./callbacks/event.ts";
import { receiveShared } from "./callbacks/shared.ts";
import { receiveStatus } from "./callbacks/status.ts";
import { cancelCall } from "./calls/cancel.ts";
import { createCalls } from "./calls/create.ts";
import { deleteCall } from "./calls/delete.ts";
import { getCall } from "./calls/get.ts";
import { listCalls } from "./calls/list.ts";
import { addDoNotCall } from "./do-not-call/add.ts";
import { exportDoNotCall } from "./do-not-call/export.ts";
import { getDoNotCall } from "./do-not-call/get.ts";
import { listDoNotCall } from "./do-not-call/list.ts";
import { reportOptOut } from "./do-not-call/opt-out.ts";
import { removeDoNotCall } from "./do-not-call/remove.ts";
import { changeOrganization } from "./organizations/change.ts";
import { createOrganization } from "./organizations/create.ts";
import { createApiKey } from "./organizations/create-key.ts";
import { getOrganization } from "./organizations/get.ts";
import { getLedger } from "./organizations/ledger.ts";
import { listOrganizations } from "./organizations/list.ts";
import { listApiKeys } from "./organizations/list-keys.ts";
import { getOwnKey } from "./organizations/own-key.ts";
import { resealSecrets } from "./organizations/reseal.ts";
import { revokeApiKey } from "./organizations/revoke-key.ts";
import { erasePerson } from "./people/erase.ts";
import { erasePersonByExternalId } from "./people/erase-by-external-id.ts";
import { getErasure } from "./people/get-erasure.ts";
import { listErasures } from "./people/list-erasures.ts";
import { changePhoneNumber } from "./phone-numbers/change.ts";
import { deletePhoneNumber } from "./phone-numbers/delete.ts";
import { getPhoneNumber } from "./phone-numbers/get.ts";
import { importPhoneNumber } from "./phone-numbers/import.ts";
import { listPhoneNumbers } from "./phone-numbers/list.ts";
import { changeProvider } from "./providers/change.ts";
import { createProvider } from "./providers/create.ts";
import { deleteProvider } from "./providers/delete.ts";
import { getProvider } from "./providers/get.ts";
import { listProviders } from "./providers/list.ts";
import { appendRecipients } from "./recipients/append.ts";
import { exportRecipients } from "./recipients/export.ts";
import { getRecipient } from "./recipients/get.ts";
import { listRecipients } from "./recipients/list.ts";
import { exportReport } from "./reports/export.ts";
import { getReport } from "./reports/get.ts";
import { getHealth } from "./service/health.ts";
import { mcp } from "./service/mcp.ts";
import { getOpenApi } from "./service/openapi.ts";
import { changeWebhook } from "./webhooks/change.ts";
import { createWebhook } from "./webhooks/create.ts";
import { deleteWebhook } from "./webhooks/delete.ts";
import { getWebhook } from "./webhooks/get.ts";
import { listWebhooks } from "./webhooks/list.ts";
import { listDeliveries } from "./webhooks/list-deliveries.ts";
import { redeliver } from "./webhooks/redeliver.ts";
import { testWebhook } from "./webhooks/test.ts";

export const OPERATIONS: readonly Operation[] = [
  createBatch,
  previewBatch,
  listBatches,
  getBatch,
  listRecipients,
  appendRecipients,
  getRecipient,
  exportRecipients,
  changeBatch,
  previewChange,
  pauseBatch,
  resumeBatch,
  cancelBatch,
  deleteBatch,
  retryBatch,
  createLiveTicket,
  watchBatch,
  getConcurrency,
  createCalls,
  listCalls,
  getCall,
  deleteCall,
  cancelCall,
  addDoNotCall,
  listDoNotCall,
  exportDoNotCall,
  getDoNotCall,
  removeDoNotCall,
  reportOptOut,
  erasePerson,
  erasePersonByExternalId,
  listErasures,
  getErasure,
  getReport,
  exportReport,
  createAgent,
  listAgents,
  getAgent,
  changeAgent,
  deleteAgent,
  importPhoneNumber,
  listPhoneNumbers,
  getPhoneNumber,
  changePhoneNumber,
  deletePhoneNumber,
  createProvider,
  listProviders,
  getProvider,
  changeProvider,
  deleteProvider,
  createWebhook,
  listWebhooks,
  getWebhook,
  changeWebhook,
  deleteWebhook,
  testWebhook,
  listDeliveries,
  redeliver,
  getOwnKey,
  createOrganization,
  listOrganizations,
  getOrganization,
  changeOrganization,
  getLedger,
  resealSecrets,
  createApiKey,
  listApiKeys,
  revokeApiKey,
  mcp(() => OPERATIONS),
  receiveStatus,
  receiveEvent,
  receiveShared,
  getHealth,
  getOpenApi(() => OPERATIONS),
];
