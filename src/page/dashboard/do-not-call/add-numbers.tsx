/** Adds numbers to the list, from a file or pasted, after showing their errors; works like a batch's list of people. */

import { useMemo, useState } from "preact/hooks";
import { MAX_DO_NOT_CALL_NUMBERS } from "../../../calling/requests/limits.ts";
import { useDashboard } from "../api/context.ts";
import { CountryOfNumbers, NumberColumn, SheetOfList } from "../list/columns.tsx";
import { Faults } from "../list/faults.tsx";
import { ListHead } from "../list/head.tsx";
import { ListSource } from "../list/source.tsx";
import { useList } from "../list/use-list.ts";
import { Form } from "../setup/form.tsx";
import { TextField } from "../ui/field.tsx";
import { fileOf, listingOf } from "./listing.ts";
import { ADDING, WORDS } from "./words.ts";

type Props = { readonly onDone: (said: string) => void; readonly onClose: () => void };

const NOBODY: readonly never[] = [];

export function AddNumbers({ onDone, onClose }: Props) {
  const { client } = useDashboard();
  const list = useList(null, MAX_DO_NOT_CALL_NUMBERS);
  const [reason, setReason] = useState("");
  const [isLeftOut, setLeftOut] = useState(false);
  const people = list.read?.people ?? NOBODY;
  const listing = useMemo(() => listingOf(people), [people]);
  const { numbers, takenOff } = listing;
  const withReason = numbers.filter((one) => one.reason !== "").length;
  const faults = list.read?.faults ?? NOBODY;
  const isReady = !list.isReading && numbers.length > 0 && (faults.length === 0 || isLeftOut);
  const save = async () => {
    const { added, already_listed } = await client.addDoNotCall({
      file: new Blob([fileOf(listing)], { type: "text/csv" }),
      ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
    });
    list.remember();
    onDone(ADDING.done(added, already_listed));
  };
  return (
    <Form
      title={WORDS.add}
      kind="wide"
      action={isReady ? ADDING.never(numbers.length) : ADDING.add}
      isReady={isReady}
      save={save}
      onClose={onClose}
    >
      {list.source === null ? (
        <ListSource list={list} about={ADDING.about} />
      ) : (
        <>
          <ListHead list={list} found={list.read === null ? null : ADDING.found(numbers.length)} />
          {list.summary !== null && list.mapping !== null && (
            <div class="columns">
              <SheetOfList list={list} summary={list.summary} />
              <NumberColumn list={list} summary={list.summary} mapping={list.mapping} />
              <CountryOfNumbers list={list} />
            </div>
          )}
          {(faults.length > 0 || list.corrections.size > 0) && (
            <Faults list={list} faults={faults} isLeftOut={isLeftOut} onLeaveOut={setLeftOut} />
          )}
          {takenOff > 0 && <p class="soft small">{ADDING.takenOff(takenOff)}</p>}
        </>
      )}
      <TextField
        label={ADDING.reason}
        placeholder={ADDING.reasonHint}
        value={reason}
        onValue={setReason}
        {...(withReason === 0 ? {} : { hint: ADDING.reasons(withReason) })}
      />
    </Form>
  );
}
