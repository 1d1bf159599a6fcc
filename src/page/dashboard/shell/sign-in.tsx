/** The sign-in page. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { failureWords, isUnauthorized } from "../api/failure-words.ts";
import { enter, type Session, signIn, usualOrganization, type WayIn, wayIn } from "../api/session.ts";
import { TextField } from "../ui/field.tsx";
import { AccessEnded, PersonSignedIn } from "./person.tsx";
import { SIGN_IN } from "./words.ts";

function faultOf(error: unknown): string {
  if (isUnauthorized(error)) return SIGN_IN.wrong;
  const { title, message } = failureWords(error);
  return `${title}. ${message}`;
}

type Props = {
  readonly notice: string | null;
  /** Goes on as the person who Cloudflare Access has signed in. Not after the user has signed out. */
  readonly isAutomatic: boolean;
  readonly onSession: (session: Session) => void;
};

/** Null until it is known. */
function useWayIn({ isAutomatic, onSession }: Props): readonly [WayIn | null, () => void] {
  const [way, setWay] = useState<WayIn | null>(null);
  const look = useCallback(async () => {
    const found = await wayIn();
    const usual = found.kind === "person" && isAutomatic ? usualOrganization(found.organizations) : undefined;
    if (found.kind !== "person" || usual === undefined) return setWay(found);
    // If it fails, the page shows the button that tries it again.
    const session = await enter(found.email, usual, found.organizations.length > 1).catch(() => null);
    if (session === null) setWay(found);
    else onSession(session);
  }, [isAutomatic, onSession]);
  useEffect(() => void look(), [look]);
  return [way, () => void look()];
}

export function SignIn(props: Props) {
  const { notice, onSession } = props;
  const [way, look] = useWayIn(props);
  const [key, setKey] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const submit = async () => {
    const given = key.trim();
    if (given === "") return setFault(SIGN_IN.empty);
    // A key must fit into a header.
    if (!/^[\x21-\x7e]+$/.test(given)) return setFault(SIGN_IN.wrong);
    setAsking(true);
    setFault(null);
    try {
      onSession(await signIn(given));
    } catch (error) {
      setFault(faultOf(error));
      setAsking(false);
    }
  };
  if (way === null) {
    return (
      <main class="sign-in">
        <span class="spinner" role="status" aria-label={SIGN_IN.loading} />
      </main>
    );
  }
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
          <h1>{SIGN_IN.title}</h1>
          <p class="soft">{SIGN_IN.about}</p>
        </div>
        {notice !== null && <div class="notice held">{notice}</div>}
        {way.kind === "person" && <PersonSignedIn way={way} onSession={onSession} />}
        {way.kind === "ended" && <AccessEnded why={way.why} onBack={look} />}
        <TextField
          label={SIGN_IN.key}
          type="password"
          placeholder="sk_…"
          value={key}
          onValue={setKey}
          fault={fault}
          hint={SIGN_IN.keyHint}
        />
        <button type="submit" class="button primary" aria-disabled={isAsking}>
          {isAsking && <span class="spinner" />}
          {SIGN_IN.action}
        </button>
        <span class="unseen" role="alert">
          {fault}
        </span>
      </form>
    </main>
  );
}
