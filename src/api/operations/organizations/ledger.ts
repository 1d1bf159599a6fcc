import { ledgerAnswer, presentLedger } from "../../answers/organization/slots.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { ok, operation, view } from "../../operation.ts";
import { ONE_ORGANIZATION, ofOrganization } from "./organization.ts";

export const getLedger = operation({
  ...ONE_ORGANIZATION,
  method: "GET",
  path: `${ONE_ORGANIZATION.path}/ledger`,
  id: "getLedger",
  summary: "See which batches hold slots, and which wait for slots",
  answer: ok("The ledger.", view("Ledger", ledgerAnswer, samples.ledger, presentLedger)),
  handle: (c) => ofOrganization(c, (one) => one.ledger()),
});
