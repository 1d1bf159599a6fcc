/** A field that searches a list while one types. */

import type { Ref } from "preact";
import { Icon } from "./icon.tsx";

type Props = {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly field?: Ref<HTMLInputElement>;
};

export const SearchField = ({ label, hint, value, onValue, field = null }: Props) => (
  <div class="search">
    <Icon name="search" />
    <input
      ref={field}
      class="input"
      type="search"
      aria-label={label}
      placeholder={hint}
      value={value}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  </div>
);
