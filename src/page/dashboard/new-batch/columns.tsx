/** Which column of a list is what, and of which country its numbers are. */

import { useMemo } from "preact/hooks";
import { usePhoneNumbers } from "../text/phone.ts";
import { SelectField } from "../ui/field.tsx";
import { columnNames, type Mapping } from "./mapping.ts";
import type { List } from "./use-list.ts";

type ColumnsProps = { readonly list: List; readonly mapping: Mapping };

const optionsOf = ({ list, mapping }: ColumnsProps) =>
  columnNames(list.source?.rows ?? [], mapping).map((name, column) => (
    <option key={name} value={column}>
      {name}
    </option>
  ));

export const NumberColumn = ({ list, mapping }: ColumnsProps) => (
  <SelectField
    label="Phone number"
    value={String(mapping.numberColumn)}
    onValue={(column) => list.setMapping({ ...mapping, numberColumn: Number(column) })}
  >
    {optionsOf({ list, mapping })}
  </SelectField>
);

export function CountryOfNumbers({ list }: { readonly list: List }) {
  const numbers = usePhoneNumbers();
  const countries = useMemo(() => numbers?.countries() ?? [], [numbers]);
  return (
    <SelectField label="Numbers without a +" value={list.country} onValue={list.setCountry}>
      <option value="">Are at fault</option>
      {countries.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

export function Columns({ list, mapping }: ColumnsProps) {
  const options = optionsOf({ list, mapping });
  return (
    <div class="columns">
      <NumberColumn list={list} mapping={mapping} />
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
      <CountryOfNumbers list={list} />
    </div>
  );
}
