/** Where an account with a carrier sends this service. Pure. */

import type { Failure } from "../calling/failure.ts";
import { publicUrlProblem, WEB } from "../calling/public-url.ts";
import { type CarrierAccount, carrierNamed } from "./carriers.ts";

/** Null where it may be sent there. `allowsPrivate`: in development. */
export function accountUrlProblem(account: CarrierAccount, allowsPrivate: boolean): Failure | null {
  const urls = carrierNamed(account.carrier).urls?.(account) ?? {};
  const issues = Object.entries(urls).flatMap(([path, url]) => {
    const message = publicUrlProblem(url, WEB, allowsPrivate);
    return message === null ? [] : [{ path, message }];
  });
  return issues.length === 0 ? null : { kind: "invalid", issues };
}
