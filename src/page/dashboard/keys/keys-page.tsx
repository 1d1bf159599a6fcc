/** The organization's API keys and members: who may do what, and until when. For admins. */

import { useState } from "preact/hooks";
import type { ApiKey } from "../../../client/client.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Failure } from "../ui/failure.tsx";
import { Icon } from "../ui/icon.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { useNow } from "../use-now.ts";
import { KeyForm } from "./key-form.tsx";
import { Members } from "./members.tsx";
import { lifeWords, ROLE_WORDS, WORDS } from "./words.ts";

type Open = { readonly kind: "new" } | { readonly kind: "revoke"; readonly key: ApiKey };

export function KeysPage() {
  const { client, say } = useDashboard();
  const now = useNow();
  const [open, setOpen] = useState<Open | null>(null);
  const keys = useResource("keys", () => allPages((page) => client.listKeys(page)));
  const own = useResource("own key", () => client.getOwnKey());
  const close = () => setOpen(null);
  return (
    <>
      <PageHead title={WORDS.title} about={WORDS.about}>
        <button type="button" class="button primary" onClick={() => setOpen({ kind: "new" })}>
          <Icon name="plus" />
          {WORDS.add}
        </button>
      </PageHead>
      <div class="stack">
        <Failure error={keys.error} />
        {keys.value === null && keys.error === null && <WaitingLines />}
        {keys.value !== null && (
          <ul class="card kept">
            {keys.value.map((key) => (
              <li key={key.id}>
                <div class="grow">
                  <div class="title">
                    {key.label}
                    {key.id === own.value?.id && <span class="faint small"> · {WORDS.own}</span>}
                  </div>
                  <div class="faint small wrap">
                    <code>{key.key}</code> · {lifeWords(key, now)}
                  </div>
                </div>
                <div class="soft">{ROLE_WORDS[key.role].name}</div>
                <button
                  type="button"
                  class="button small danger"
                  aria-label={WORDS.revokeLabel(key.label)}
                  onClick={() => setOpen({ kind: "revoke", key })}
                >
                  {WORDS.revoke}
                </button>
              </li>
            ))}
          </ul>
        )}
        <Members />
      </div>
      {open?.kind === "new" && <KeyForm onMade={() => void keys.reload()} onClose={close} />}
      {open?.kind === "revoke" && (
        <Confirm
          title={WORDS.revokeTitle(open.key.label)}
          action={open.key.id === own.value?.id ? WORDS.revokeOwn : WORDS.revoke}
          isDangerous
          onClose={close}
          run={async () => {
            const isOwn = open.key.id === own.value?.id;
            await client.revokeKey(open.key.id, isOwn ? { confirm: "own" } : {});
            say(WORDS.revoked(open.key.label));
            await keys.reload();
          }}
        >
          {open.key.id === own.value?.id ? WORDS.revokeOwnAbout : WORDS.revokeAbout}
        </Confirm>
      )}
    </>
  );
}
