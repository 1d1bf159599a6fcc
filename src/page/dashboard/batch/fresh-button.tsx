/** Opens a dialog that needs the whole batch, after reading it: the page's copy may lack its settings. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { BatchDetail } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { failureWords } from "../api/failure-words.ts";
import { Icon, type IconName } from "../ui/icon.tsx";

type Props = {
  readonly batchId: string;
  readonly icon: IconName;
  readonly label: string;
  readonly children: (batch: BatchDetail, close: () => void) => ComponentChildren;
};

export function FreshButton({ batchId, icon, label, children }: Props) {
  const { client, say } = useDashboard();
  const [isReading, setReading] = useState(false);
  const [batch, setBatch] = useState<BatchDetail | null>(null);
  const open = async () => {
    if (isReading) return;
    setReading(true);
    try {
      setBatch(await client.getBatch(batchId));
    } catch (error) {
      say(failureWords(error).title);
    } finally {
      setReading(false);
    }
  };
  return (
    <>
      <button type="button" class="button" aria-disabled={isReading} onClick={() => void open()}>
        <Icon name={icon} />
        {label}
      </button>
      {batch !== null && children(batch, () => setBatch(null))}
    </>
  );
}
