/** The audit as CSV. Pure. */

import { neutralized } from "../../calling/csv/cells.ts";
import { type CsvFormat, headerOf, linesOf } from "../../calling/csv/lines.ts";
import type { AuditAnswer } from "../answers/organization/audit.ts";

const COLUMNS = ["at", "by", "by_kind", "by_id", "operation", "kind", "resource_id", "before", "after"] as const;

const json = (fields: object | undefined): string => (fields === undefined ? "" : JSON.stringify(fields));

export const auditHeader = (format: CsvFormat): string => headerOf(COLUMNS, format);

export const auditLines = (records: readonly AuditAnswer[], format: CsvFormat): string =>
  linesOf(
    records.map(({ at, by, operation, resource, before, after }) => [
      at,
      neutralized(by.label),
      by.kind,
      by.id,
      operation,
      resource.kind,
      resource.id ?? "",
      json(before),
      json(after),
    ]),
    format,
  );
