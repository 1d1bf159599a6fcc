/** Makes a key, and shows it once. */

import { useState } from "preact/hooks";
import type { Role } from "../../../calling/words/role.ts";
import { useDashboard } from "../api/context.ts";
import { Form } from "../setup/form.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Segments, SelectField, TextField } from "../ui/field.tsx";
import { ROLE_NAMES, ROLE_WORDS } from "./words.ts";

const DAY_MS = 86_400_000;
const LIVES = { "": "Never", "7": "In 7 days", "30": "In 30 days", "90": "In 90 days", "365": "In a year" } as const;

type Props = { readonly onMade: () => void; readonly onClose: () => void };

export function KeyForm({ onMade, onClose }: Props) {
  const { client } = useDashboard();
  const [label, setLabel] = useState("");
  const [role, setRole] = useState<Role>("operator");
  const [days, setDays] = useState("90");
  const [made, setMade] = useState<string | null>(null);
  if (made !== null) {
    return (
      <Dialog title="New key" closing="asks" loss="The key is not shown again." onClose={onClose}>
        <p class="soft">Copy it now: it is not shown again.</p>
        <code class="secret">{made}</code>
        <div class="dialog-foot">
          <CopyButton text={made} />
          <button type="button" class="button" onClick={onClose}>
            I have it
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
    <Form title="New key" action="Create key" save={save} onClose={onClose}>
      <TextField label="Name" hint="The program or person that uses it" value={label} onValue={setLabel} isRequired />
      <div>
        <Segments legend="Role" options={ROLE_NAMES} value={role} onValue={setRole} />
        <p class="hint">{ROLE_WORDS[role].about}</p>
      </div>
      <SelectField label="Expires" value={days} onValue={setDays}>
        {Object.entries(LIVES).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </SelectField>
    </Form>
  );
}
