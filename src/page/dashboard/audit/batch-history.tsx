/** Who changed a batch, on its page: the latest in a line, and all of it when opened. */

import { useState } from "preact/hooks";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { dateTime } from "../text/format.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Records } from "./records.tsx";
import { byWords, doneWords } from "./words.ts";

const READ_EVERY_MS = 10_000;

/** Its line stands from the start, so its arrival moves nothing. */
export function BatchHistory({ id }: { readonly id: string }) {
  const { client } = useDashboard();
  const [isOpen, setOpen] = useState(false);
  const records = useResource(`history ${id}`, () => client.listBatchAudit(id, { limit: 100 }), READ_EVERY_MS);
  const [latest] = records.value?.data ?? [];
  return (
    <p class="soft small">
      {latest !== undefined && `${doneWords(latest.operation)} by ${byWords(latest.by)}, ${dateTime(latest.at)}. `}
      <button type="button" class="button small" onClick={() => setOpen(true)}>
        History
      </button>
      {isOpen && (
        <Dialog title="History" kind="wide" closing="freely" onClose={() => setOpen(false)}>
          <Records records={records.value?.data ?? []} isOfOne />
        </Dialog>
      )}
    </p>
  );
}
