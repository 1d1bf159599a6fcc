/**
 * The messages between objects, as the newest release sends and takes them. Made by `npm run messages`; what to do where a
 * test says that it has changed: docs/operations/upgrades.md, "Two releases at once".
 */

export interface BatchRpc {
  create(order: BatchOrder, total: number, pages: ReadonlyArray<RecipientPage>): Promise<BatchSummary>;
  callNow(order: BatchOrder, recipients: Array<NewRecipient>): Promise<Array<DirectCallOutcome>>;
  dialDirectly(order: BatchOrder, recipients: Array<NewRecipient>): Promise<Array<DirectCallOutcome>>;
  snapshot(batchId: string, organizationId: string, withAttempts: boolean): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: BatchSnapshot;
  }>;
  snapshotPart(batchId: string, organizationId: string, request: PartRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: SnapshotPart;
  }>;
  recipient(batchId: string, organizationId: string, recipientId: string): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: RecipientDetail;
  }>;
  recipients(batchId: string, organizationId: string, request: RecipientListRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: RecipientPage2;
  }>;
  metadataKeys(batchId: string, organizationId: string, atMost: number): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: MetadataKeys;
  }>;
  cancel(batchId: string, organizationId: string, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: BatchSummary;
  }>;
  retry(batchId: string, organizationId: string, key: null | string, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: BatchSummary;
  }>;
  append(batchId: string, organizationId: string, recipients: Array<NewRecipient>, onDuplicate: "allow" | "reject" | "skip", key: null | string, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: AppendOutcome;
  }>;
  steer(batchId: string, organizationId: string, word: "pause" | "resume", act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: BatchSummary;
  }>;
  change(batchId: string, organizationId: string, change: BatchChange, allowFailures: boolean, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: BatchSummary;
  }>;
  previewChange(batchId: string, organizationId: string, change: BatchChange): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: ChangePreview;
  }>;
  calls(batchId: string, organizationId: string, request: BatchCallsRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<CallView>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  callsFrom(organizationId: string, part: CallPart): Promise<Array<CallView>>;
  call(organizationId: string, callNumber: number): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: CallView;
  }>;
  cancelCall(organizationId: string, callNumber: number, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: null;
  }>;
  remark(organizationId: string, callNumber: number, change: RemarksChange): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: CallView;
  }>;
  placesOf(organizationId: string, person: PersonNamed): Promise<Array<PersonPlace>>;
  eraseCall(organizationId: string, callNumber: number, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: ErasedCall;
  }>;
  personIn(organizationId: string, person: PersonNamed): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: PersonInBatch;
  }>;
  erasePerson(organizationId: string, person: PersonNamed, hashes: ReadonlyArray<number>): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: PersonErased;
  }>;
  callsToDelete(batchId: string, organizationId: string): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: ReadonlyArray<string>;
  }>;
  callLines(batchId: string, organizationId: string, from: number): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: CallLines;
  }>;
  archive(batchId: string, organizationId: string, folder: string, mark: string | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: null;
  }>;
  delete(batchId: string, organizationId: string, isArchived: boolean | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: null;
  }>;
  liveTicket(batchId: string, organizationId: string, keyId: string, keyExpiresAt: null | number | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: LiveTicket;
  }>;
  keyRevoked(keyId: string): Promise<void>;
  callback(callNumber: number, token: null | string, request: CarrierRequest): Promise<CallbackVerdict>;
  granted(grant: Grant): Promise<SlotStatement | null>;
  webhooksAre(targets: ReadonlyArray<WebhookTarget>): Promise<void>;
  rulesChanged(listed: ReadonlyArray<string>): Promise<void>;
  wake(): Promise<void>;
  statement(batchId: string | undefined): Promise<SlotStatement | null>;
}

export interface LaneRpc {
  place(order: LaneOrder): Promise<LaneOutcome>;
  repeat(order: LaneOrder): Promise<LaneOutcome>;
  ask(question: LaneQuestion): Promise<CarrierAnswer>;
}

