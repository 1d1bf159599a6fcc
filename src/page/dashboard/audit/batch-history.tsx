/** Who changed a batch, on its page: the latest in a line, and all of it when opened. */

import { useState } from "preact/hooks";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Records } from "./records.tsx";
import { latestWords, WORDS } from "./words.ts";

const READ_EVERY_MS = 10_000;

/** Its line stands from the start, so its arrival moves nothing. */
export function BatchHistory({ id }: { readonly id: string }) {
  const { client } = useDashboard();
  const [isOpen, setOpen] = useState(false);
  const records = useResource(`history ${id}`, () => client.listBatchAudit(id, { limit: 100 }), READ_EVERY_MS);
  const [latest] = records.value?.data ?? [];
  return (
    <p class="soft small">
      {latest !== undefined && latestWords(latest)}{" "}
      <button type="button" class="button small" onClick={() => setOpen(true)}>
        {WORDS.history}
      </button>
      {isOpen && (
        <Dialog title={WORDS.history} kind="wide" closing="freely" onClose={() => setOpen(false)}>
          <Records records={records.value?.data ?? []} isOfOne />
        </Dialog>
      )}
    </p>
  );
}
