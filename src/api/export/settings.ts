/** What an organization has set up, a file for each kind. */

import type { Page } from "../../calling/requests/page.ts";
import { presentWebhook } from "../answers/calls/webhook.ts";
import { presentMember } from "../answers/organization/member.ts";
import { presentApiKey, presentOrganization } from "../answers/organization/organization.ts";
import { presentPriceList } from "../answers/organization/prices.ts";
import { presentAgent, presentPhoneNumber, presentProvider } from "../answers/organization/telephony.ts";
import { type ExportSource, ITEMS_AT_ONCE, type Items, linesOf, valueIn } from "./source.ts";
import type { ExportedFile } from "./tar.ts";

type Setting = Omit<ExportedFile, "name">;
type ReadSetting = (organization: ExportSource["organization"]) => Promise<Setting>;

const settingOf = (items: readonly object[]): Setting => ({ lines: items.length, text: linesOf(items) });

/** A list that is one file: what somebody has set up. */
async function whole<Value>(list: Items<Value>, present: (value: Value) => object): Promise<Setting> {
  const items: object[] = [];
  let startingAfter: string | null = null;
  do {
    const page: Page<Value> = valueIn(await list({ limit: ITEMS_AT_ONCE, startingAfter, endingBefore: null }));
    items.push(...page.data.map(present));
    startingAfter = page.nextPage;
  } while (startingAfter !== null);
  return settingOf(items);
}

const ANY_NUMBER = { text: "", agentId: null, providerId: null, type: null };
const readProviders = (organization: ExportSource["organization"]) =>
  organization.listProviders({ text: "", type: null, accountSid: null });

/** By the names of the files, in their order. */
export const SETTINGS: Readonly<Record<string, ReadSetting>> = {
  "organization.json": async (organization) => {
    const profile = presentOrganization(valueIn(await organization.describe()));
    return { lines: 1, text: `${JSON.stringify(profile, null, 2)}\n` };
  },
  "agents.jsonl": (organization) => whole((page) => organization.listAgents(page), presentAgent),
  "phone-numbers.jsonl": (organization) =>
    whole((page) => organization.listPhoneNumbers(ANY_NUMBER, page), presentPhoneNumber),
  "providers.jsonl": async (organization) => settingOf((await readProviders(organization)).map(presentProvider)),
  "prices.jsonl": async (organization) => {
    const prices: object[] = [];
    for (const { id } of await readProviders(organization)) {
      const lists = await organization.listPrices(id);
      // It was deleted meanwhile.
      if (lists.ok) prices.push(...lists.value.map((list) => ({ provider_id: id, ...presentPriceList(list) })));
    }
    return settingOf(prices);
  },
  "webhooks.jsonl": (organization) => whole((page) => organization.listWebhooks(page), presentWebhook),
  "keys.jsonl": (organization) => whole((page) => organization.listApiKeys(page), presentApiKey),
  "members.jsonl": (organization) => whole((page) => organization.listMembers(page), presentMember),
};
