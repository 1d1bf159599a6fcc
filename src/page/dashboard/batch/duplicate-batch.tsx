/** Asks whether people come along, and goes to the page of a new batch. */

import { useState } from "preact/hooks";
import type { BatchDetail } from "../../../client/client.ts";
import { linkTo } from "../address.ts";
import { useDashboard } from "../api/context.ts";
import { isKept } from "../api/use-kept-state.ts";
import { duplicate, FORM } from "../new-batch/duplicate.ts";
import { go } from "../router.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Segments } from "../ui/field.tsx";
import { DUPLICATE } from "./words.ts";

type Props = { readonly batch: BatchDetail; readonly onClose: () => void };

export function DuplicateBatch({ batch, onClose }: Props) {
  const { client, kept } = useDashboard();
  const [what, setWhat] = useState<"people" | "settings">("people");
  return (
    <Confirm
      title={DUPLICATE.title}
      action={DUPLICATE.action}
      closing="freely"
      onClose={onClose}
      run={async () => {
        await duplicate(client, kept, batch, what === "people");
        go(linkTo(["batches", "new"]));
      }}
    >
      <div class="stack">
        <p>{DUPLICATE.about}</p>
        <Segments
          legend={DUPLICATE.legend}
          options={{ people: DUPLICATE.all(batch), settings: DUPLICATE.settings }}
          value={what}
          onValue={setWhat}
        />
        {isKept(kept, FORM) && <p>{DUPLICATE.replaces}</p>}
      </div>
    </Confirm>
  );
}
