import { organizationOf, pathPart } from "../../context.ts";
import { ok, operation } from "../../operation.ts";
import { ERASURE, ERASURES } from "./erasure.ts";

export const getErasure = operation({
  ...ERASURES,
  method: "GET",
  path: `${ERASURES.path}/:erasure_id`,
  id: "getErasure",
  summary: "Read the progress of an erasure",
  answer: ok("The receipt.", ERASURE),
  handle: async (c) => organizationOf(c).getErasure(pathPart(c, "erasure_id")),
});
