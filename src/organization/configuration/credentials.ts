/** The secret fields of a provider's account: sealed for its row, and opened to dial. */

import type { CarrierAccount } from "../../dialer/carriers.ts";
import { type KeyRing, seal, unseal } from "../store/seal.ts";
import { credentialsOf, type StoredProvider } from "./providers.ts";

/** Null if the operator has set no key. */
export const sealedCredentials = (ring: KeyRing, providerId: string, account: CarrierAccount): Promise<string | null> =>
  seal(ring, providerId, JSON.stringify(credentialsOf(account)));

/** The account with its credentials. Null if no key opens them. */
export async function unsealedAccount(
  ring: KeyRing,
  { view, sealedCredentials }: StoredProvider,
): Promise<CarrierAccount | null> {
  const text = await unseal(ring, view.id, sealedCredentials);
  return text === null ? null : ({ ...view.account, ...JSON.parse(text) } as CarrierAccount);
}
