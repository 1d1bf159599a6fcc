/** Makes a key, and shows it once. */

import { useState } from "preact/hooks";
import type { Role } from "../../../calling/words/role.ts";
import { useDashboard } from "../api/context.ts";
import { Form } from "../setup/form.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Segments, SelectField, TextField } from "../ui/field.tsx";
import { LIVES, ROLE_NAMES, ROLE_WORDS, WORDS } from "./words.ts";

const DAY_MS = 86_400_000;

type Props = { readonly onMade: () => void; readonly onClose: () => void };

export function KeyForm({ onMade, onClose }: Props) {
  const { client } = useDashboard();
  const [label, setLabel] = useState("");
  const [role, setRole] = useState<Role>("operator");
  const [days, setDays] = useState("90");
  const [made, setMade] = useState<string | null>(null);
  if (made !== null) {
    return (
      <Dialog title={WORDS.add} closing="asks" loss={WORDS.loss} onClose={onClose}>
        <p class="soft">{WORDS.copy}</p>
        <code class="secret">{made}</code>
        <div class="dialog-foot">
          <CopyButton text={made} />
          <button type="button" class="button" onClick={onClose}>
            {WORDS.copied}
          </button>
        </div>
      </Dialog>
    );
  }
  const save = async () => {
    const expires_at = days === "" ? {} : { expires_at: new Date(Date.now() + Number(days) * DAY_MS).toISOString() };
    const { key } = await client.createKey({ label, role, ...expires_at });
    onMade();
    setMade(key);
  };
  return (
    <Form title={WORDS.add} action={WORDS.create} save={save} onClose={onClose}>
      <TextField label={WORDS.name} hint={WORDS.nameHint} value={label} onValue={setLabel} isRequired />
      <div>
        <Segments legend={WORDS.role} options={ROLE_NAMES} value={role} onValue={setRole} />
        <p class="hint">{ROLE_WORDS[role].about}</p>
      </div>
      <SelectField label={WORDS.expires} value={days} onValue={setDays}>
        {Object.entries(LIVES).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </SelectField>
    </Form>
  );
}
