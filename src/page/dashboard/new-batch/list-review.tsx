/** The list that was brought: what its columns are, which rows are at fault, and the first people on it. */

import { useMemo } from "preact/hooks";
import { MAX_RECIPIENTS } from "../../../calling/limits.ts";
import { count, people, plural } from "../text/format.ts";
import { usePhoneNumbers } from "../text/phone.ts";
import { SelectField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Faults } from "./faults.tsx";
import { columnNames, type Mapping } from "./mapping.ts";
import { Preview } from "./preview.tsx";
import type { List } from "./use-list.ts";

type Props = { readonly list: List; readonly isLeftOut: boolean; readonly onLeaveOut: (isLeftOut: boolean) => void };

export function ListReview({ list, isLeftOut, onLeaveOut }: Props) {
  const { source, mapping, read } = list;
  if (source === null || mapping === null) return null;
  const rows = source.rows.length - (mapping.hasNames ? 1 : 0);
  return (
    <div class="stack">
      <div class="file">
        <Icon name="file" size={20} />
        <div class="grow">
          <div class="clip">
            <strong>{source.name}</strong>
          </div>
          <div class="soft small" role="status">
            {plural(rows, "row")}
            {read !== null && ` · ${people(read.people.length)} to call`}
            {read !== null && read.faults.length > 0 && ` · ${plural(read.faults.length, "row")} at fault`}
          </div>
        </div>
        <button type="button" class="button small" onClick={list.drop}>
          Another list
        </button>
      </div>
      <Columns list={list} mapping={mapping} />
      {read !== null && (read.faults.length > 0 || list.corrections.size > 0) && (
        <Faults list={list} faults={read.faults} isLeftOut={isLeftOut} onLeaveOut={onLeaveOut} />
      )}
      {read !== null && read.people.length > 0 && <Preview people={read.people} />}
      {read !== null && read.people.length > MAX_RECIPIENTS && (
        <div class="notice bad" role="alert">
          A batch calls at most {count(MAX_RECIPIENTS)} people; there are {count(read.people.length)} on this list.
        </div>
      )}
    </div>
  );
}

function Columns({ list, mapping }: { readonly list: List; readonly mapping: Mapping }) {
  const numbers = usePhoneNumbers();
  const countries = useMemo(() => numbers?.countries() ?? [], [numbers]);
  const names = columnNames(list.source?.rows ?? [], mapping);
  const options = names.map((name, column) => (
    <option key={name} value={column}>
      {name}
    </option>
  ));
  return (
    <div class="columns">
      <SelectField
        label="Phone number"
        value={String(mapping.numberColumn)}
        onValue={(column) => list.setMapping({ ...mapping, numberColumn: Number(column) })}
      >
        {options}
      </SelectField>
      <SelectField
        label="Time zone"
        value={mapping.timezoneColumn === null ? "" : String(mapping.timezoneColumn)}
        onValue={(column) => list.setMapping({ ...mapping, timezoneColumn: column === "" ? null : Number(column) })}
      >
        <option value="">By the number</option>
        {options}
      </SelectField>
      <SelectField
        label="Your own id"
        value={mapping.externalIdColumn === null ? "" : String(mapping.externalIdColumn)}
        onValue={(column) => list.setMapping({ ...mapping, externalIdColumn: column === "" ? null : Number(column) })}
      >
        <option value="">None</option>
        {options}
      </SelectField>
      <SelectField label="Numbers without a +" value={list.country} onValue={list.setCountry}>
        <option value="">Are at fault</option>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