export interface OrganizationRpc {
  create(organization: NewOrganization, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: OrganizationView;
  }>;
  describe(): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: OrganizationView;
  }>;
  change(change: OrganizationChange, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: OrganizationView;
  }>;
  listActs(filter: ActFilter, request: PageRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<ActView>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  listBatchActs(batchId: string, request: PageRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<ActView>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  recordAct(act: Act, kind: "agent" | "api_key" | "batch" | "call" | "do_not_call" | "erasure" | "member" | "organization" | "phone_number" | "provider" | "webhook", resourceId: null | string): Promise<void>;
  remove(): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: RemovalView;
  }>;
  removal(): Promise<RemovalView | null>;
  reseal(act: Act | undefined): Promise<ResealCounts | null>;
  ledger(): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: LedgerView;
  }>;
  concurrency(): Promise<ConcurrencyView>;
  authenticate(key: string): Promise<SignedInKey | null>;
  keyStands(key: KeyAlong): Promise<SignedInKey | null>;
  withKey(key: KeyAlong, message: string, args: ReadonlyArray<unknown>): Promise<AnsweredWithKey>;
  authenticatePerson(email: string): Promise<SignedInPerson | null>;
  watches(keyId: string, batchId: string): Promise<boolean>;
  announceBatch(request: BatchRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: BatchOrder;
  }>;
  outlook(request: BatchRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: Outlook;
  }>;
  listBatches(request: PageRequest, filter: BatchFilter): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: BatchPage;
  }>;
  batchPage(request: PageRequest, filter: BatchFilter): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: string;
  }>;
  reportBy(request: ReportRequest): Promise<Report>;
  deleteBatch(batchId: string, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: null;
  }>;
  callSources(filter: CallFilter, part: SourcesPart): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: CallSources;
  }>;
  batchSources(filter: CallFilter, part: SourcesPart): Promise<SourcesPage>;
  directSources(filter: CallFilter, part: SourcesPart): Promise<SourcesPage>;
  directPools(before: number, atMost: number): Promise<Array<DirectPool>>;
  announceCalls(request: DirectRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: BatchOrder;
  }>;
  report(report: BatchReport): Promise<{
    grantedRequest: number;
    grantedSlots: number;
    webhooks: ReadonlyArray<WebhookTarget>;
    isFree?: boolean;
    dialing?: Dialing;
  }>;
  clear(request: ClearanceRequest): Promise<ClearanceAnswer>;
  admitAppended(request: AppendRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: AppendAnswer;
  }>;
  labelled(source: number, labels: ReadonlyArray<number>): Promise<void>;
  dialing(agentId: string, fromNumberId: string): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: Dialing;
  }>;
  createAgent(agent: NewAgent, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: AgentView;
  }>;
  listAgents(request: PageRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<AgentView>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  getAgent(id: string): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: AgentView;
  }>;
  changeAgent(id: string, change: {
    name?: string;
    connection?: {
      type: "cartesia";
      agent_id: string;
    } | {
      type: "livekit";
      agent_name: string;
    } | {
      type: "websocket";
      url: string;
    };
    webhook_id?: null | string;
  }, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: AgentView;
  }>;
  deleteAgent(id: string, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: null;
  }>;
  createApiKey(key: string, made: NewApiKey, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      id: string;
      label: string;
      hint: string;
      role: "admin" | "operator" | "viewer";
      expiresAt: null | number;
      lastUsedAt: null | number;
      createdAt: number;
      key: string;
    };
  }>;
  listApiKeys(request: PageRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<ApiKeyView>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  revokeApiKey(id: string, act: Act | undefined, asked: RevocationAsked | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: null;
  }>;
  createMember(member: NewMember, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: MemberView;
  }>;
  listMembers(request: PageRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<MemberView>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  getMember(id: string): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: MemberView;
  }>;
  changeMember(id: string, role: "admin" | "operator" | "viewer", act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: MemberView;
  }>;
  deleteMember(id: string, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: null;
  }>;
  importPhoneNumber(number: NewPhoneNumber, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: PhoneNumberView;
  }>;
  listPhoneNumbers(filter: PhoneNumberFilter, request: PageRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<PhoneNumberView>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  getPhoneNumber(id: string): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: PhoneNumberView;
  }>;
  changePhoneNumber(id: string, change: PhoneNumberChange, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: PhoneNumberView;
  }>;
  deletePhoneNumber(id: string, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: null;
  }>;
  listPrices(providerId: string): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: Array<PriceListView>;
  }>;
  setPrices(providerId: string, order: PriceListOrder, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: PriceListView;
  }>;
  deletePrices(providerId: string, validFrom: number, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: boolean;
  }>;
  createProvider(provider: NewProvider, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: ProviderView;
  }>;
  listProviders(filter: ProviderFilter): Promise<Array<ProviderView>>;
  getProvider(id: string): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: ProviderView;
  }>;
  changeProvider(id: string, change: ProviderChange, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: ProviderView;
  }>;
  deleteProvider(id: string, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: null;
  }>;
  createWebhook(webhook: NewWebhook, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: MadeWebhook;
  }>;
  listWebhooks(request: PageRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<WebhookView>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  getWebhook(id: string): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: WebhookView;
  }>;
  changeWebhook(id: string, change: WebhookChange, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: MadeWebhook;
  }>;
  deleteWebhook(id: string, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: null;
  }>;
  webhookEndpoint(id: string): Promise<Endpoint | null>;
  disableWebhook(id: string, reason: string): Promise<void>;
  erasePerson(person: PersonNamed, by: KeyName, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: ErasureView;
  }>;
  listErasures(request: PageRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<ErasureView>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  getErasure(id: string): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: ErasureView;
  }>;
  addDoNotCall(listed: NewDoNotCall, act: Act | undefined): Promise<number>;
  listDoNotCall(filter: DoNotCallFilter, request: PageRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<DoNotCallEntry>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  getDoNotCall(number: string): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: DoNotCallHistory;
  }>;
  removeDoNotCall(number: string, reason: string, by: KeyName, act: Act | undefined): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: DoNotCallEntry;
  }>;
  beginRequest(key: string, fingerprint: string): Promise<BegunRequest>;
  answerRequest(key: string, fingerprint: string, status: number, body: string): Promise<void>;
  forgetRequest(key: string, fingerprint: string): Promise<void>;
}

export interface DirectoryRpc {
  register(organizationId: string): Promise<void>;
  list(request: PageRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<{
        id: string;
      }>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  oldest(limit: number): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<{
        id: string;
      }>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  letIn(who: string, organizationId: string): Promise<void>;
  letOut(who: string, organizationId: string): Promise<void>;
  signInsOf(email: string, domain: string): Promise<ReadonlyArray<string>>;
  open(jurisdiction: "eu" | "fedramp" | "fedramp-high" | "us"): Promise<void>;
  opened(): Promise<ReadonlyArray<"eu" | "fedramp" | "fedramp-high" | "us">>;
  knows(organizationId: string): Promise<boolean>;
  retire(organizationId: string, requestedAt: number): Promise<void>;
  removed(organizationId: string, completedAt: number): Promise<void>;
  removalOf(organizationId: string): Promise<null | {
    id: string;
    archiveProblem?: "no_bucket" | "other_bucket";
    requestedAt: number;
    completedAt: null | number;
  }>;
  signingSecret(): Promise<string>;
  unsignedTokensUntil(): Promise<number>;
  beginRequest(key: string, fingerprint: string): Promise<BegunRequest>;
  answerRequest(key: string, fingerprint: string, status: number, body: string): Promise<void>;
  forgetRequest(key: string, fingerprint: string): Promise<void>;
}

export interface WebhookRpc {
  take(owner: WebhookOwner, events: ReadonlyArray<WebhookEvent>): Promise<void>;
  sendTest(owner: WebhookOwner): Promise<DeliveryView>;
  deliveries(request: PageRequest): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: {
      data: Array<DeliveryView>;
      hasMore: boolean;
      nextPage: null | string;
    };
  }>;
  redeliver(deliveryId: string): Promise<{
    ok: false;
    failure: Failure;
  } | {
    ok: true;
    value: DeliveryView;
  }>;
  begin(deliveryId: string, attempt: number): Promise<DeliveryOrder | null>;
  settle(deliveryId: string, attempt: number, outcome: AttemptOutcome): Promise<void>;
  carry(message: DeliveryMessage): Promise<void>;
  eraseCalls(callIds: ReadonlyArray<string>): Promise<void>;
  forgetUntil(at: number): Promise<void>;
  remove(): Promise<void>;
  endpointChanged(): Promise<void>;
}

export interface DeliveryMessage {
  webhookId: string;
  deliveryId: string;
  attempt: number;
}

