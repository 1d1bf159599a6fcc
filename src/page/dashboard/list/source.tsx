/** The source of a list: a dropped or chosen file, or pasted text. */

import { useId, useRef, useState } from "preact/hooks";
import { Icon } from "../ui/icon.tsx";
import type { List } from "./use-list.ts";
import { SOURCE } from "./words.ts";

const SAMPLE = "phone,first_name\n+14155550123,Ada\n+12125550100,Grace\n";

export function ListSource({ list, about = SOURCE.about }: { readonly list: List; readonly about?: string }) {
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
        aria-label={SOURCE.label}
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
          <strong>{SOURCE.drop}</strong>
          <p class="soft small">{about}</p>
        </div>
        <div class="row">
          <button type="button" class="button" onClick={() => file.current?.click()}>
            {SOURCE.choose}
          </button>
          <button type="button" class="button plain" aria-expanded={isPasting} onClick={() => setPasting(!isPasting)}>
            {SOURCE.paste}
          </button>
        </div>
        <input
          ref={file}
          class="unseen"
          type="file"
          tabIndex={-1}
          aria-label={SOURCE.file}
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
      <label for={id}>{SOURCE.pasteLabel}</label>
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
          onClick={() => text.trim() !== "" && list.take(SOURCE.pasted, text)}
        >
          {SOURCE.use}
        </button>
      </div>
    </div>
  );
}
