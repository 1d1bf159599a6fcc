/** Leads to a new batch, for those who may call people. */

import { linkTo } from "../address.ts";
import { useDashboard } from "../api/context.ts";
import { Icon } from "../ui/icon.tsx";
import { WORDS } from "./words.ts";

export function NewBatchLink() {
  const { may } = useDashboard();
  return !may("operator") ? null : (
    <a class="button primary" href={linkTo(["batches", "new"])}>
      <Icon name="plus" />
      {WORDS.create}
    </a>
  );
}
