/**
 * `node guard.ts <command…>` runs a command in the guard's own process group and ends that group when whoever started
 * the guard is gone, however it died: its end of the guard's standard input closes then. Without it, a launcher or a test
 * run that is killed would leave wrangler and workerd behind, still dialing.
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

// A signal to the group reaches the command by itself; the guard waits for the command's end and passes it on.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => {});

let isAlone = false;
process.stdin.resume();
process.stdin.once("close", () => {
  isAlone = true;
  signalGroup("SIGTERM");
  setTimeout(() => signalGroup("SIGKILL"), GRACE_MS);
});
// The close of the standard input alone may come as an error; "close" follows.
process.stdin.on("error", () => {});

child.once("error", (error) => {
  console.error(error.message);
  process.exit(127);
});
child.once("exit", (code, signal) => {
  // Whoever started the guard ends what the command left behind. Nobody else is there to do it here.
  if (isAlone) signalGroup("SIGKILL");
  if (signal !== null) console.error(`ended by ${signal}`);
  process.exit(code ?? 1);
});
