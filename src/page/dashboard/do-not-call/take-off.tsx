/** Removes a number from the list. It needs a reason, which is kept with the entry. */

import { useState } from "preact/hooks";
import type { DoNotCallEntry } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { Form } from "../setup/form.tsx";
import { usePhoneFormat } from "../text/phone.ts";
import { TextField } from "../ui/field.tsx";

type Props = {
  readonly entry: DoNotCallEntry;
  readonly onDone: (said: string) => void;
  readonly onClose: () => void;
};

export function TakeOff({ entry, onDone, onClose }: Props) {
  const { client } = useDashboard();
  const number = usePhoneFormat()(entry.number);
  const [reason, setReason] = useState("");
  const save = async () => {
    await client.removeDoNotCall(entry.number, { reason: reason.trim() });
    onDone(`${number} may be called again.`);
  };
  return (
    <Form title={`Call ${number} again?`} action="Take 1 number off the list" save={save} onClose={onClose}>
      <p class="soft">Batches may call it again. The entry stays in the history with your reason.</p>
      <TextField label="Why it may be called again" value={reason} onValue={setReason} isRequired />
    </Form>
  );
}
