/** Erases a person everywhere, once somebody has said that they know what this means. */

import { useState } from "preact/hooks";
import { useDashboard } from "../api/context.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { Confirm } from "../ui/confirm.tsx";
import { CheckField } from "../ui/field.tsx";
import type { Named } from "./named.ts";
import { eraseTitle, WORDS } from "./words.ts";

type Props = {
  readonly named: Named;
  readonly number: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

export function ErasePerson({ named, number, onClose, onDone }: Props) {
  const { client, say } = useDashboard();
  const [isSure, setIsSure] = useState(false);
  const { external_id } = named;
  const who = usePhoneFormat()(number);
  return (
    <Confirm
      title={eraseTitle(external_id ?? who)}
      action={WORDS.eraseAction}
      isDangerous
      isReady={isSure}
      onClose={onClose}
      run={async () => {
        const { status } = await client.erasePeople(
          external_id === undefined ? { to_number: number } : { external_id },
        );
        say(status === "erased" ? WORDS.erased : WORDS.erasing);
        onDone();
      }}
    >
      <div class="stack">
        <p>{WORDS.eraseAbout}</p>
        <p>{WORDS.eraseStays}</p>
        <CheckField label={WORDS.eraseSure} checked={isSure} onChecked={setIsSure} />
      </div>
    </Confirm>
  );
}