type AccountChange = {
  api_key?: string | undefined;
  public_key?: string | undefined;
} | {
  api_key?: string | undefined;
  webhook_secret?: null | string | undefined;
} | {
  api_key_sid?: string | undefined;
  api_key_secret?: string | undefined;
  auth_token?: null | string | undefined;
  region?: "au1" | "ie1" | "us1" | undefined;
} | {
  outbound?: undefined | {
    transport?: "tcp" | "tls" | "udp" | null | undefined;
    credentials?: null | undefined | {
      username: string;
      password: string;
    };
    destination_country?: null | string | undefined;
    media_encryption?: "allowed" | "disabled" | "required" | null | undefined;
    hostname: string;
  } | {
    transport?: "tcp" | "tls" | "udp" | null | undefined;
    credentials?: null | undefined | {
      username: string;
      password: string;
    };
    destination_country?: null | string | undefined;
    media_encryption?: "allowed" | "disabled" | "required" | null | undefined;
  };
  regions?: undefined | {
    US?: undefined | {
      url?: string | undefined;
      account_sid?: string | undefined;
      api_key?: string | undefined;
      webhook_secret?: null | string | undefined;
    };
    EU?: undefined | {
      url?: string | undefined;
      account_sid?: string | undefined;
      api_key?: string | undefined;
      webhook_secret?: null | string | undefined;
    };
    APAC?: undefined | {
      url?: string | undefined;
      account_sid?: string | undefined;
      api_key?: string | undefined;
      webhook_secret?: null | string | undefined;
    };
  };
  recognizer?: null | undefined | {
    vendor?: string | undefined;
    language?: string | undefined;
    label?: null | string | undefined;
  };
} | {
  outbound?: undefined | {
    transport?: "tcp" | "tls" | "udp" | null | undefined;
    credentials?: null | undefined | {
      username: string;
      password: string;
    };
    destination_country?: null | string | undefined;
    media_encryption?: "allowed" | "disabled" | "required" | null | undefined;
    hostname: string;
  } | {
    transport?: "tcp" | "tls" | "udp" | null | undefined;
    credentials?: null | undefined | {
      username: string;
      password: string;
    };
    destination_country?: null | string | undefined;
    media_encryption?: "allowed" | "disabled" | "required" | null | undefined;
  };
  regions?: undefined | {
    US?: undefined | {
      url?: string | undefined;
      api_key?: string | undefined;
      api_secret?: string | undefined;
    };
    EU?: undefined | {
      url?: string | undefined;
      api_key?: string | undefined;
      api_secret?: string | undefined;
    };
    APAC?: undefined | {
      url?: string | undefined;
      api_key?: string | undefined;
      api_secret?: string | undefined;
    };
  };
} | {
  token?: string | undefined;
  webhook_secret?: string | undefined;
  detects_machines?: boolean | undefined;
};

type Act = {
  id: string;
  operation: string;
  by: Actor;
};

type ActFilter = {
  resourceId: null | string;
  byId: null | string;
  kind: "agent" | "api_key" | "batch" | "call" | "do_not_call" | "erasure" | "member" | "organization" | "phone_number" | "provider" | "webhook" | null;
  from: null | number;
  until: null | number;
};

type ActRecord = {
  act: Act;
  at: number;
  kind: "agent" | "api_key" | "batch" | "call" | "do_not_call" | "erasure" | "member" | "organization" | "phone_number" | "provider" | "webhook";
  resourceId: null | string;
  before: null | string;
  after: null | string;
};

type ActView = {
  id: string;
  at: number;
  operation: string;
  by: Actor;
  kind: "agent" | "api_key" | "batch" | "call" | "do_not_call" | "erasure" | "member" | "organization" | "phone_number" | "provider" | "webhook";
  resourceId: null | string;
  before: null | string;
  after: null | string;
};

type Actor = {
  kind: "key" | "operator" | "person" | "service";
  id: string;
  label: string;
};

type Admission = ReadonlyArray<DirectCallError | null>;

type AgentConnection = {
  type: "cartesia";
  agent_id: string;
} | {
  type: "livekit";
  agent_name: string;
} | {
  type: "websocket";
  url: string;
};

type AgentView = {
  id: string;
  name: string;
  connection: AgentConnection;
  webhook_id?: null | string;
  createdAt: number;
  updatedAt: number;
};

type AnsweredWithKey = {
  key: SignedInKey | null;
  answer?: unknown;
};

type ApiKeyView = {
  id: string;
  label: string;
  hint: string;
  role: "admin" | "operator" | "viewer";
  expiresAt: null | number;
  lastUsedAt: null | number;
  createdAt: number;
};

type AppendAnswer = {
  doNotCall: ReadonlyArray<string>;
};

type AppendOutcome = {
  summary: BatchSummary;
  appended: number;
  skippedDuplicates: number;
  skippedExternalIds: number;
  skippedDoNotCall: number;
};

type AppendRequest = {
  batchId: string;
  createdAt: number;
  agentId: string;
  fromNumberId: string;
  region?: "APAC" | "EU" | "US";
  onVoicemail?: "continue" | "hang_up" | null;
  appendedBefore: number;
  numbers: ReadonlyArray<string>;
  people: ReadonlyArray<number>;
};

type AttemptOutcome = {
  kind: "answered";
  status: number;
  retryAfterMs: null | number;
} | {
  kind: "unanswered";
  message: string;
};

type AttemptView = {
  attempt: number;
  agent_call_id: null | string;
  status: RecipientStatus;
  createdAt: number;
  dispatchedAt: null | number;
  answeredAt: null | number;
  endedAt: null | number;
  end_reason: "agent_hangup" | "api_cancelled" | "client_disconnected" | "client_hangup" | "dial_busy" | "dial_failed" | "dial_no_answer" | "error" | "inactivity" | "max_duration" | null;
  answeredBy: "human" | "machine" | "unknown" | null;
  error_message: null | string;
  carrier_code: null | string;
  sip_code: null | number;
  remarks?: Remarks | null;
};

type BatchCallsRequest = {
  limit: number;
  startingAfter: null | string;
  endingBefore: null | string;
  startTimeGte: null | number;
  startTimeLte: null | number;
  person: PersonNamed;
  labels?: ReadonlyArray<string>;
  agentId: null | string;
};

type BatchChange = {
  name?: string;
  target_concurrency_limit?: number;
  priority?: number;
  scheduledAt?: null | number;
  retryPolicy?: RetryPolicy | null;
  callingWindow?: CallingWindow | null;
  circuitBreaker?: CircuitBreaker | null;
  calls_per_second?: null | number;
};

type BatchFilter = {
  agentId: null | string;
  statuses: ReadonlyArray<"cancelled" | "completed" | "failed" | "in_progress" | "pending">;
  words: ReadonlyArray<string>;
  created: {
    from: null | number;
    until: null | number;
  };
  starts: {
    from: null | number;
    until: null | number;
  };
  sort: "newest" | "oldest" | "start";
};

type BatchOrder = {
  id: string;
  kind?: "batch" | "direct";
  organizationId: string;
  name: string;
  agent_id: string;
  from_number_id: string;
  region: "APAC" | "EU" | "US";
  target_concurrency_limit: number;
  priority?: number;
  ringing_timeout_seconds: number;
  max_call_duration_minutes: number;
  createdAt: number;
  requestedAt?: number;
  scheduledAt: null | number;
  retryPolicy: RetryPolicy | null;
  callingWindow: CallingWindow | null;
  circuitBreaker: CircuitBreaker | null;
  callsPerSecond?: null | number;
  onVoicemail?: "continue" | "hang_up" | null;
  doNotCall: ReadonlyArray<string>;
  callbackBaseUrl: string;
  webhooks: ReadonlyArray<WebhookTarget>;
  admission?: Admission;
  organizationWindow?: CallingWindow | null;
  act?: Act;
};

