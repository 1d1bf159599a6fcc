import { organizationOf } from "../../context.ts";
import { ok, operation, pageView } from "../../operation.ts";
import { pageRequestOf } from "../../requests/common.ts";
import { listPhoneNumbersQuery } from "../../requests/queries.ts";
import { NUMBER, NUMBERS } from "./phone-number.ts";

export const listPhoneNumbers = operation({
  ...NUMBERS,
  method: "GET",
  id: "listPhoneNumbers",
  summary: "List phone numbers, newest first",
  query: listPhoneNumbersQuery,
  answer: ok("The phone numbers.", pageView(NUMBER)),
  tool: { title: "List phone numbers", description: "The numbers that calls can be made from." },
  handle: async (c, { query }) => {
    const { q = "", agent_id: agentId = null, provider_id: providerId = null, type = null } = query;
    const filter = { text: q.trim(), agentId, providerId, type };
    return organizationOf(c).listPhoneNumbers(filter, pageRequestOf(query));
  },
});
