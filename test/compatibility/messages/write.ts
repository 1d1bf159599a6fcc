/**
 * Writes down the messages between objects as they are now. `--accept`: also where the release before does not understand them,
 * because none of the two is deployed, or because this one only reads what the next one sends.
 */

import { existsSync, writeFileSync } from "node:fs";
import { DUMP, Messages } from "./messages.ts";

const messages = new Messages();
const problems = existsSync(DUMP) ? messages.problems() : [];
const isAccepted = process.argv.includes("--accept");
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length === 0 || isAccepted) writeFileSync(DUMP, messages.dump());
else {
  process.stderr.write(
    'Nothing was written. docs/operations/upgrades.md, "Two releases at once", says how each is changed in two steps.\n',
  );
  process.exitCode = 1;
}
messages.close();
