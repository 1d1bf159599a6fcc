/** The source of a list: a dropped or chosen file, or pasted text. */

import { useId, useRef, useState } from "preact/hooks";
import { Icon } from "../ui/icon.tsx";
import type { List } from "./use-list.ts";

const SAMPLE = "phone,first_name\n+14155550123,Ada\n+12125550100,Grace\n";

const PEOPLE = "A row for each person, up to 5,000.";

export function ListSource({ list, about = PEOPLE }: { readonly list: List; readonly about?: string }) {
  const [isOver, setOver] = useState(false);
  const [isPasting, setPasting] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const takeFile = (given: File | null | undefined) => {
    if (given !== null && given !== undefined) list.takeFile(given);
  };
  return (
    <div class="stack">
      {/* biome-ignore lint/a11y/useSemanticElements: it is no part of a form. */}
      <div
        role="group"
        aria-label="Your list"
        class={`drop ${isOver ? "over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          takeFile(event.dataTransfer?.files[0]);
        }}
      >
        <Icon name="upload" size={24} />
        <div class="grow">
          <strong>Drop a CSV or Excel file here</strong>
          <p class="soft small">{about}</p>
        </div>
        <div class="row">
          <button type="button" class="button" onClick={() => file.current?.click()}>
            Choose a file
          </button>
          <button type="button" class="button plain" aria-expanded={isPasting} onClick={() => setPasting(!isPasting)}>
            Paste instead
          </button>
        </div>
        <input
          ref={file}
          class="unseen"
          type="file"
          tabIndex={-1}
          aria-label="CSV or Excel file"
          accept=".csv,.tsv,.txt,.xlsx,.xlsm,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(event) => {
            takeFile(event.currentTarget.files?.[0]);
            // Otherwise choosing the same file, corrected meanwhile, would be no change.
            event.currentTarget.value = "";
          }}
        />
      </div>
      {list.problem !== null && (
        <div class="notice bad" role="alert">
          {list.problem}
        </div>
      )}
      {isPasting && <Paste list={list} />}
    </div>
  );
}

function Paste({ list }: { readonly list: List }) {
  const [text, setText] = useState("");
  const id = useId();
  return (
    <div class="field">
      <label for={id}>Numbers, or rows of a spreadsheet</label>
      <textarea
        id={id}
        class="input number"
        rows={6}
        placeholder={SAMPLE}
        value={text}
        spellcheck={false}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div class="row">
        <button
          type="button"
          class="button"
          aria-disabled={text.trim() === ""}
          onClick={() => text.trim() !== "" && list.take("Pasted list", text)}
        >
          Use these
        </button>
      </div>
    </div>
  );
}
