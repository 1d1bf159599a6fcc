/** The review before people are called: who, when, from which number, and the service's preview. */

import { useRef } from "preact/hooks";
import type { NewBatch } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import type { Person } from "../list/people.ts";
import { Preview } from "../list/preview.tsx";
import { people as peopleWords } from "../text/format.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Facts } from "../ui/facts.tsx";
import { Failure } from "../ui/failure.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { Outlook } from "./outlook.tsx";
import { LAST_LOOK, reached } from "./words.ts";

type Props = {
  readonly request: NewBatch;
  /** By the list; the service knows more. */
  readonly called: number;
  readonly isNow: boolean;
  readonly facts: readonly (readonly [string, string])[];
  readonly people: readonly Person[];
  readonly run: () => Promise<void>;
  readonly onClose: () => void;
};

export function LastLook({ request, called, isNow, facts, people, run, onClose }: Props) {
  const { client } = useDashboard();
  /** Kept from when the dialog opened. */
  const asked = useRef(request);
  const { value, error } = useResource("preview", () => client.previewBatch(asked.current));
  const concerned = peopleWords(value === null ? called : reached(value));
  return (
    <Confirm
      kind="wide"
      title={LAST_LOOK.title(concerned)}
      action={LAST_LOOK.action(concerned, isNow)}
      isReady={value !== null || error !== null}
      run={run}
      onClose={onClose}
    >
      <div class="stack">
        <Facts facts={facts} />
        <Failure error={error} />
        {value === null && error === null && <WaitingLines />}
        {value !== null && <Outlook preview={value} />}
        <Preview people={people} />
      </div>
    </Confirm>
  );
}