type BatchPage = {
  data: Array<BatchSummary>;
  hasMore: boolean;
  nextPage: null | string;
  counts: {
    cancelled: number;
    completed: number;
    failed: number;
    in_progress: number;
    pending: number;
  };
};

type BatchReport = {
  summary: BatchSummary;
  slots: SlotStatement;
  atRest: boolean;
  sums?: ReadonlyArray<HourSums>;
  acts?: ReadonlyArray<ActRecord>;
};

type BatchRequest = {
  name: string;
  agent_id: string;
  from_number_id: string;
  numbers: ReadonlyArray<string>;
  people: ReadonlyArray<number>;
  target_concurrency_limit: null | number;
  priority?: number;
  ringing_timeout_seconds: number;
  max_call_duration_minutes: number;
  scheduledAt: null | number;
  retryPolicy: RetryPolicy | null;
  circuitBreaker: CircuitBreaker | null;
  callingWindow: CallingWindow | null;
  callsPerSecond: null | number;
  onVoicemail: "continue" | "hang_up" | null;
  region: "APAC" | "EU" | "US" | null;
  callbackBaseUrl: string;
  idempotency: Idempotency | null;
  act?: Act;
};

type BatchSnapshot = {
  firstPart: SnapshotPart;
  rest: ReadonlyArray<PartRequest>;
  summary: BatchSummary;
  waiting: Waiting | null;
  estimatedEndAt: null | number;
  callingWindow: CallingWindow | null;
  retryPolicy: RetryPolicy | null;
  circuitBreaker: CircuitSettings | null;
  callsPerSecond: null | number;
  ringingTimeoutSeconds: number;
  maxCallDurationMinutes: number;
  onVoicemail: "continue" | "hang_up" | null;
};

type BatchSummary = {
  total_calls_scheduled: number;
  total_calls_dispatched: number;
  total_calls_finished: number;
  admittedAt: null | number;
  pausedAt: null | number;
  scheduledAt: null | number;
  cancelledAt?: null | number;
  cancelledBy?: Actor | null;
  id: string;
  name: string;
  agent_id: string;
  from_number_id: string;
  region: "APAC" | "EU" | "US";
  target_concurrency_limit: number;
  priority?: number;
  status: "cancelled" | "completed" | "failed" | "in_progress" | "pending";
  recipients_called?: number;
  recipients_answered?: number;
  retry_count: number;
  createdAt: number;
  lastUpdatedAt: number;
  circuit?: CircuitStanding | null;
  waiting?: Waiting | null;
  callingWindow?: CallingWindow | null;
  onVoicemail?: "continue" | "hang_up" | null;
};

type BegunRequest = {
  kind: "answered";
  status: number;
  body: string;
} | {
  kind: "fresh" | "reused" | "under_way" | "unknown";
};

type Bill = {
  costs: ReadonlyArray<{
    currency: string;
    amount: string;
  }>;
  minutesWithoutPrice: number;
};

type Bucket = {
  nextAt: number;
  share: number;
  throttledAt: number;
};

type CallContext = {
  maxDurationSeconds: number;
  answered: boolean;
  endedBecause: "agent_hangup" | "api_cancelled" | "client_disconnected" | "client_hangup" | "dial_busy" | "dial_failed" | "dial_no_answer" | "error" | "inactivity" | "max_duration" | null;
  agentClosed: boolean;
};

type CallFilter = {
  agentId: null | string;
  person: ReadonlyArray<number>;
};

type CallLines = {
  lines: string;
  count: number;
  next: null | number;
};

type CallPart = {
  window: CallWindow;
  beyond: CallPosition | null;
  direction: "newer" | "older";
  person: PersonNamed;
  labels?: ReadonlyArray<string>;
  count: number;
};

type CallPosition = {
  createdAt: number;
  id: string;
};

type CallProgress = {
  kind: "answered";
  answeredBy?: "human" | "machine" | "unknown";
} | {
  kind: "ended";
  completed: boolean;
  endReason: "agent_hangup" | "api_cancelled" | "client_disconnected" | "client_hangup" | "dial_busy" | "dial_failed" | "dial_no_answer" | "error" | "inactivity" | "max_duration";
  durationSeconds: null | number;
  carrierCode?: null | string;
  sipCode?: null | number;
  answeredBy?: "human" | "machine" | "unknown";
} | {
  kind: "ringing";
  since?: number;
} | {
  kind: "waiting";
};

type CallReport = {
  kind: "absent";
} | {
  kind: "known";
  carrierCallId: string;
  progress: CallProgress;
} | {
  kind: "unavailable";
  message: string;
} | {
  kind: "undecided";
};

type CallSource = {
  batchId: string;
  newestPossibleAt: number;
  oldestPossibleAt: number;
};

type CallSources = {
  batches: ReadonlyArray<CallSource>;
  batchesGoOn?: SourcesCursor | null;
  direct: SourcesPage;
};

type CallView = {
  id: string;
  agent_id: string;
  agent_name: null | string;
  status: "completed" | "created" | "failed" | "started";
  createdAt: number;
  startedAt: null | number;
  endedAt: null | number;
  to_number: string;
  from_number: null | string;
  call_sid: null | string;
  telephony_account_type: null | string;
  end_reason: "agent_hangup" | "api_cancelled" | "client_disconnected" | "client_hangup" | "dial_busy" | "dial_failed" | "dial_no_answer" | "error" | "inactivity" | "max_duration" | null;
  answeredBy: "human" | "machine" | "unknown" | null;
  error_message: null | string;
  external_id: null | string;
  metadata: null | string;
  redactedAt?: null | number;
  remarks?: Remarks | null;
};

type CallWindow = {
  from: null | number;
  until: null | number;
};

type CallbackVerdict = {
  kind: "accepted";
  contentType: string;
  body: string;
} | {
  kind: "forbidden";
} | {
  kind: "unanswered";
};

type CallingWindow = {
  timezone_mode: "fixed" | "recipient";
  timezone: null | string;
  windows: ReadonlyArray<DailyWindow>;
  excluded_dates: ReadonlyArray<string>;
  unknown_timezone: "block" | "use_timezone";
  expiresAt: null | number;
};

type Candidate = {
  position: number;
  attempt: number;
  number: string;
  timezone: null | string;
};

