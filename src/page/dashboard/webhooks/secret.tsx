/** A webhook's secret, which is shown only once. */

import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { SECRET } from "./words.ts";

type Props = { readonly secret: string; readonly onClose: () => void };

export const Secret = ({ secret, onClose }: Props) => (
  <Dialog title={SECRET.title} closing="asks" loss={SECRET.loss} onClose={onClose}>
    <p class="soft">{SECRET.about}</p>
    <code class="secret">{secret}</code>
    <div class="dialog-foot">
      <CopyButton text={secret} />
      <button type="button" class="button" onClick={onClose}>
        {SECRET.copied}
      </button>
    </div>
  </Dialog>
);
