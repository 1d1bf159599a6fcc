/** Which carriers can be asked who answers, and for which of their accounts. */

import { describe, expect, it } from "vitest";
import type { Carrier } from "../../src/dialer/carrier.ts";
import { CARRIERS, type ShownAccount } from "../../src/dialer/carriers.ts";
import { voicemailProblem } from "../../src/dialer/connection-problem.ts";
import { http } from "../../src/dialer/http/carrier.ts";
import type { JambonzAccount } from "../../src/dialer/jambonz/account.ts";
import { jambonz } from "../../src/dialer/jambonz/carrier.ts";

/** Of an account that says nothing of it. */
const NOTHING_SAID = { recognizer: null } as unknown as ShownAccount;
const TRUNK = {
  hostname: "trunk.example.com",
  transport: null,
  auth_username: null,
  destination_country: null,
  media_encryption: null,
};

it.each(CARRIERS.map((carrier: Carrier) => ({ title: carrier.title, carrier })))("$title", ({ carrier }) => {
  expect(voicemailProblem(carrier, NOTHING_SAID, null)).toBeNull();
  const isForAll = carrier.capabilities.detectsMachines && carrier.lacksToDetect === undefined;
  for (const order of ["hang_up", "continue"] as const) {
    const problem = voicemailProblem(carrier, NOTHING_SAID, order);
    if (isForAll) expect(problem).toBeNull();
    else expect(problem).toMatchObject({ kind: "invalid", issues: [{ path: "on_voicemail" }] });
  }
});

it("of jambonz the provider has to have a speech recognizer, and a refusal says so", () => {
  const problemOf = (recognizer: JambonzAccount["recognizer"]) => {
    const shown = { outbound: TRUNK, regions: { US: null, EU: null, APAC: null }, recognizer };
    return voicemailProblem(jambonz, { carrier: "jambonz", ...shown }, "continue");
  };
  expect(problemOf({ vendor: "deepgram", language: "en-US", label: null })).toBeNull();
  expect(problemOf(null)).toMatchObject({ issues: [{ message: expect.stringContaining("`recognizer`") }] });
});

describe("of a dialer of one's own", () => {
  const problemOf = (detects_machines: boolean) => {
    const account = { carrier: "http", url: "https://dialer.example.com", token: "…oken", detects_machines } as const;
    return voicemailProblem(http, account, "hang_up");
  };

  it("the provider says whether it can, and a refusal what to change", () => {
    expect(problemOf(true)).toBeNull();
    expect(problemOf(false)).toMatchObject({ issues: [{ message: expect.stringContaining("`detects_machines`") }] });
  });
});
