/**
 * `node guard.ts <command…>` runs a command in the guard's own process group. It ends that group when its starter is
 * gone, however it died: then its end of the guard's standard input closes. Without it, a killed launcher or test run
 * would leave wrangler and workerd behind, still dialing.
 */

import { spawn } from "node:child_process";

const GRACE_MS = 3_000;

const [command, ...args] = process.argv.slice(2);
if (command === undefined) throw new Error("usage: node guard.ts <command> [argument…]");
const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });

/** The guard leads its group. */
const signalGroup = (signal: NodeJS.Signals): void => {
  process.kill(-process.pid, signal);
};

// A signal to the group also reaches the command; the guard waits for the command's end and reports it.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => {});

let isAlone = false;
process.stdin.resume();
process.stdin.once("close", () => {
  isAlone = true;
  signalGroup("SIGTERM");
  setTimeout(() => signalGroup("SIGKILL"), GRACE_MS);
});
// The close of the standard input may first come as an error; "close" follows.
process.stdin.on("error", () => {});

child.once("error", (error) => {
  console.error(error.message);
  process.exit(127);
});
child.once("exit", (code, signal) => {
  // The starter ends what the command left behind. If it is gone, the guard must do it.
  if (isAlone) signalGroup("SIGKILL");
  if (signal !== null) console.error(`ended by ${signal}`);
  process.exit(code ?? 1);
});
