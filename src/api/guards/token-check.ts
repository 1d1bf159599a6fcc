/**
 * Checks the tokens of calls and tickets of batches before their object is asked, so that forged ones wake none. Tokens
 * of an earlier release have no signature. They are valid for a day after the first start of this one
 * (`organization/directory.ts`).
 */

import { judgeToken } from "../../calling/secrets/signed-token.ts";
import type { Bindings } from "../../env.ts";
import { type ApiContext, settingsFor } from "../context.ts";
import { directoryOf } from "./directories.ts";

/** By isolate: until when, epoch ms. Losing it asks again. */
const unsignedUntil = new WeakMap<Bindings, Promise<number>>();

function endOfUnsigned(env: Bindings): Promise<number> {
  const known = unsignedUntil.get(env);
  if (known !== undefined) return known;
  const asked = directoryOf(env).unsignedTokensUntil();
  unsignedUntil.set(env, asked);
  asked.catch(() => unsignedUntil.delete(env));
  return asked;
}

/** The token without its signature; null if its object must not be asked. `subject`: the call's id, or the batch's. */
export async function genuineToken(c: ApiContext, subject: string, text: string): Promise<string | null> {
  const { keyRing } = settingsFor(c);
  const verdict = judgeToken(keyRing, subject, text);
  if (verdict.kind === "forged") return null;
  const isGood = verdict.kind === "signed" || keyRing.length === 0 || Date.now() < (await endOfUnsigned(c.env));
  return isGood ? verdict.token : null;
}
