import { organizationOf, pathPart } from "../../context.ts";
import { ok, operation } from "../../operation.ts";
import { ONE_PROVIDER, PROVIDER } from "./provider.ts";

export const getProvider = operation({
  ...ONE_PROVIDER,
  method: "GET",
  id: "getProvider",
  summary: "Read a provider",
  answer: ok("The provider.", PROVIDER),
  handle: (c) => organizationOf(c).getProvider(pathPart(c, "provider_id")),
});
