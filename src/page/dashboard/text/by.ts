/** Who did something, as text. Pure. */

import type { AuditRecord } from "../../../client/client.ts";

export const byWords = ({ kind, label }: Pick<AuditRecord["by"], "kind" | "label">): string =>
  kind === "service" ? "callbatch" : kind === "operator" ? "an operator" : label;
