/** A control with its label, a hint, and its error. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

type About = { readonly label: string; readonly hint?: ComponentChildren; readonly fault?: string | null };

const described = (id: string, { hint, fault }: About) =>
  hint === undefined && !fault ? {} : { "aria-describedby": `${id}-about` };

function Framed({ id, about, children }: { id: string; about: About; children: ComponentChildren }) {
  const { label, hint, fault } = about;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {(hint !== undefined || Boolean(fault)) && (
        <div id={`${id}-about`} class={fault ? "fault" : "hint"}>
          {fault || hint}
        </div>
      )}
    </div>
  );
}

type TextProps = About & {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly type?: "text" | "password" | "number" | "datetime-local" | "date" | "time" | "url" | "tel";
  readonly placeholder?: string;
  readonly min?: string | number;
  readonly max?: string | number;
  readonly step?: "any";
  readonly isRequired?: boolean;
};

export function TextField(props: TextProps) {
  const { value, onValue, type = "text", placeholder, min, max, step, isRequired, ...about } = props;
  const id = useId();
  return (
    <Framed id={id} about={about}>
      <input
        id={id}
        class="input"
        // The JSX types tie an input's roles to its type; this one has none.
        type={type as "text"}
        value={value}
        placeholder={placeholder}
        min={min}
        max={max}
        step={step}
        autocomplete="off"
        spellcheck={false}
        required={isRequired === true}
        aria-invalid={Boolean(about.fault)}
        {...described(id, about)}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </Framed>
  );
}

type SelectProps = About & {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly children: ComponentChildren;
};

export function SelectField({ value, onValue, children, ...about }: SelectProps) {
  const id = useId();
  return (
    <Framed id={id} about={about}>
      <select
        id={id}
        class="input"
        value={value}
        aria-invalid={Boolean(about.fault)}
        {...described(id, about)}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {children}
      </select>
    </Framed>
  );
}

type CheckProps = {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
};

export const CheckField = ({ label, hint, checked, onChecked }: CheckProps) => (
  <label class="check">
    <input type="checkbox" checked={checked} onChange={(event) => onChecked(event.currentTarget.checked)} />
    <span>
      <span class="label">{label}</span>
      {hint !== undefined && <span class="hint block">{hint}</span>}
    </span>
  </label>
);

type SegmentsProps<Value extends string> = {
  readonly legend: string;
  readonly options: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly onValue: (value: Value) => void;
};

export function Segments<Value extends string>({ legend, options, value, onValue }: SegmentsProps<Value>) {
  const name = useId();
  return (
    <div class="segments" role="radiogroup" aria-label={legend}>
      {(Object.entries(options) as [Value, string][]).map(([key, label]) => (
        <label key={key}>
          <input type="radio" name={name} checked={key === value} onChange={() => onValue(key)} />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}
