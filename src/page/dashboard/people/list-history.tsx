/** A number's history on the do-not-call list, with "never call again" and erasing. */

import { useState } from "preact/hooks";
import type { DoNotCallEntry } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { NeverAgain } from "../batch/people/never-again.tsx";
import { dateTime } from "../text/format.ts";
import { usePhoneFormat } from "../text/phone.ts";
import { Failure } from "../ui/failure.tsx";
import { Icon } from "../ui/icon.tsx";
import { ErasePerson } from "./erase-person.tsx";
import type { Named } from "./named.ts";
import { addedWords, nowListed, removedWords, WORDS } from "./words.ts";

type Props = { readonly number: string; readonly named: Named; readonly onErased: () => void };

export function ListHistory({ number, named, onErased }: Props) {
  const { client, may, say } = useDashboard();
  const [asked, setAsked] = useState<"never" | "erase" | null>(null);
  const shown = usePhoneFormat()(number);
  const list = useResource(`history ${number}`, () => client.listDoNotCall({ number, status: "all", limit: 100 }));
  const entries = list.value?.data ?? [];
  const isListed = entries.some(({ removed_at }) => removed_at === undefined);
  const close = () => setAsked(null);
  return (
    <section class="card card-body stack">
      <div class="row">
        <h2 class="grow number nowrap">{shown}</h2>
        {isListed && <span class="pill held">{WORDS.listed}</span>}
        {list.value !== null && !isListed && may("operator") && (
          <button type="button" class="button" onClick={() => setAsked("never")}>
            <Icon name="barred" />
            {WORDS.never}
          </button>
        )}
        {may("admin") && (
          <button type="button" class="button danger" onClick={() => setAsked("erase")}>
            {WORDS.erase}
          </button>
        )}
      </div>
      <h3>{WORDS.list}</h3>
      <Failure error={list.error} />
      {list.value !== null && entries.length === 0 && <p class="soft">{WORDS.neverListed}</p>}
      {entries.length > 0 && (
        <ul class="stack">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      {asked === "never" && (
        <NeverAgain
          number={shown}
          onClose={close}
          save={async (reason) => {
            await client.addDoNotCall({ number, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) });
            say(nowListed(shown));
            await list.reload();
          }}
        />
      )}
      {asked === "erase" && <ErasePerson named={named} number={number} onClose={close} onDone={onErased} />}
    </section>
  );
}

const Entry = ({ entry }: { readonly entry: DoNotCallEntry }) => (
  <li>
    <div>{addedWords(dateTime(entry.added_at), entry.added_by.label)}</div>
    <div class="faint small wrap">
      {entry.reason ?? (entry.call_id === undefined ? WORDS.noReason : WORDS.askedInCall)}
    </div>
    {entry.removed_at !== undefined && (
      <div class="faint small wrap">
        {removedWords(dateTime(entry.removed_at), entry.removed_by?.label ?? "")}: {entry.removal_reason}
      </div>
    )}
  </li>
);
