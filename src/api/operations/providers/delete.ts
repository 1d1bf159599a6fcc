import { actOf, organizationOf, pathPart } from "../../context.ts";
import { deleted, operation, refusal } from "../../operation.ts";
import { ONE_PROVIDER } from "./provider.ts";

export const deleteProvider = operation({
  ...ONE_PROVIDER,
  method: "DELETE",
  id: "deleteProvider",
  summary: "Delete a provider",
  answer: deleted,
  refusals: { 409: refusal("in_use", "It has phone numbers.") },
  handle: (c) => organizationOf(c).deleteProvider(pathPart(c, "provider_id"), actOf(c)),
});
