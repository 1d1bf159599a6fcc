/** One call to the user's own phone, placed at once and followed to its end. */

import { useState } from "preact/hooks";
import type { Agent, PhoneNumber } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { NotDone } from "../api/failure-words.ts";
import { useResource } from "../api/use-resource.ts";
import { Form } from "../setup/form.tsx";
import { usePhoneFormat, usePhoneNumbers } from "../text/phone.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Failure } from "../ui/failure.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { CALL_STATES, TEST_CALL } from "./words.ts";

const READ_EVERY_MS = 1_000;

type Props = {
  readonly agents: readonly Agent[];
  readonly numbers: readonly PhoneNumber[];
  readonly onCalled: () => void;
  readonly onClose: () => void;
};

export function TestCall({ agents, numbers, onCalled, onClose }: Props) {
  const { client } = useDashboard();
  const known = usePhoneNumbers();
  const format = usePhoneFormat();
  const [to, setTo] = useState("");
  const [agentId, setAgentId] = useState(agents[0]?.id ?? "");
  const [numberId, setNumberId] = useState(numbers[0]?.id ?? "");
  const [callId, setCallId] = useState<string | null>(null);
  const [key] = useState(() => crypto.randomUUID());
  const read = known?.normalise(to, null) ?? null;
  const isReady = read?.ok === true;
  const call = async () => {
    if (read?.ok !== true) return;
    const body = { agent_id: agentId, from_number_id: numberId, outbound_calls: [{ to_number: read.number }] };
    const { calls } = await client.createCalls(body, {
      idempotencyKey: `${key} ${read.number} ${agentId} ${numberId}`,
    });
    const [made] = calls;
    if (made?.agent_call_id === undefined) throw new NotDone(TEST_CALL.notPlaced, made?.error?.message ?? "");
    setCallId(made.agent_call_id);
    onCalled();
  };
  if (callId !== null) return <Followed callId={callId} onClose={onClose} />;
  return (
    <Form
      title={TEST_CALL.title}
      action={TEST_CALL.action}
      isReady={isReady}
      {...(to !== "" && read !== null && !isReady ? { about: TEST_CALL.incomplete } : {})}
      save={call}
      onClose={onClose}
    >
      <p class="soft">{TEST_CALL.about}</p>
      <TextField
        label={TEST_CALL.number}
        type="tel"
        placeholder={TEST_CALL.numberHint}
        value={to}
        onValue={setTo}
        isRequired
      />
      {agents.length > 1 && (
        <SelectField label={TEST_CALL.agent} value={agentId} onValue={setAgentId}>
          {agents.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {numbers.length > 1 && (
        <SelectField label={TEST_CALL.from} value={numberId} onValue={setNumberId}>
          {numbers.map(({ id, label, number }) => (
            <option key={id} value={id}>
              {label} · {format(number)}
            </option>
          ))}
        </SelectField>
      )}
    </Form>
  );
}

function Followed({ callId, onClose }: { readonly callId: string; readonly onClose: () => void }) {
  const { client } = useDashboard();
  const { value, error } = useResource(`test call ${callId}`, () => client.getCall(callId), READ_EVERY_MS);
  return (
    <Dialog title={TEST_CALL.title} closing="freely" onClose={onClose}>
      <Failure error={error} />
      <p role="status">
        {CALL_STATES[value?.status ?? "created"]}
        {value?.status === "failed" && value.error_message !== undefined && ` ${value.error_message}`}
      </p>
      <div class="dialog-foot">
        <button type="button" class="button primary" onClick={onClose}>
          {TEST_CALL.done}
        </button>
      </div>
    </Dialog>
  );
}
