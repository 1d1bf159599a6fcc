/** A webhook's secret, which is shown this once. */

import { Dialog } from "../ui/dialog.tsx";

export const Secret = ({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) => (
  <Dialog title="The webhook's secret" onClose={onClose}>
    <p class="soft">
      Your program checks with it that what it receives is from here. Copy it now: it is not shown again.
    </p>
    <code class="secret">{secret}</code>
    <div class="dialog-foot">
      <button type="button" class="button primary" onClick={() => void navigator.clipboard?.writeText(secret)}>
        Copy
      </button>
      <button type="button" class="button" onClick={onClose}>
        I have it
      </button>
    </div>
  </Dialog>
);
