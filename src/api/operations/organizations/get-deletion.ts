import { notFound } from "../../../calling/requests/failure.ts";
import { err, ok as read } from "../../../calling/requests/result.ts";
import { pathPart } from "../../context.ts";
import { ok, operation } from "../../operation.ts";
import { ONE_ORGANIZATION, ofOrganization } from "./organization.ts";
import { REMOVAL, receiptOf } from "./removal.ts";

export const getOrganizationDeletion = operation({
  ...ONE_ORGANIZATION,
  method: "GET",
  path: `${ONE_ORGANIZATION.path}/deletion`,
  id: "getOrganizationDeletion",
  summary: "Read the progress of an organization's deletion",
  answer: ok("The progress of the deletion, and afterwards its receipt.", REMOVAL),
  handle: async (c) => {
    const id = pathPart(c, "organization_id");
    const receipt = await receiptOf(c, id);
    if (receipt !== null) return read(receipt);
    const asked = await ofOrganization(c, async (one) => {
      const removal = await one.removal();
      return removal === null ? err(notFound("deletion")) : read(removal);
    });
    if (asked.ok) return asked;
    // It may have ended between the two questions.
    const ended = await receiptOf(c, id);
    return ended === null ? asked : read(ended);
  },
});