type CarrierAccount = {
  carrier: "cartesia";
  api_key: string;
  webhook_secret: null | string;
} | {
  carrier: "http";
  url: string;
  token: string;
  webhook_secret: string;
  detects_machines: boolean;
} | {
  carrier: "jambonz";
  outbound: {
    transport: "tcp" | "tls" | "udp" | null;
    credentials: null | {
      username: string;
      password: string;
    };
    destination_country: null | string;
    media_encryption: "allowed" | "disabled" | "required" | null;
    hostname: string;
  };
  regions: {
    US: null | {
      url: string;
      account_sid: string;
      api_key: string;
      webhook_secret: null | string;
    };
    EU: null | {
      url: string;
      account_sid: string;
      api_key: string;
      webhook_secret: null | string;
    };
    APAC: null | {
      url: string;
      account_sid: string;
      api_key: string;
      webhook_secret: null | string;
    };
  };
  recognizer: null | {
    vendor: string;
    language: string;
    label: null | string;
  };
} | {
  carrier: "livekit";
  outbound: {
    transport: "tcp" | "tls" | "udp" | null;
    credentials: null | {
      username: string;
      password: string;
    };
    destination_country: null | string;
    media_encryption: "allowed" | "disabled" | "required" | null;
    hostname: string;
  };
  regions: {
    US: null | {
      url: string;
      api_key: string;
      api_secret: string;
    };
    EU: null | {
      url: string;
      api_key: string;
      api_secret: string;
    };
    APAC: null | {
      url: string;
      api_key: string;
      api_secret: string;
    };
  };
} | {
  carrier: "telnyx";
  api_key: string;
  connection_id: string;
  public_key: string;
} | {
  carrier: "twilio";
  account_sid: string;
  api_key_sid: string;
  api_key_secret: string;
  auth_token: null | string;
  region: "au1" | "ie1" | "us1";
};

type CarrierAnswer = {
  kind: "end";
  outcome: EndOutcome;
} | {
  kind: "failed";
  message: string;
} | {
  kind: "fetch";
  report: CallReport;
} | {
  kind: "find";
  found: FindOutcome;
};

type CarrierQuestion = {
  kind: "end";
  carrierCallId: string;
  isAnswered: boolean;
} | {
  kind: "fetch";
  carrierCallId: string;
  context: CallContext;
} | {
  kind: "find";
  query: FindQuery;
  context: CallContext;
};

type CarrierRequest = {
  method: string;
  pathAndQuery: string;
  headers: {
    [key: string]: string;
  };
  body: string;
};

type ChangePreview = ReadonlyArray<Concerned>;

type ChangedFate = {
  kind: "delayed" | "same" | "sooner";
  until: number;
} | {
  kind: "failed";
  reason: "unknown_timezone" | "window_expired" | "window_never_open";
};

type CircuitBreaker = {
  min_calls: number;
  failure_share: number;
  window_minutes: number;
  cool_down_minutes: null | number;
};

type CircuitCounts = {
  calls: number;
  failed: number;
};

type CircuitSettings = {
  policy: CircuitBreaker;
  counts: CircuitCounts;
};

type CircuitStanding = {
  state: "closed" | "open" | "trial";
  since: null | number;
  until: null | number;
  opened: CircuitCounts | null;
};

type ClearanceAnswer = {
  decidedAt: number;
  verdicts: ReadonlyArray<Verdict>;
  isFree: boolean;
  isRemembered: boolean;
};

type ClearanceRequest = {
  batchId: string;
  fromNumberId: string;
  rules: ContactRules;
  candidates: ReadonlyArray<Candidate>;
  atMost: number;
  unused: ReadonlyArray<Contact>;
  isThrottled: boolean;
};

type Concerned = {
  position: number;
  callee: NewRecipient;
  fate: ChangedFate;
};

type ConcurrencyView = {
  limit: number;
  reserved: number;
  inUse: number;
  callsOutsideBatches: number;
  holding: Array<{
    batchId: string;
    slots: number;
    createdAt: number;
    name: string;
    draining: boolean;
    callsInFlight: number;
  }>;
  waiting: Array<{
    batchId: string;
    slots: number;
    createdAt: number;
    name: string;
    priority?: number;
    turn?: Turn;
  }>;
};

type ConflictCode = "already_exists" | "batch_deleted" | "batch_not_over" | "call_not_over" | "idempotency_key_reused" | "in_use" | "key_in_use" | "last_admin_key" | "organization_deleted" | "too_many_members" | "too_many_providers" | "too_many_webhooks";

type Contact = {
  position: number;
  attempt: number;
  number: string;
};

type ContactRules = {
  min_gap_minutes: null | number;
  max_attempts_per_number_per_day: null | number;
};

type ContactWaitReason = "contact_gap" | "daily_cap";

type DailyWindow = {
  days: ReadonlyArray<"fri" | "mon" | "sat" | "sun" | "thu" | "tue" | "wed">;
  start: number;
  end: number;
};

type DeliveryMessage = {
  webhookId: string;
  deliveryId: string;
  attempt: number;
};

type DeliveryOrder = {
  webhookId: string;
  organizationId: string;
  url: string;
  secrets: ReadonlyArray<string>;
  event: WebhookEvent;
};

type DeliveryView = {
  id: string;
  type: "batch_admitted" | "batch_cancelled" | "batch_circuit_closed" | "batch_circuit_opened" | "batch_completed" | "call_completed" | "call_failed" | "call_started" | "call_updated" | "test";
  status: "delivered" | "failed" | "pending";
  attempts: number;
  createdAt: number;
  attemptedAt: null | number;
  nextAttemptAt: null | number;
  responseStatus: null | number;
  errorMessage: null | string;
  batchId: null | string;
  callId: null | string;
};

type Dialing = {
  agent: {
    id: string;
    name: string;
    connection: AgentConnection;
  };
  from_number: string;
  carrier_number_id: null | string;
  account: CarrierAccount;
  calling_window: CallingWindow | null;
};

type DirectCallError = {
  code: "call_not_placed" | "concurrency_limited" | "do_not_call" | "outside_calling_window";
  message: string;
};

type DirectCallOutcome = {
  kind: "call";
  callId: string;
} | {
  kind: "error";
  error: DirectCallError;
};

type DirectPool = {
  id: string;
  createdAt: number;
};

type DirectRequest = {
  agent_id: string;
  from_number_id: string;
  destinations: ReadonlyArray<{
    to_number: string;
    timezone: null | string;
  }>;
  people: ReadonlyArray<number>;
  characters?: number;
  ringing_timeout_seconds: number;
  max_call_duration_minutes: number;
  onVoicemail: "continue" | "hang_up" | null;
  callbackBaseUrl: string;
  idempotency: Idempotency | null;
};

type DoNotCallEntry = {
  id: string;
  number: string;
  reason: null | string;
  callId: null | string;
  addedAt: number;
  addedBy: KeyName;
  removedAt: null | number;
  removedBy: KeyName | null;
  removalReason: null | string;
};

