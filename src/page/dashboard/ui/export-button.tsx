/** What the API gives out as a CSV file, saved by the browser. By the client and not by a link, in which a key would have to stand. */

import { useState } from "preact/hooks";
import { useDashboard } from "../api/context.ts";
import { failureWords } from "../api/failure-words.ts";
import { Icon } from "./icon.tsx";

/** A link to a file in memory is good until it was followed. */
const KEPT_MS = 60_000;

async function saveAs(name: string, stream: ReadableStream<Uint8Array>): Promise<void> {
  const file = await new Response(stream).blob();
  const url = URL.createObjectURL(new Blob([file], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name.replace(/[^\p{L}\p{N} _-]/gu, "").trim() || "export"}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

type Props = { readonly name: string; readonly read: () => Promise<ReadableStream<Uint8Array>> };

export function ExportButton({ name, read }: Props) {
  const { say } = useDashboard();
  const [isMaking, setMaking] = useState(false);
  const save = async () => {
    if (isMaking) return;
    setMaking(true);
    try {
      await saveAs(name, await read());
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
