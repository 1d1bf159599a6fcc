/** Removes a number from the list. It needs a reason, which is kept with the entry. */

import { useState } from "preact/hooks";
import type { DoNotCallEntry } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { Form } from "../setup/form.tsx";
import { usePhoneFormat } from "../text/phone.ts";
import { TextField } from "../ui/field.tsx";
import { TAKING_OFF } from "./words.ts";

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
    onDone(TAKING_OFF.done(number));
  };
  return (
    <Form title={TAKING_OFF.title(number)} action={TAKING_OFF.action} save={save} onClose={onClose}>
      <p class="soft">{TAKING_OFF.about}</p>
      <TextField label={TAKING_OFF.reason} value={reason} onValue={setReason} isRequired />
    </Form>
  );
}
