/** The meaning of each column of a list, which columns the agent gets, and the country of the numbers. */

import { useMemo } from "preact/hooks";
import { usePhoneNumbers } from "../text/phone.ts";
import { SelectField } from "../ui/field.tsx";
import { agentNames, type Mapping } from "./mapping.ts";
import type { Summary } from "./reading/read-list.ts";
import type { List } from "./use-list.ts";
import { COLUMNS, numberProblem } from "./words.ts";

type ColumnsProps = { readonly list: List; readonly summary: Summary; readonly mapping: Mapping };

const optionsOf = ({ columns }: Summary) =>
  columns.map((name, column) => (
    <option key={name} value={column}>
      {name}
    </option>
  ));

const valueFor = (column: number | null): string => (column === null ? "" : String(column));
const columnOf = (value: string): number | null => (value === "" ? null : Number(value));

export const NumberColumn = ({ list, summary, mapping }: ColumnsProps) => (
  <SelectField
    label={COLUMNS.number}
    value={valueFor(mapping.numberColumn)}
    fault={mapping.numberColumn === null ? numberProblem(summary) : null}
    onValue={(column) => list.setMapping({ ...mapping, numberColumn: columnOf(column) })}
  >
    {mapping.numberColumn === null && <option value="">{COLUMNS.choose}</option>}
    {optionsOf(summary)}
  </SelectField>
);

export function CountryOfNumbers({ list }: { readonly list: List }) {
  const numbers = usePhoneNumbers();
  const countries = useMemo(() => numbers?.countries() ?? [], [numbers]);
  return (
    <SelectField label={COLUMNS.country} value={list.country} onValue={list.setCountry}>
      <option value="">{COLUMNS.noCountry}</option>
      {countries.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

/** If a workbook has more than one. */
export const SheetOfList = ({ list, summary }: Omit<ColumnsProps, "mapping">) =>
  summary.sheets.length < 2 ? null : (
    <SelectField label={COLUMNS.sheet} value={summary.format.sheet ?? ""} onValue={list.setSheet}>
      {summary.sheets.map((sheet) => (
        <option key={sheet} value={sheet}>
          {sheet}
        </option>
      ))}
    </SelectField>
  );

export function Columns(props: ColumnsProps) {
  const { list, summary, mapping } = props;
  const options = optionsOf(summary);
  return (
    <>
      <div class="columns">
        <SheetOfList list={list} summary={summary} />
        <NumberColumn {...props} />
        <SelectField
          label={COLUMNS.timezone}
          value={valueFor(mapping.timezoneColumn)}
          onValue={(column) => list.setMapping({ ...mapping, timezoneColumn: columnOf(column) })}
        >
          <option value="">{COLUMNS.byNumber}</option>
          {options}
        </SelectField>
        <SelectField
          label={COLUMNS.id}
          value={valueFor(mapping.externalIdColumn)}
          onValue={(column) => list.setMapping({ ...mapping, externalIdColumn: columnOf(column) })}
        >
          <option value="">{COLUMNS.noId}</option>
          {options}
        </SelectField>
        <CountryOfNumbers list={list} />
      </div>
      <AgentColumns {...props} />
    </>
  );
}

/** The columns that the agent gets with each call. Unticked columns are not sent. */
function AgentColumns({ list, summary, mapping }: ColumnsProps) {
  const names = agentNames(summary.columns, mapping);
  const shown = names.flatMap((name, column) => (name === null ? [] : [{ name, column }]));
  if (shown.length === 0) return <p class="soft small">{COLUMNS.onlyNumber}</p>;
  const toggle = (column: number, isSent: boolean) =>
    list.setMapping({
      ...mapping,
      withheld: isSent ? mapping.withheld.filter((one) => one !== column) : [...mapping.withheld, column],
    });
  return (
    <fieldset class="agent-columns">
      <legend class="label">{COLUMNS.agentGets}</legend>
      {shown.map(({ name, column }) => (
        <label key={column} class="check">
          <input
            type="checkbox"
            checked={!mapping.withheld.includes(column)}
            onChange={(event) => toggle(column, event.currentTarget.checked)}
          />
          <span class="clip">{name}</span>
        </label>
      ))}
      <p class="hint">{COLUMNS.others}</p>
    </fieldset>
  );
}
