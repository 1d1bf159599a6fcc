/** A provider's fields, which depend on its carrier. Secrets can be written but never read. */

import { useState } from "preact/hooks";
import type { NewProvider, Provider, ProviderChange } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { Failure } from "../ui/failure.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Form } from "./form.tsx";
import type { FormProps } from "./kept-page.tsx";
import {
  type ApiDocument,
  bodyOf,
  carrierForms,
  changeableFields,
  type Field,
  formFor,
  keyOf,
  shownValues,
} from "./provider-fields.ts";
import { PROVIDER, PROVIDERS, WORDS } from "./words.ts";

type Values = Readonly<Record<string, string>>;

const readDocument = async (): Promise<ApiDocument> => (await fetch("/openapi.json")).json();

export function ProviderForm({ item, onDone, onClose }: FormProps<Provider>) {
  const { client } = useDashboard();
  const document = useResource("openapi", readDocument);
  const [label, setLabel] = useState(item?.label ?? "");
  const [chosen, setChosen] = useState(0);
  const [written, setWritten] = useState<Values>({});
  const forms = document.value === null ? [] : carrierForms(document.value);
  const form = item === null ? forms[chosen] : formFor(forms, { ...item });
  const fields =
    form === undefined || document.value === null
      ? []
      : item === null
        ? form.fields
        : changeableFields(document.value, form);

  const before = item === null ? {} : shownValues(fields, { ...item });
  const values = { ...before, ...written };

  const save = async () => {
    const given = bodyOf(fields, values, before);
    // The service checks it with the schema that the fields were made from.
    await (item === null
      ? client.createProvider({ ...form?.words, label, ...given } as NewProvider)
      : client.changeProvider(item.id, { label, ...given } as ProviderChange));
    onDone(WORDS.saved(label));
  };
  return (
    <Form title={item === null ? PROVIDERS.add : PROVIDER.edit} action={WORDS.save} save={save} onClose={onClose}>
      <Failure error={document.error} />
      {item === null && forms.length > 1 && (
        <SelectField label={PROVIDER.carrier} value={String(chosen)} onValue={(value) => setChosen(Number(value))}>
          {forms.map(({ title }, index) => (
            <option key={title} value={index}>
              {title}
            </option>
          ))}
        </SelectField>
      )}
      <TextField label={PROVIDER.label} placeholder={PROVIDER.labelHint} value={label} onValue={setLabel} isRequired />
      {grouped(fields).map(([group, inGroup]) => (
        <fieldset key={group} class="stack">
          {group !== "" && <legend>{group}</legend>}
          {inGroup.map((field) => (
            <CarrierField
              key={keyOf(field)}
              field={field}
              isNew={item === null}
              value={values[keyOf(field)] ?? ""}
              onValue={(value) => setWritten((others) => ({ ...others, [keyOf(field)]: value }))}
            />
          ))}
        </fieldset>
      ))}
    </Form>
  );
}

/** In the order in which the groups first appear. */
function grouped(fields: readonly Field[]): [string, Field[]][] {
  const groups = new Map<string, Field[]>();
  for (const field of fields) groups.set(field.group ?? "", [...(groups.get(field.group ?? "") ?? []), field]);
  return [...groups];
}

type FieldProps = {
  readonly field: Field;
  readonly isNew: boolean;
  readonly value: string;
  readonly onValue: (value: string) => void;
};

function CarrierField({ field, isNew, value, onValue }: FieldProps) {
  const { label, options, isSecret, isRequired, isTruth, number } = field;
  const hint = field.hint?.replaceAll("`", "") ?? (isNew || number !== null ? null : PROVIDER.keep);
  const about = hint === null ? {} : { hint };
  if (options !== null) {
    return (
      <SelectField label={label} value={value} onValue={onValue} {...about}>
        {!isRequired && <option value="">{isNew ? PROVIDER.usual : PROVIDER.unchanged}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {isTruth ? PROVIDER.truths[option] : option}
          </option>
        ))}
      </SelectField>
    );
  }
  return (
    <TextField
      label={label}
      type={number !== null ? "number" : isSecret ? "password" : "text"}
      {...(number?.least === undefined ? {} : { min: number.least })}
      {...(number?.most === undefined ? {} : { max: number.most })}
      {...(number === null || number.isWhole ? {} : { step: "any" as const })}
      value={value}
      onValue={onValue}
      isRequired={isRequired}
      {...about}
    />
  );
}
