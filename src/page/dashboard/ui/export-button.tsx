/** Saves a CSV export of the API. It uses the client and not a link, because a link would contain the key. */

import { useState } from "preact/hooks";
import type { ExportQuery } from "../../../client/client.ts";
import { usualSeparator } from "../text/format.ts";
import { Confirm } from "./confirm.tsx";
import { Segments, SelectField } from "./field.tsx";
import { Icon } from "./icon.tsx";
import { saveFile } from "./save-file.ts";
import { EXPORT } from "./words.ts";

const fileName = (name: string): string => name.replace(/[^\p{L}\p{N} _-]/gu, "").trim() || "export";

async function saveAs(name: string, stream: ReadableStream<Uint8Array>): Promise<void> {
  const file = await new Response(stream).blob();
  saveFile(`${fileName(name)}.csv`, new Blob([file], { type: "text/csv;charset=utf-8" }));
}

export type Separator = NonNullable<ExportQuery["separator"]>;

type Props = {
  readonly name: string;
  /** What the page shows now, as text, if that is not all: "Failed (3)". */
  readonly filter: string | null;
  /** All items, as text. */
  readonly all: string;
  readonly read: (separator: Separator, isFiltered: boolean) => Promise<ReadableStream<Uint8Array>>;
};

export function ExportButton(props: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button" onClick={() => setOpen(true)}>
        <Icon name="download" />
        {EXPORT.button}
      </button>
      {isOpen && <ExportDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function ExportDialog({ name, filter, all, read, onClose }: Props & { readonly onClose: () => void }) {
  const [separator, setSeparator] = useState<Separator>(usualSeparator);
  const [rows, setRows] = useState<"shown" | "all">(filter === null ? "all" : "shown");
  return (
    <Confirm
      title={EXPORT.title}
      action={EXPORT.action}
      closing="freely"
      onClose={onClose}
      run={async () => saveAs(name, await read(separator, rows === "shown"))}
    >
      <div class="stack">
        {filter !== null && (
          <div>
            <Segments legend={EXPORT.rows} options={{ shown: filter, all }} value={rows} onValue={setRows} />
          </div>
        )}
        <SelectField
          label={EXPORT.separator}
          hint={EXPORT.hint}
          value={separator}
          onValue={(value) => setSeparator(value as Separator)}
        >
          {Object.entries(EXPORT.separators).map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
    </Confirm>
  );
}
