/** Records of the audit: who did what when, and the fields that differ. */

import type { AuditRecord } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { byWords } from "../text/by.ts";
import { ago, dateTime } from "../text/format.ts";
import { useNow } from "../use-now.ts";
import { differences, doneWords, WORDS } from "./words.ts";

export function Records({ records, isOfOne }: { readonly records: readonly AuditRecord[]; readonly isOfOne: boolean }) {
  const now = useNow();
  return (
    <ul class="card kept">
      {records.map((record) => {
        const { id, at, by, operation, resource } = record;
        return (
          <li key={id}>
            <div class="grow">
              <div class="title">{doneWords(operation)}</div>
              {!isOfOne && resource.id !== undefined && (
                <div class="faint small wrap">
                  {resource.kind === "batch" ? (
                    <a href={linkTo(["batches", resource.id])}>{resource.id}</a>
                  ) : (
                    <a href={linkTo(["audit"], { resource: resource.id })}>{resource.id}</a>
                  )}
                </div>
              )}
              {differences(record).map(({ field, before, after }) => (
                <div key={field} class="soft small wrap">
                  {field}: {before !== null && <span class="faint">{before}</span>}
                  {before !== null && after !== null && " → "}
                  {after}
                </div>
              ))}
            </div>
            <span class="soft small" title={dateTime(at)}>
              {ago(at, now)} {WORDS.doneBy}{" "}
              {isOfOne ? byWords(by) : <a href={linkTo(["audit"], { by: by.id })}>{byWords(by)}</a>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
