/** A number of a batch's draft, as typed. */

import { TextField } from "../ui/field.tsx";
import type { Draft } from "./draft.ts";
import type { Part } from "./part.ts";

type Written = { [Name in keyof Draft]: Draft[Name] extends string ? Name : never }[keyof Draft];

type Props = Pick<Part, "draft" | "change"> & {
  readonly name: Written;
  readonly label: string;
  readonly bounds: { readonly least: number; readonly most?: number };
  readonly isWhole?: boolean;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly fault?: string | null;
};

export const NumberField = ({ draft, change, name, bounds, isWhole = true, ...shown }: Props) => (
  <TextField
    {...shown}
    type="number"
    min={bounds.least}
    {...(bounds.most === undefined ? {} : { max: bounds.most })}
    {...(isWhole ? {} : { step: "any" })}
    value={draft[name]}
    onValue={(value) => change({ [name]: value })}
  />
);
