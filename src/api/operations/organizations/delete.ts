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
  summary: "Delete an organization and all of its data",
  description:
    "For good. Its keys are refused at once, and its batches are cancelled. Calls in flight continue to their end. Then its batches, calls, webhooks and all other data are deleted, and its id is never used again. The deletion continues by itself; a repeat shows its progress.",
  query: z.object({
    confirm: z.string().optional().describe("The organization's id once more. Required."),
  }),
  answer: answered(202, "The progress of the deletion.", REMOVAL),
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
