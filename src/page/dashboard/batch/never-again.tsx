/** Asks for a reason, and puts a number on the do-not-call list. */

import { useState } from "preact/hooks";
import { Form } from "../setup/form.tsx";
import { TextField } from "../ui/field.tsx";

type NeverProps = {
  readonly number: string;
  readonly save: (reason: string) => Promise<void>;
  readonly onClose: () => void;
};

export function NeverAgain({ number, save, onClose }: NeverProps) {
  const [reason, setReason] = useState("");
  return (
    <Form
      title={`Never call ${number} again?`}
      action="Never call 1 number"
      save={async () => {
        await save(reason);
        onClose();
      }}
      onClose={onClose}
    >
      <p class="soft">No batch calls this number again. A call in progress continues.</p>
      <TextField label="Reason" placeholder="Asked not to be called" value={reason} onValue={setReason} />
    </Form>
  );
}
