/** Everybody and what became of them, as a CSV file. */

import { useState } from "preact/hooks";
import type { BatchDetail } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { failureWords } from "../api/failure-words.ts";
import { Icon } from "../ui/icon.tsx";

/** A link to a file in memory is good until it was followed. */
const KEPT_MS = 60_000;

export function ExportButton({ batch }: { readonly batch: BatchDetail }) {
  const { client, say } = useDashboard();
  const [isMaking, setMaking] = useState(false);
  const save = async () => {
    if (isMaking) return;
    setMaking(true);
    try {
      // By the client and not by a link, in which a key would have to stand.
      const file = await new Response(await client.exportRecipients(batch.id)).blob();
      const url = URL.createObjectURL(new Blob([file], { type: "text/csv;charset=utf-8" }));
      const link = document.createElement("a");
      link.href = url;
      link.download = `${batch.name.replace(/[^\p{L}\p{N} _-]/gu, "").trim() || "batch"}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
    } catch (error) {
      say(failureWords(error).title);
    } finally {
      setMaking(false);
    }
  };
  return (
    <button type="button" class="button" aria-disabled={isMaking} onClick={() => void save()}>
      <Icon name="download" />
      Export
    </button>
  );
}
