/**
 * Python's standard library makes a client of `/openapi.json` and uses it: names, references and schemas are what a generator
 * for Python needs. The generator that the guide names is in PyPI, which tests do not ask.
 */

import { execFile, execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import { DEMO } from "../local/provision.ts";
import { sharedOrganization } from "../service/shared.ts";

const isThere = (() => {
  try {
    return /Python 3\.(9|\d\d)/.test(execFileSync("python3", ["--version"], { encoding: "utf8" }));
  } catch {
    return false;
  }
})();

it.skipIf(!isThere)("a client made by Python's standard library runs a batch to its end", async () => {
  const program = fileURLToPath(new URL("client.py", import.meta.url));
  const { service, apiKey } = await sharedOrganization();
  const given = [program, service.baseUrl, apiKey, DEMO.agentId, DEMO.numberId];
  const { stdout } = await promisify(execFile)("python3", given);
  expect(stdout.trim()).toBe(`${OPERATIONS.length} operations, completed, client_hangup`);
});
