/**
 * Writes the present messages between objects to a file. `--accept`: also if the previous release does not understand
 * them. That is allowed if neither release is deployed, or if this one only reads what the next one sends.
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
