/** A webhook's secret, which is shown only once. */

import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog } from "../ui/dialog.tsx";

type Props = { readonly secret: string; readonly onClose: () => void };

export const Secret = ({ secret, onClose }: Props) => (
  <Dialog title="Webhook secret" closing="asks" loss="The secret is not shown again." onClose={onClose}>
    <p class="soft">Use it to verify signatures. Copy it now: it is not shown again.</p>
    <code class="secret">{secret}</code>
    <div class="dialog-foot">
      <CopyButton text={secret} />
      <button type="button" class="button" onClick={onClose}>
        I have it
      </button>
    </div>
  </Dialog>
);
