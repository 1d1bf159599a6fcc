/** Checks the addresses to which an account with a carrier sends this service, and the carrier. Pure. */

import type { Failure } from "../calling/requests/failure.ts";
import { publicHostProblem, publicUrlProblem, type Reach, WEB } from "../calling/requests/public-url.ts";
import { type CarrierAccount, carrierNamed } from "./carriers.ts";

/** Null if they are allowed. */
export function accountUrlProblem(account: CarrierAccount, reach: Reach): Failure | null {
  const { urls, hosts } = carrierNamed(account.carrier);
  const problems = [
    ...Object.entries(urls?.(account) ?? {}).map(([path, url]) => [path, publicUrlProblem(url, WEB, reach)] as const),
    ...Object.entries(hosts?.(account) ?? {}).map(([path, host]) => [path, publicHostProblem(host, reach)] as const),
  ];
  const issues = problems.flatMap(([path, message]) => (message === null ? [] : [{ path, message }]));
  return issues.length === 0 ? null : { kind: "invalid", issues };
}
