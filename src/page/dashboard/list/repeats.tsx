/** What to do with a number that is already there. */

import { Segments } from "../ui/field.tsx";
import { REPEATS } from "./words.ts";

type OnDuplicate = "skip" | "allow";
type Props = {
  readonly label: string;
  /** The label for calling it more than once. */
  readonly again: string;
  readonly value: OnDuplicate;
  readonly onValue: (value: OnDuplicate) => void;
};

export const Repeats = ({ label, again, value, onValue }: Props) => (
  <div class="field">
    <span class="label">{label}</span>
    <div>
      <Segments
        legend={REPEATS.legend}
        options={{ skip: REPEATS.once, allow: again }}
        value={value}
        onValue={onValue}
      />
    </div>
  </div>
);
