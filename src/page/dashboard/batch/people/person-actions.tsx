/** Actions on one person: never call them again, and end their current call. */

import { useState } from "preact/hooks";
import type { BatchDetail } from "../../../../client/client.ts";
import { useDashboard } from "../../api/context.ts";
import { useResource } from "../../api/use-resource.ts";
import { usePhoneFormat } from "../../text/phone.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PERSON } from "../words.ts";
import { NeverAgain } from "./never-again.tsx";

type Recipient = BatchDetail["recipients"][number];
type Props = { readonly recipient: Recipient; readonly onDone: () => void };

export function PersonActions({ recipient, onDone }: Props) {
  const { client, say } = useDashboard();
  const { to_number, status, agent_call_id } = recipient;
  const number = usePhoneFormat()(to_number);
  const [asked, setAsked] = useState<"never" | "end" | null>(null);
  const listed = useResource(`never ${to_number}`, () => client.listDoNotCall({ number: to_number, limit: 1 }));
  const close = () => setAsked(null);
  const callId = status === "started" ? agent_call_id : undefined;
  const neverAgain = async (reason: string) => {
    const given = reason.trim() === "" ? {} : { reason: reason.trim() };
    // Names the call in which they asked for it, if there was one.
    await (agent_call_id === undefined
      ? client.addDoNotCall({ number: to_number, ...given })
      : client.reportOptOut(agent_call_id, given));
    say(PERSON.nowListed(number));
    await listed.reload();
    onDone();
  };
  return (
    <div class="row">
      {callId !== undefined && (
        <button type="button" class="button small danger" onClick={() => setAsked("end")}>
          <Icon name="stop" />
          {PERSON.end}
        </button>
      )}
      {listed.value?.data.length === 0 && (
        <button type="button" class="button small" onClick={() => setAsked("never")}>
          <Icon name="barred" />
          {PERSON.never}
        </button>
      )}
      {listed.value !== null && listed.value.data.length > 0 && <span class="pill held">{PERSON.listed}</span>}
      {asked === "never" && <NeverAgain number={number} save={neverAgain} onClose={close} />}
      {asked === "end" && callId !== undefined && (
        <Confirm
          title={PERSON.endTitle}
          action={PERSON.endAction}
          isDangerous
          onClose={close}
          run={async () => {
            await client.cancelCall(callId);
            say(PERSON.ending);
            onDone();
          }}
        >
          {PERSON.endAbout(number)}
        </Confirm>
      )}
    </div>
  );
}
