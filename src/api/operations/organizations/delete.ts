import { z } from "zod";
import { err, ok as read } from "../../../calling/requests/result.ts";
import { pathPart } from "../../context.ts";
import { validationError } from "../../envelope.ts";
import { answered, operation } from "../../operation.ts";
import { ONE_ORGANIZATION, ofOrganization } from "./organization.ts";
import { REMOVAL, receiptOf } from "./removal.ts";

export const deleteOrganization = operation({
  ...ONE_ORGANIZATION,
  method: "DELETE",
  // The audit goes with the organization.
  audit: null,
  id: "deleteOrganization",
  summary: "Delete an organization with all that it has",
  description:
    "For good. Its keys end at once and its batches are cancelled; calls in flight end as they do. Then its batches, calls, webhooks and all other rows are deleted, and its id is never given again. It goes on by itself; a repeat answers how far it is.",
  query: z.object({
    confirm: z.string().optional().describe("The organization's id once more. Required."),
  }),
  answer: answered(202, "How far it is.", REMOVAL),
  handle: async (c, { query }) => {
    const id = pathPart(c, "organization_id");
    if (query.confirm !== id) {
      return err(
        validationError([{ path: "confirm", message: `must be the id of the organization to delete: ${id}` }]),
      );
    }
    const receipt = await receiptOf(c, id);
    return receipt === null ? ofOrganization(c, (one) => one.remove()) : read(receipt);
  },
});
