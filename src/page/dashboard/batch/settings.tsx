/** How the batch calls people: hours, retries, voicemail, limits and pace. */

import type { BatchDetail } from "../../../client/client.ts";
import { Facts } from "../ui/facts.tsx";
import { Icon } from "../ui/icon.tsx";
import { settingsLine, settingsOf } from "./settings-words.ts";
import { WORDS } from "./words.ts";

export const Settings = ({ batch }: { readonly batch: BatchDetail }) => (
  <details class="card folds-open">
    <summary>
      <Icon name="chevron" />
      <h2>{WORDS.settings}</h2>
      <span class="soft small clip">{settingsLine(batch)}</span>
    </summary>
    <div class="card-body">
      <Facts facts={settingsOf(batch)} />
    </div>
  </details>
);
