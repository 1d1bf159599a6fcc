/** Asks whether people come along, and goes to the page of a new batch. */

import { useState } from "preact/hooks";
import type { BatchDetail } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { useDashboard } from "../api/context.ts";
import { isKept } from "../api/use-kept-state.ts";
import { duplicate, FORM } from "../new-batch/duplicate.ts";
import { go } from "../router.ts";
import { people } from "../text/format.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Segments } from "../ui/field.tsx";

const WORDS = {
  title: "Duplicate this batch",
  action: "Continue",
  legend: "What to copy",
  settings: "Settings only",
  about: "A new batch opens with the same settings. Nobody is called before you review and send it.",
  replaces: "This replaces the new batch that you have begun.",
} as const;

type Props = { readonly batch: BatchDetail; readonly onClose: () => void };

export function DuplicateBatch({ batch, onClose }: Props) {
  const { client, kept } = useDashboard();
  const [what, setWhat] = useState<"people" | "settings">("people");
  return (
    <Confirm
      title={WORDS.title}
      action={WORDS.action}
      closing="freely"
      onClose={onClose}
      run={async () => {
        await duplicate(client, kept, batch, what === "people");
        go(linkTo(["batches", "new"]));
      }}
    >
      <div class="stack">
        <p>{WORDS.about}</p>
        <Segments
          legend={WORDS.legend}
          options={{ people: `Settings and ${people(batch.recipients.length)}`, settings: WORDS.settings }}
          value={what}
          onValue={setWhat}
        />
        {isKept(kept, FORM) && <p>{WORDS.replaces}</p>}
      </div>
    </Confirm>
  );
}
