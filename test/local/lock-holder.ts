/**
 * `node lock-holder.ts <directory>`: tries to take the lock when a line arrives, prints the result, and holds it until
 * its input ends.
 */

import { createInterface } from "node:readline";
import { StateLock } from "./state-lock.ts";

const [, , directory = ""] = process.argv;
const input = createInterface({ input: process.stdin });
process.stdout.write("ready\n");
input.once("line", () => {
  StateLock.take(directory).then(
    () => process.stdout.write("taken\n"),
    (error: Error) => process.stdout.write(`${error.name}: ${error.message}\n`),
  );
});
input.once("close", () => process.exit(0));
