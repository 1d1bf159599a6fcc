/** Numbers for the list, from a file or pasted, with their mistakes seen first: like a batch's people. */

import { useState } from "preact/hooks";
import { useDashboard } from "../api/context.ts";
import { Faults } from "../new-batch/faults.tsx";
import { ListSource } from "../new-batch/list-source.tsx";
import { useList } from "../new-batch/use-list.ts";
import { Form } from "../setup/form.tsx";
import { plural } from "../text/format.ts";
import { TextField } from "../ui/field.tsx";

type Props = { readonly onDone: (said: string) => void; readonly onClose: () => void };

export function AddNumbers({ onDone, onClose }: Props) {
  const { client } = useDashboard();
  const list = useList();
  const [reason, setReason] = useState("");
  const [isLeftOut, setLeftOut] = useState(false);
  const numbers = [...new Set(list.read?.people.map(({ to_number }) => to_number))];
  const faults = list.read?.faults ?? [];
  const isReady = numbers.length > 0 && (faults.length === 0 || isLeftOut);
  const save = async () => {
    const { added, already_listed } = await client.addDoNotCall({
      numbers,
      ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
    });
    const known = already_listed === 0 ? "" : ` ${plural(already_listed, "was", "were")} on it already.`;
    onDone(`${plural(added, "number is", "numbers are")} new on the list.${known}`);
  };
  return (
    <Form
      title="Add numbers"
      kind="wide"
      action={isReady ? `Never call ${plural(numbers.length, "number")}` : "Add"}
      isReady={isReady}
      save={save}
      onClose={onClose}
    >
      {list.source === null ? (
        <ListSource list={list} about="One number on each row." />
      ) : (
        <>
          <p class="soft" role="status">
            {list.source.name}: {plural(numbers.length, "number")}
            {faults.length > 0 && `, ${plural(faults.length, "row")} at fault`}
          </p>
          {(faults.length > 0 || list.corrections.size > 0) && (
            <Faults list={list} faults={faults} isLeftOut={isLeftOut} onLeaveOut={setLeftOut} />
          )}
        </>
      )}
      <TextField label="Reason" placeholder="Asked not to be called" value={reason} onValue={setReason} />
    </Form>
  );
}
