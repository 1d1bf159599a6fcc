/** The sign-in page. */

import { useState } from "preact/hooks";
import { CallbatchError } from "../../../client/client.ts";
import { failureWords } from "../api/failure-words.ts";
import { type Session, signIn } from "../api/session.ts";
import { TextField } from "../ui/field.tsx";

const WRONG_KEY = "This key is not accepted. Check that you pasted all of it.";

function faultOf(error: unknown): string {
  if (error instanceof CallbatchError && error.status === 401) return WRONG_KEY;
  const { title, message } = failureWords(error);
  return `${title}. ${message}`;
}

type Props = { readonly notice: string | null; readonly onSession: (session: Session) => void };

export function SignIn({ notice, onSession }: Props) {
  const [key, setKey] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const submit = async () => {
    const given = key.trim();
    if (given === "") return setFault("Paste a key.");
    // A key must fit into a header.
    if (!/^[\x21-\x7e]+$/.test(given)) return setFault(WRONG_KEY);
    setAsking(true);
    setFault(null);
    try {
      onSession(await signIn(given));
    } catch (error) {
      setFault(faultOf(error));
      setAsking(false);
    }
  };
  return (
    <main class="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div>
          <img src="/dashboard/icon.svg" alt="" />
          <h1>Sign in to callbatch</h1>
          <p class="soft">Use an API key of your organization. The operator of this service can create one.</p>
        </div>
        {notice !== null && <div class="notice held">{notice}</div>}
        <TextField
          label="API key"
          type="password"
          placeholder="sk_…"
          value={key}
          onValue={setKey}
          fault={fault}
          hint="Stays in this tab until you close it or sign out."
        />
        <button type="submit" class="button primary" aria-disabled={isAsking}>
          {isAsking && <span class="spinner" />}
          Sign in
        </button>
        <span class="unseen" role="alert">
          {fault}
        </span>
      </form>
    </main>
  );
}
