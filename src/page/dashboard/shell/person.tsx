/** What a person sees who Cloudflare Access has signed in, and who is not in an organization yet. */

import { useState } from "preact/hooks";
import { failureWords, sentence } from "../api/failure-words.ts";
import { ACCESS_SIGN_OUT, enter, type Session, type WayIn } from "../api/session.ts";
import { PERSON } from "./words.ts";

type PersonProps = {
  readonly way: Extract<WayIn, { kind: "person" }>;
  readonly onSession: (session: Session) => void;
};

export function PersonSignedIn({ way: { email, organizations }, onSession }: PersonProps) {
  const [fault, setFault] = useState<string | null>(null);
  const open = async (chosen: (typeof organizations)[number]) => {
    try {
      onSession(await enter(email, chosen, organizations.length > 1));
    } catch (error) {
      const { title, message } = failureWords(error);
      setFault(`${title}. ${message}`);
    }
  };
  return (
    <div class="stack">
      <p>
        {PERSON.signedIn} <strong>{email}</strong>. <a href={ACCESS_SIGN_OUT}>{PERSON.signOut}</a>
      </p>
      {organizations.length === 0 && <div class="notice held">{PERSON.noMember}</div>}
      {organizations.map((one) => (
        <button key={one.id} type="button" class="button" onClick={() => void open(one)}>
          {PERSON.open(one.name)}
        </button>
      ))}
      {fault !== null && (
        <div class="fault" role="alert">
          {fault}
        </div>
      )}
    </div>
  );
}

/** The page stays, with what was entered: the sign-in happens in another tab. */
export const AccessEnded = ({ why, onBack }: { readonly why: string | null; readonly onBack: () => void }) => (
  <div class="stack">
    <p>
      {sentence(why ?? PERSON.ended)} {PERSON.elsewhere}
    </p>
    <a class="button primary" href="/" target="_blank" rel="noreferrer">
      {PERSON.again}
    </a>
    <button type="button" class="button" onClick={onBack}>
      {PERSON.goOn}
    </button>
  </div>
);