type DoNotCallFilter = {
  status: "all" | "listed" | "removed";
  text: null | string;
  number: null | string;
};

type DoNotCallHistory = {
  newest: DoNotCallEntry;
  earlier: ReadonlyArray<DoNotCallEntry>;
};

type EndOutcome = {
  kind: "ending";
} | {
  kind: "unavailable";
  message: string;
};

type Endpoint = {
  url: string;
  secrets: ReadonlyArray<string>;
  isDisabled: boolean;
};

type ErasedCall = {
  call: CallView;
  callIds: ReadonlyArray<string>;
};

type ErasureView = {
  id: string;
  requestedAt: number;
  requestedBy: KeyName;
  completedAt: null | number;
  batches: number;
  batchesLeft: number;
  recipients: number;
  calls: number;
  archiveProblem?: "no_bucket" | "other_bucket";
};

type Failure = {
  kind: "carrier_unavailable";
  message: string;
} | {
  kind: "conflict";
  code: ConflictCode;
  message: string;
} | {
  kind: "invalid";
  issues: ReadonlyArray<Issue>;
} | {
  kind: "not_configured";
  message: string;
} | {
  kind: "not_found";
  resource: Resource;
} | {
  kind: "try_again";
} | {
  kind: "usage_limit_reached";
  message: string;
} | {
  kind: "wrong_state";
  code: WrongStateCode;
  message: string;
};

type FindOutcome = {
  kind: "found";
  calls: ReadonlyArray<{
    carrierCallId: string;
    progress: CallProgress;
  }>;
} | {
  kind: "unavailable";
  message: string;
};

type FindQuery = {
  callId: string;
  to: string;
  from: string;
  agent: AgentConnection;
  placedAfter: number;
};

type Grant = {
  requestNumber: number;
  slots: number;
  batchId?: string;
};

type HourSums = {
  hour: number;
  isLocal: boolean;
  country: string;
  version: number;
  figures: ReadonlyArray<number>;
};

type Idempotency = {
  key: string;
  bodyHash: string;
  counted?: "first" | "repeat";
};

type Issue = {
  path: string;
  message: string;
};

type KeyAlong = {
  hash: string;
  id: string;
};

type KeyName = {
  id: string;
  label: string;
};

type LaneOrder = {
  account: CarrierAccount;
  order: PlaceOrder;
  leaveBy: number;
};

type LaneOutcome = {
  kind: "not_sent";
  message: string;
} | {
  kind: "placed";
  carrierCallId: string;
} | {
  kind: "refused";
  code: null | string;
  message: string;
} | {
  kind: "try_later";
  retryAfterMs: null | number;
  message: string;
} | {
  kind: "unknown";
  message: string;
};

type LaneQuestion = {
  account: CarrierAccount;
  region: "APAC" | "EU" | "US" | null;
  question: CarrierQuestion;
};

type LedgerView = {
  limit: number;
  reserved: number;
  inUse: number;
  callsOutsideBatches: number;
  holding: Array<{
    batchId: string;
    slots: number;
    createdAt: number;
    kind: OrderKind;
    draining: boolean;
    confirmed: boolean;
  }>;
  waiting: Array<{
    batchId: string;
    slots: number;
    createdAt: number;
    priority?: number;
  }>;
};

type LiveTicket = {
  ticket: string;
  expiresAt: number;
};

type MadeWebhook = {
  id: string;
  display_name: string;
  url: string;
  events: ReadonlyArray<WebhookEventType>;
  disabledReason: null | string;
  createdAt: number;
  updatedAt: number;
  secret: null | string;
};

type MemberView = {
  id: string;
  who: string;
  role: "admin" | "operator" | "viewer";
  lastUsedAt: null | number;
  createdAt: number;
};

type MetadataKeys = {
  batchName: string;
  keys: ReadonlyArray<string>;
  hasMore: boolean;
};

type NewAgent = {
  name: string;
  connection: AgentConnection;
  webhook_id?: null | string;
  id: null | string;
};

type NewApiKey = {
  label: string;
  role: "admin" | "operator" | "viewer";
  expiresAt: null | number;
};

type NewDoNotCall = {
  entries: ReadonlyArray<{
    number: string;
    reason: null | string;
  }>;
  callId: null | string;
  by: KeyName;
};

type NewMember = {
  who: string;
  role: "admin" | "operator" | "viewer";
};

type NewOrganization = {
  min_gap_minutes?: null | number;
  max_attempts_per_number_per_day?: null | number;
  calls_per_second?: null | number;
  id: string;
  name: string;
  agent_call_concurrency_limit: number;
  reserved_concurrency: number;
  agents_usage_limit: null | number;
  calling_window: CallingWindow | null;
  archive?: boolean;
  retention_days?: number;
};

type NewPhoneNumber = {
  id: null | string;
  label: string;
  number: string;
  carrier_number_id: null | string;
  provider: ProviderReference;
  agent_id: null | string;
  calls_per_second: null | number;
};

type NewProvider = {
  id: null | string;
  label: string;
  account: CarrierAccount;
  calls_per_second: null | number;
};

type NewRecipient = {
  to_number: string;
  metadata: null | string;
  timezone: null | string;
  external_id?: string;
};

type NewWebhook = {
  display_name: string;
  url: string;
  events: ReadonlyArray<WebhookEventType>;
  secret: null | string;
};

type OrderKind = "batch" | "direct";

type OrganizationChange = {
  min_gap_minutes?: null | number;
  max_attempts_per_number_per_day?: null | number;
  calls_per_second?: null | number;
  name?: string;
  agent_call_concurrency_limit?: number;
  reserved_concurrency?: number;
  agents_usage_limit?: null | number;
  calling_window?: CallingWindow | null;
  retention_days?: number;
  archive?: boolean;
};

type OrganizationView = {
  min_gap_minutes: null | number;
  max_attempts_per_number_per_day: null | number;
  pace: PaceView | null;
  name: string;
  agent_call_concurrency_limit: number;
  reserved_concurrency: number;
  agents_usage_limit: null | number;
  calling_window: CallingWindow | null;
  retention_days: number;
  archive?: boolean;
  id: string;
  agents_usage: number;
  archiveProblem?: "no_bucket" | "other_bucket";
  removalRequestedAt: null | number;
  createdAt: number;
  jurisdiction?: "eu" | "fedramp" | "fedramp-high" | "us" | null;
};

type Outlook = {
  now: number;
  order: BatchOrder;
  callingWindow: CallingWindow | null;
  rules: ContactRules;
  contacts: ReadonlyMap<string, ReadonlyArray<number>>;
  pace: PaceProspect | null;
  slots: SlotProspect;
};

type PaceProspect = {
  perSecond: number;
  nextAt: number;
};

