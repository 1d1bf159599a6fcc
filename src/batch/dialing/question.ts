/** Questions to a carrier about a call, as data, so that any of the batch's connections can ask them. */

import type { CallContext, CallReport, Dialer, EndOutcome, FindOutcome, FindQuery } from "../../dialer/dialer.ts";

export type CarrierQuestion =
  /** Which call came from a request whose answer was lost. */
  | { readonly kind: "find"; readonly query: FindQuery; readonly context: CallContext }
  | { readonly kind: "fetch"; readonly carrierCallId: string; readonly context: CallContext }
  /** `isAnswered`: hang up; otherwise cancel while it rings. */
  | { readonly kind: "end"; readonly carrierCallId: string; readonly isAnswered: boolean };

export type CarrierAnswer =
  | { readonly kind: "find"; readonly found: FindOutcome }
  | { readonly kind: "fetch"; readonly report: CallReport }
  | { readonly kind: "end"; readonly outcome: EndOutcome }
  /** The question failed: the adapter threw, or a lane was lost. */
  | { readonly kind: "failed"; readonly message: string };

export async function askCarrier(dialer: Dialer, question: CarrierQuestion): Promise<CarrierAnswer> {
  switch (question.kind) {
    case "find":
      return { kind: "find", found: await dialer.find(question.query, question.context) };
    case "fetch":
      return { kind: "fetch", report: await dialer.fetch(question.carrierCallId, question.context) };
    case "end":
      return { kind: "end", outcome: await dialer.end(question.carrierCallId, question.isAnswered) };
  }
}
