/**
 * Runs before `npm start`, `npm run demo` and `npm test`, and says what is missing in one sentence. Plain JavaScript
 * without imports, because it must run on a Node that cannot read TypeScript, and before `npm ci`.
 */

import { existsSync } from "node:fs";

const NEEDED = 22;
const [major] = process.versions.node.split(".");

if (!existsSync("node_modules/node/package.json")) {
  fail("The dependencies are not installed. Run: npm ci");
} else if (Number(major) < NEEDED) {
  fail(
    `This is Node ${process.versions.node}, and the Node ${NEEDED} that comes with the dependencies is missing. ` +
      "Run npm ci again, without --ignore-scripts.",
  );
}

/** @param {string} sentence */
function fail(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}