type PaceView = {
  callsPerSecond: number;
  bucket: Bucket;
};

type PageRequest = {
  limit: number;
  startingAfter: null | string;
  endingBefore: null | string;
};

type PartAttempts = {
  latest: ReadonlyArray<string>;
  earlier: ReadonlyArray<ReadonlyArray<number>>;
};

type PartRequest = {
  from: number;
  heads: string;
  attempts: PartAttempts | null;
};

type PersonErased = {
  isOver: boolean;
  recipients: number;
  calls: number;
  callIds: ReadonlyArray<string>;
  shared: ReadonlyArray<number>;
};

type PersonInBatch = {
  numbers: ReadonlyArray<string>;
  hashes: ReadonlyArray<number>;
};

type PersonNamed = {
  toNumber: null | string;
  externalId: null | string;
};

type PersonPlace = {
  batchId: null | string;
  batchName: null | string;
  agentId: string;
  recipient: RecipientDetail;
};

type PhoneNumberChange = {
  label?: string;
  provider?: {
    accountSid: string;
    region: "au1" | "ie1" | "us1" | null;
  } | {
    id: string;
  };
  agent_id?: null | string;
  calls_per_second?: null | number;
};

type PhoneNumberFilter = {
  text: string;
  agentId: null | string;
  providerId: null | string;
  type: "cartesia" | "http" | "sip_trunk" | "telnyx" | "twilio" | null;
};

type PhoneNumberView = {
  id: string;
  label: string;
  number: string;
  carrier_number_id: null | string;
  agent: null | {
    id: string;
    name: string;
  };
  provider: ProviderView;
  pace: PaceView | null;
  createdAt: number;
  updatedAt: number;
};

type PlaceOrder = {
  callId: string;
  batchId: string;
  recipientId: string;
  to: string;
  from: string;
  fromNumberId: null | string;
  agent: AgentConnection;
  region: "APAC" | "EU" | "US";
  metadata: null | string;
  ringingTimeoutSeconds: number;
  maxDurationSeconds: number;
  asksWhoAnswers: boolean;
  statusCallbackUrl: string;
};

type PriceListOrder = {
  validFrom: number;
  currency: string;
  rates: ReadonlyArray<Rate>;
  replaces?: number;
};

type PriceListView = {
  validFrom: number;
  currency: string;
  rates: ReadonlyArray<Rate>;
  updatedAt: number;
};

type ProviderChange = {
  label?: string;
  account: AccountChange;
  calls_per_second?: null | number;
};

type ProviderFilter = {
  text: string;
  type: "cartesia" | "http" | "sip_trunk" | "telnyx" | "twilio" | null;
  accountSid: null | string;
};

type ProviderReference = {
  accountSid: string;
  region: "au1" | "ie1" | "us1" | null;
} | {
  id: string;
};

type ProviderView = {
  id: string;
  label: string;
  account: ShownAccount;
  pace: PaceView | null;
  createdAt: number;
  updatedAt: number;
};

type Rate = {
  destination: string;
  per_minute: string;
  increments: "1/1" | "30/6" | "6/6" | "60/1" | "60/60";
  connection_fee: string;
};

type RecipientDetail = {
  id: string;
  to_number: string;
  status: RecipientStatus;
  createdAt: number;
  external_id: null | string;
  redactedAt?: null | number;
  metadata: null | string;
  agent_call_id: null | string;
  end_reason: "agent_hangup" | "api_cancelled" | "client_disconnected" | "client_hangup" | "dial_busy" | "dial_failed" | "dial_no_answer" | "error" | "inactivity" | "max_duration" | null;
  answeredBy: "human" | "machine" | "unknown" | null;
  error_message: null | string;
  failureReason: "do_not_call" | "erased" | "line_gone" | "not_in_time" | "not_now" | "window_expired" | "window_never_open" | null;
  timezone: null | string;
  nextEligibleAt: null | number;
  waiting: Waiting | null;
  attempts: ReadonlyArray<AttemptView>;
  submittedTimezone: null | string;
  attemptCount: number;
  dispatchedAt: null | number;
  answeredAt: null | number;
  endedAt: null | number;
  remarks?: Remarks | null;
};

type RecipientListRequest = {
  limit: number;
  startingAfter: null | string;
  endingBefore: null | string;
  statuses: ReadonlyArray<RecipientStatus> | null;
  outcomes: ReadonlyArray<"busy" | "cancelled" | "completed" | "dialing" | "failed" | "queued" | "talking" | "unanswered"> | null;
  text: null | string;
  externalId: null | string;
  labels?: ReadonlyArray<string>;
};

type RecipientPage = {
  firstPosition: number;
  recipients: string;
};

type RecipientPage2 = {
  data: Array<RecipientResult>;
  hasMore: boolean;
  nextPage: null | string;
  total: null | number;
};

type RecipientResult = {
  id: string;
  to_number: string;
  status: RecipientStatus;
  createdAt: number;
  external_id: null | string;
  redactedAt?: null | number;
  metadata: null | string;
  agent_call_id: null | string;
  end_reason: "agent_hangup" | "api_cancelled" | "client_disconnected" | "client_hangup" | "dial_busy" | "dial_failed" | "dial_no_answer" | "error" | "inactivity" | "max_duration" | null;
  answeredBy: "human" | "machine" | "unknown" | null;
  error_message: null | string;
  failureReason: "do_not_call" | "erased" | "line_gone" | "not_in_time" | "not_now" | "window_expired" | "window_never_open" | null;
  timezone: null | string;
  nextEligibleAt: null | number;
  waiting: Waiting | null;
  attempts: ReadonlyArray<AttemptView> | null;
  submittedTimezone: null | string;
  attemptCount: number;
  dispatchedAt: null | number;
  answeredAt: null | number;
  endedAt: null | number;
  remarks?: Remarks | null;
};

type RecipientStatus = "cancelled" | "completed" | "dispatched" | "failed" | "queued" | "started";

type Remarks = {
  outcome: null | string;
  notes: null | string;
  tags: ReadonlyArray<string>;
  recording_url: null | string;
  transcript_url: null | string;
};

type RemarksChange = {
  outcome?: null | string;
  notes?: null | string;
  tags?: ReadonlyArray<string>;
  recording_url?: null | string;
  transcript_url?: null | string;
};

type RemovalView = {
  id: string;
  archiveProblem?: "no_bucket" | "other_bucket";
  requestedAt: number;
  completedAt: null | number;
  batchesLeft: number;
};

type Report = {
  total: ShownFigures;
  bill?: Bill;
  groups: ReadonlyArray<ReportGroup>;
  next?: null | number | string;
};

type ReportGroup = {
  key: string;
  name: null | string;
  figures: ShownFigures;
  bill?: Bill;
  before: null | {
    answered: number;
    dialed: number;
  };
};

