/** The organization's members: people who sign in through Cloudflare Access, and what they may do. */

import { useState } from "preact/hooks";
import type { Role } from "../../../calling/words/role.ts";
import type { Member } from "../../../client/client.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { Form } from "../setup/form.tsx";
import { ago } from "../text/format.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Failure } from "../ui/failure.tsx";
import { Segments, TextField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { useNow } from "../use-now.ts";
import { MEMBERS, ROLE_NAMES, ROLE_WORDS, whoOf, whoWords } from "./words.ts";

type Open =
  | { readonly kind: "new" }
  | { readonly kind: "role"; readonly member: Member }
  | { readonly kind: "remove"; readonly member: Member };

export function Members() {
  const { client, say } = useDashboard();
  const now = useNow();
  const [open, setOpen] = useState<Open | null>(null);
  const members = useResource("members", () => allPages((page) => client.listMembers(page)));
  const close = () => setOpen(null);
  return (
    <section class="stack" aria-labelledby="members">
      <div class="row">
        <h2 id="members" class="grow">
          {MEMBERS.title}
        </h2>
        <button type="button" class="button" onClick={() => setOpen({ kind: "new" })}>
          <Icon name="plus" />
          {MEMBERS.add}
        </button>
      </div>
      <p class="soft">
        {MEMBERS.about} <a href="/docs/operations/access">{MEMBERS.setUp}</a>
      </p>
      <Failure error={members.error} />
      {members.value !== null && members.value.length > 0 && (
        <ul class="card kept">
          {members.value.map((member) => (
            <li key={member.id}>
              <div class="grow">
                <div class="title">{whoWords(member)}</div>
                <div class="faint small">
                  {member.last_used_at === undefined ? MEMBERS.unseen : MEMBERS.seen(ago(member.last_used_at, now))}
                </div>
              </div>
              <div class="soft">{ROLE_WORDS[member.role].name}</div>
              <button
                type="button"
                class="button small"
                aria-label={MEMBERS.changeLabel(whoWords(member))}
                onClick={() => setOpen({ kind: "role", member })}
              >
                {MEMBERS.change}
              </button>
              <button
                type="button"
                class="button small danger"
                aria-label={MEMBERS.removeLabel(whoWords(member))}
                onClick={() => setOpen({ kind: "remove", member })}
              >
                {MEMBERS.remove}
              </button>
            </li>
          ))}
        </ul>
      )}
      {open?.kind === "new" && <MemberForm member={null} onSaved={members.reload} onClose={close} />}
      {open?.kind === "role" && <MemberForm member={open.member} onSaved={members.reload} onClose={close} />}
      {open?.kind === "remove" && (
        <Confirm
          title={MEMBERS.removeTitle(whoWords(open.member))}
          action={MEMBERS.remove}
          isDangerous
          onClose={close}
          run={async () => {
            await client.deleteMember(open.member.id);
            say(MEMBERS.removed(whoWords(open.member)));
            await members.reload();
          }}
        >
          {open.member.domain === undefined ? MEMBERS.removeAbout : MEMBERS.removeDomainAbout}
        </Confirm>
      )}
    </section>
  );
}

type FormProps = {
  readonly member: Member | null;
  readonly onSaved: () => Promise<void>;
  readonly onClose: () => void;
};

/** `member`: null for a new one. */
function MemberForm({ member, onSaved, onClose }: FormProps) {
  const { client } = useDashboard();
  const [who, setWho] = useState("");
  const [role, setRole] = useState<Role>(member?.role ?? "operator");
  const save = async () => {
    if (member === null) await client.createMember({ ...whoOf(who), role });
    else await client.changeMember(member.id, { role });
    await onSaved();
    onClose();
  };
  return (
    <Form
      title={member === null ? MEMBERS.add : MEMBERS.changeTitle(whoWords(member))}
      action={member === null ? MEMBERS.add : MEMBERS.change}
      save={save}
      onClose={onClose}
    >
      {member === null && (
        <TextField label={MEMBERS.who} hint={MEMBERS.whoHint} value={who} onValue={setWho} isRequired />
      )}
      <div>
        <Segments legend={MEMBERS.role} options={ROLE_NAMES} value={role} onValue={setRole} />
        <p class="hint">{ROLE_WORDS[role].about}</p>
      </div>
    </Form>
  );
}
