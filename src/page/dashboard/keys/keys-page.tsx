/** The organization's API keys and members: who may do what, and until when. For admins. */

import { useState } from "preact/hooks";
import type { ApiKey } from "../../../client/client.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { ago, dateTime } from "../text/format.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Failure } from "../ui/failure.tsx";
import { Icon } from "../ui/icon.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { useNow } from "../use-now.ts";
import { KeyForm } from "./key-form.tsx";
import { Members } from "./members.tsx";
import { ROLE_WORDS } from "./words.ts";

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
      <PageHead
        title="Keys"
        about="Programs use this organization with a key. Give each its own. People may use one, too, or sign in as members."
      >
        <button type="button" class="button primary" onClick={() => setOpen({ kind: "new" })}>
          <Icon name="plus" />
          New key
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
                    {key.id === own.value?.id && <span class="faint small"> · this session</span>}
                  </div>
                  <div class="faint small wrap">
                    <code>{key.key}</code> · {usedWords(key, now)} · {endWords(key, now)}
                  </div>
                </div>
                <div class="soft">{ROLE_WORDS[key.role].name}</div>
                <button
                  type="button"
                  class="button small danger"
                  aria-label={`Revoke ${key.label}`}
                  onClick={() => setOpen({ kind: "revoke", key })}
                >
                  Revoke
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
          title={`Revoke ${open.key.label}?`}
          action={open.key.id === own.value?.id ? "Revoke and sign out" : "Revoke"}
          isDangerous
          onClose={close}
          run={async () => {
            const isOwn = open.key.id === own.value?.id;
            await client.revokeKey(open.key.id, isOwn ? { confirm: "own" } : {});
            say(`${open.key.label} is revoked.`);
            await keys.reload();
          }}
        >
          {open.key.id === own.value?.id
            ? "You are signed in with this key. It stops working at once, and you are signed out."
            : "It stops working at once, in every program that uses it."}
        </Confirm>
      )}
    </>
  );
}

const usedWords = ({ last_used_at }: ApiKey, now: number): string =>
  last_used_at === undefined ? "never used" : `used ${ago(last_used_at, now)}`;

function endWords({ expires_at }: ApiKey, now: number): string {
  if (expires_at === undefined) return "does not expire";
  return Date.parse(expires_at) <= now ? `expired ${dateTime(expires_at)}` : `expires ${dateTime(expires_at)}`;
}