type ReportRequest = {
  by: "agent" | "batch" | "country" | "day" | "hour" | "hour_of_week" | "number" | "provider" | "weekday";
  from: number;
  until: number;
  agentId: null | string;
  numberId: null | string;
  providerId: null | string;
  country: null | string;
  batchId: null | string;
  after?: null | number | string;
};

type ResealCounts = {
  resealed: number;
  current: number;
  unopened: number;
};

type Resource = "agent" | "api_key" | "batch" | "call" | "deletion" | "delivery" | "do_not_call" | "erasure" | "member" | "organization" | "phone_number" | "provider" | "recipient" | "route" | "webhook";

type RetryPolicy = {
  max_attempts: number;
  retry_on: ReadonlyArray<"dial_busy" | "dial_failed" | "dial_no_answer" | "voicemail">;
  intervals_minutes: ReadonlyArray<number>;
  min_gap_minutes?: null | number;
  max_attempts_per_number_per_day?: null | number;
};

type RevocationAsked = {
  byKey: string;
  isConfirmed: boolean;
};

type ShownAccount = {
  carrier: "cartesia";
  api_key: string;
  has_webhook_secret: boolean;
} | {
  carrier: "http";
  url: string;
  token: string;
  detects_machines: boolean;
} | {
  carrier: "jambonz";
  outbound: {
    address?: string | undefined;
    hostname: string;
    transport: "tcp" | "tls" | "udp" | null;
    auth_username: null | string;
    destination_country?: null | string | undefined;
    media_encryption: "allowed" | "disabled" | "required" | null;
  };
  regions: {
    US: null | {
      url: string;
      account_sid: string;
      api_key: string;
      has_webhook_secret: boolean;
    };
    EU: null | {
      url: string;
      account_sid: string;
      api_key: string;
      has_webhook_secret: boolean;
    };
    APAC: null | {
      url: string;
      account_sid: string;
      api_key: string;
      has_webhook_secret: boolean;
    };
  };
  recognizer: null | {
    vendor: string;
    language: string;
    label: null | string;
  };
} | {
  carrier: "livekit";
  outbound: {
    address?: string | undefined;
    hostname: string;
    transport: "tcp" | "tls" | "udp" | null;
    auth_username: null | string;
    destination_country?: null | string | undefined;
    media_encryption: "allowed" | "disabled" | "required" | null;
  };
  regions: {
    US: null | {
      url: string;
      api_key: string;
    };
    EU: null | {
      url: string;
      api_key: string;
    };
    APAC: null | {
      url: string;
      api_key: string;
    };
  };
} | {
  carrier: "telnyx";
  api_key: string;
  connection_id: string;
  public_key: string;
} | {
  carrier: "twilio";
  account_sid: string;
  api_key_sid: string;
  region: "au1" | "ie1" | "us1";
  has_auth_token: boolean;
};

type ShownFigures = {
  answered: number;
  busy: number;
  completed: number;
  dial_failed: number;
  dialed: number;
  do_not_call: number;
  human: number;
  lasted_0: number;
  lasted_1: number;
  lasted_10: number;
  lasted_11: number;
  lasted_2: number;
  lasted_3: number;
  lasted_4: number;
  lasted_5: number;
  lasted_6: number;
  lasted_7: number;
  lasted_8: number;
  lasted_9: number;
  machine: number;
  no_answer: number;
  not_in_hours: number;
  not_placed: number;
  other: number;
  reached_1: number;
  reached_2: number;
  reached_3: number;
  reached_4: number;
  reached_5: number;
  started_minutes: number;
  talk_seconds: number;
};

type SignedInKey = {
  id: string;
  label: string;
  role?: "admin" | "operator" | "viewer";
  expiresAt?: null | number;
};

type SignedInPerson = {
  memberId: string;
  role: "admin" | "operator" | "viewer";
  name: string;
};

type SlotProspect = {
  free: number;
  waitingBatches: number;
  isGrantedAtOnce: boolean;
};

type SlotStatement = {
  batchId: string;
  direct: boolean;
  createdAt: number;
  requestNumber: number;
  open: boolean;
  granted: boolean;
  slots: number;
  holds: number;
  priority?: number;
};

type SnapshotPart = Uint8Array;

type SourcesCursor = {
  at: number;
  createdAt: number;
};

type SourcesPage = {
  sources: ReadonlyArray<CallSource>;
  goesOnAt: null | number;
  goesOn?: SourcesCursor | null;
};

type SourcesPart = {
  direction: "newer" | "older";
  from: null | number;
  until: null | number;
  atMost?: number;
  goingOn?: SourcesCursor;
};

type Turn = {
  position: number;
  slots: number;
  free: number;
  at: null | number;
  basis: "assumed" | "measured" | "typical";
  callMs: number;
};

type Verdict = {
  kind: "barred";
} | {
  kind: "clear";
  at: number;
} | {
  kind: "paced";
  until: number;
} | {
  kind: "spare";
} | {
  kind: "wait";
  until: number;
  reason: ContactWaitReason;
};

type Waiting = {
  reason: "batch_concurrency" | "carrier" | "contact_gap" | "daily_cap" | "organization_concurrency" | "pace" | "paused" | "retry_delay" | "scheduled" | "window";
  until: null | number;
};

type WebhookChange = {
  display_name?: string;
  url?: string;
  events?: ReadonlyArray<WebhookEventType>;
  secret?: null | string;
  enabled?: boolean;
};

type WebhookEvent = {
  id: string;
  at: number;
  about: {
    type: "batch_admitted" | "batch_cancelled" | "batch_circuit_closed" | "batch_circuit_opened" | "batch_completed";
    agentId: string;
    batchId: string;
    batch: BatchSummary;
  } | {
    type: "call_completed" | "call_failed" | "call_started" | "call_updated";
    agentId: string;
    batchId: null | string;
    call: CallView;
  } | {
    type: "test";
  };
};

type WebhookEventType = "batch_admitted" | "batch_cancelled" | "batch_circuit_closed" | "batch_circuit_opened" | "batch_completed" | "call_completed" | "call_failed" | "call_started" | "call_updated";

type WebhookOwner = {
  webhookId: string;
  organizationId: string;
};

type WebhookTarget = {
  id: string;
  events: ReadonlyArray<WebhookEventType>;
};

type WebhookView = {
  id: string;
  display_name: string;
  url: string;
  events: ReadonlyArray<WebhookEventType>;
  disabledReason: null | string;
  createdAt: number;
  updatedAt: number;
};

type WrongStateCode = "batch_cancelled" | "batch_over" | "batch_started" | "call_not_active" | "call_redacted" | "change_fails_recipients" | "webhook_disabled";
