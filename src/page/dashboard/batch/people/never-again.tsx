/** Asks for a reason, and puts a number on the do-not-call list. */

import { useState } from "preact/hooks";
import { Form } from "../../setup/form.tsx";
import { TextField } from "../../ui/field.tsx";
import { PERSON } from "../words.ts";

type NeverProps = {
  readonly number: string;
  readonly save: (reason: string) => Promise<void>;
  readonly onClose: () => void;
};

export function NeverAgain({ number, save, onClose }: NeverProps) {
  const [reason, setReason] = useState("");
  return (
    <Form
      title={PERSON.neverTitle(number)}
      action={PERSON.neverAction}
      save={async () => {
        await save(reason);
        onClose();
      }}
      onClose={onClose}
    >
      <p class="soft">{PERSON.neverAbout}</p>
      <TextField label={PERSON.reason} placeholder={PERSON.reasonHint} value={reason} onValue={setReason} />
    </Form>
  );
}
