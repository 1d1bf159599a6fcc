/** Which carriers can be asked who answers. */

import { expect, it } from "vitest";
import { CARRIERS } from "../../src/dialer/carriers.ts";
import { voicemailProblem } from "../../src/organization/admission.ts";

it.each(CARRIERS)("$title", (carrier) => {
  expect(voicemailProblem(carrier, null)).toBeNull();
  for (const order of ["hang_up", "continue"] as const) {
    const problem = voicemailProblem(carrier, order);
    if (carrier.capabilities.detectsMachines) expect(problem).toBeNull();
    else expect(problem).toMatchObject({ kind: "invalid", issues: [{ path: "on_voicemail" }] });
  }
});
