/** `/agents`, `/agents/phone-numbers` and `/agents/phone-numbers/providers`. */

import { z } from "zod";
import { pageOf } from "../../schemas/common-answers.ts";
import { changeProviderBody, createProviderBody, providerAnswer } from "../../schemas/providers.ts";
import { listPhoneNumbersQuery, listProvidersQuery, listQuery } from "../../schemas/queries.ts";
import {
  changeAgentBody,
  changePhoneNumberBody,
  createAgentBody,
  importPhoneNumberBody,
} from "../../schemas/telephony.ts";
import { agentAnswer, phoneNumberAnswer } from "../../schemas/telephony-answers.ts";
import { type Content, content, created, deleted, type Operation, ok, type Refusal, type Tag } from "../operation.ts";
import * as samples from "../samples.ts";

/** What is kept for an organization and made, listed, read, changed and deleted in the same way. */
type Kept = {
  readonly path: string;
  readonly parameter: string;
  readonly tag: Tag;
  /** "Agent", "Agents", "an agent", "agents": in the operations' ids and in their summaries. */
  readonly words: { readonly one: string; readonly many: string; readonly aThing: string; readonly things: string };
  /** "create" or "import". */
  readonly verb: string;
  readonly listQuery: z.ZodType;
  readonly shown: Content;
  readonly shownList: Content;
  readonly create: Content;
  readonly change: Content;
  readonly createRefusals: Readonly<Record<number, Refusal>>;
  readonly changeRefusals?: Readonly<Record<number, Refusal>>;
  readonly inUse: string;
};

function operationsOf(kept: Kept): readonly Operation[] {
  const { path, tag, words, verb, shown } = kept;
  const common = { audience: "client", tag } as const;
  const one = `${path}/:${kept.parameter}`;
  return [
    {
      ...common,
      method: "POST",
      path,
      id: `${verb}${words.one}`,
      takesIdempotencyKey: true,
      summary: `${verb === "create" ? "Create" : "Import"} ${words.aThing}`,
      body: kept.create,
      answer: created("It is there.", shown),
      refusals: kept.createRefusals,
    },
    {
      ...common,
      method: "GET",
      path,
      id: `list${words.many}`,
      summary: `List ${words.things}, newest first`,
      query: kept.listQuery,
      answer: ok(`The ${words.things}.`, kept.shownList),
    },
    {
      ...common,
      method: "GET",
      path: one,
      id: `get${words.one}`,
      summary: `Read ${words.aThing}`,
      answer: ok("As it is.", shown),
    },
    {
      ...common,
      method: "PATCH",
      path: one,
      id: `change${words.one}`,
      summary: `Change ${words.aThing}`,
      description: "Fields that are not given stay as they are.",
      body: kept.change,
      answer: ok("As it is now.", shown),
      refusals: kept.changeRefusals ?? {},
    },
    {
      ...common,
      method: "DELETE",
      path: one,
      id: `delete${words.one}`,
      summary: `Delete ${words.aThing}`,
      answer: deleted,
      refusals: { 409: { description: kept.inUse, code: "in_use" } },
    },
  ];
}

const CARRIER_UNAVAILABLE: Refusal = {
  description: "The carrier has to be asked whether it takes this, and does not answer. Try again.",
  code: "carrier_unavailable",
};
const exists = (description: string): Refusal => ({ description, code: "already_exists" });
const pageContent = <Schema extends z.ZodType>(name: string, schema: Schema, item: z.output<Schema>): Content =>
  content(name, pageOf(schema), samples.page(item) as z.input<ReturnType<typeof pageOf<Schema>>>);

const agents = operationsOf({
  path: "/agents",
  listQuery,
  parameter: "agent_id",
  tag: "Agents",
  words: { one: "Agent", many: "Agents", aThing: "an agent", things: "agents" },
  verb: "create",
  shown: content("Agent", agentAnswer, samples.agent),
  shownList: pageContent("AgentPage", agentAnswer, samples.agent),
  create: content("CreateAgent", createAgentBody, { name: samples.agent.name, connection: samples.agent.connection }),
  change: content("ChangeAgent", changeAgentBody, { name: "Reminder, in English" }),
  createRefusals: { 409: exists("An agent with this id exists.") },
  changeRefusals: {
    409: { description: "A running batch uses it, and its connection would be of another type.", code: "in_use" },
  },
  inUse: "A running batch uses it, or a phone number names it.",
});

const phoneNumbers = operationsOf({
  path: "/agents/phone-numbers",
  listQuery: listPhoneNumbersQuery,
  parameter: "phone_number_id",
  tag: "Phone numbers",
  words: { one: "PhoneNumber", many: "PhoneNumbers", aThing: "a phone number", things: "phone numbers" },
  verb: "import",
  shown: content("PhoneNumber", phoneNumberAnswer, samples.phoneNumber),
  shownList: pageContent("PhoneNumberPage", phoneNumberAnswer, samples.phoneNumber),
  create: content("ImportPhoneNumber", importPhoneNumberBody, {
    label: samples.phoneNumber.label,
    number: samples.phoneNumber.number,
    provider: { id: samples.provider.id },
  }),
  change: content("ChangePhoneNumber", changePhoneNumberBody, { agent_id: samples.agent.id }),
  createRefusals: {
    404: { description: "There is no such provider or agent.", code: "not_found" },
    409: exists("This number is imported already, or a phone number with this id exists."),
    503: CARRIER_UNAVAILABLE,
  },
  changeRefusals: {
    404: { description: "There is no such phone number, provider or agent.", code: "not_found" },
    409: { description: "Another provider is named while a batch or a direct call uses the number.", code: "in_use" },
    503: CARRIER_UNAVAILABLE,
  },
  inUse: "An agent or a running batch uses it.",
});

const providers = operationsOf({
  path: "/agents/phone-numbers/providers",
  listQuery: listProvidersQuery,
  parameter: "provider_id",
  tag: "Providers",
  words: { one: "Provider", many: "Providers", aThing: "a provider", things: "providers" },
  verb: "create",
  shown: content("Provider", providerAnswer, samples.provider),
  shownList: content("ProviderList", z.array(providerAnswer), [samples.provider]),
  create: content("CreateProvider", createProviderBody, {
    type: "twilio",
    label: samples.provider.label,
    account_sid: samples.provider.account_sid,
    api_key_sid: "SK00000000000000000000000000000000",
    api_key_secret: "write-only",
    auth_token: "write-only",
    region: samples.provider.region,
  }),
  change: content("ChangeProvider", changeProviderBody, { label: "main account" }),
  createRefusals: {
    409: exists("A provider with this id, or of this Twilio account and region, exists; or there are 1,000 already."),
    503: {
      description:
        "The operator has set no key to encrypt credentials with (`not_configured`), or the carrier, which has to be asked whether it takes them, does not answer (`carrier_unavailable`: try again).",
      code: "not_configured",
    },
  },
  inUse: "It has phone numbers.",
});

export const TELEPHONY_OPERATIONS: readonly Operation[] = [...agents, ...phoneNumbers, ...providers];
