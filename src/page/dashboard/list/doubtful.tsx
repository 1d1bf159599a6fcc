/** Numbers without a + that could be another country's, and whether to refuse them. */

import { CheckField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import type { Doubts } from "./people.ts";
import type { List } from "./use-list.ts";
import { DOUBTS, doubtWords } from "./words.ts";

export function Doubtful({ list, doubts }: { readonly list: List; readonly doubts: Doubts }) {
  const words = doubtWords(doubts);
  if (list.country === "" || (words === null && !list.isStrict)) return null;
  return (
    <section class="stack" aria-label={DOUBTS.label}>
      {words !== null && (
        <div class="notice">
          <Icon name="warning" />
          <div>{words}</div>
        </div>
      )}
      <CheckField label={DOUBTS.refuse} checked={list.isStrict} onChecked={list.setStrict} />
    </section>
  );
}
