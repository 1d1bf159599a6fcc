/**
 * The common part of both commands: start the service, provision the demo organization, and run the command's own work.
 * Then end all that was started, however the work ends.
 */

import { provision } from "./provision.ts";
import { DEMO_SECRETS, secretsFile } from "./secrets.ts";
import { describeDeath, LocalService } from "./service.ts";
import { type LocalSettings, settingsFrom } from "./settings.ts";
import { StartFailure } from "./start-failure.ts";

export type Work = (service: LocalService) => Promise<number>;

const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const PARENT_CHECK_MS = 500;

/** `exitCodeWhenStopped`: the exit code after Ctrl-C. */
export async function runCommand(work: Work, exitCodeWhenStopped: number): Promise<void> {
  // A closed terminal accepts no output; that must not prevent the end of the programs.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const stopped = stopRequest();
  let service: LocalService | null = null;
  let exitCode = 1;
  try {
    service = new LocalService(settingsFrom(process.env), (text) => console.log(text));
    exitCode = await Promise.race([
      run(service, work),
      stopped.then(() => exitCodeWhenStopped),
      service.death.then((death) => Promise.reject(new StartFailure(describeDeath(death)))),
    ]);
  } catch (error) {
    console.error(error instanceof StartFailure ? `\n${error.message}` : error);
  }
  await service?.stop();
  process.exit(exitCode);
}

/** The listeners stay: a second Ctrl-C must not interrupt the ending, which kills what does not end. */
const stopRequest = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of STOP_SIGNALS) process.on(signal, () => resolve());
    // npm passes a signal to its shell, and not every shell passes it on.
    const parent = process.ppid;
    const isUnderNpm = process.env.npm_lifecycle_event !== undefined;
    if (isUnderNpm) setInterval(() => process.ppid !== parent && resolve(), PARENT_CHECK_MS).unref();
  });

async function run(service: LocalService, work: Work): Promise<number> {
  console.log("Starting …");
  await service.start();
  await provision(service);
  console.log(greeting(service));
  return work(service);
}

export const publicUrl = (settings: LocalSettings): string => `http://localhost:${settings.port}`;

function greeting(service: LocalService): string {
  const { settings } = service;
  const { carrier, stateDir } = settings;
  const lines = [`callbatch is ready at ${publicUrl(settings)} (state in ${stateDir})`];
  if (carrier.kind === "stand_in") {
    lines.push(`The stand-in carrier on port ${carrier.port} takes its calls. No phone rings.`);
  } else {
    lines.push(
      `Calls go to ${carrier.baseUrl} (TWILIO_API_BASE_URL). The demo organization's credentials are stand-ins: a real`,
      "account refuses them until you store your own: docs/operations/own-machine.md.",
    );
  }
  return [...lines, "", `  Dashboard   ${publicUrl(settings)}`, ...secretLines(service)].join("\n");
}

/** Random secrets are shown once: a terminal's history is not a safe place for them. */
function secretLines({ settings, secrets, hasNewSecrets }: LocalService): string[] {
  if (hasNewSecrets) {
    return [
      `  API key     ${secrets.apiKey}`,
      `  Operators   ${secrets.adminToken}`,
      "",
      `Both are shown this once. ${secretsFile(settings.stateDir)} keeps them; nobody else on this machine can read it.`,
    ];
  }
  if (secrets.apiKey === DEMO_SECRETS.apiKey) return [`  API key     ${secrets.apiKey}`];
  return [`  API key     in ${secretsFile(settings.stateDir)}`];
}

/** How a printed command names the key: a random secret is not printed in it. */
export const shownKey = ({ secrets }: LocalService): string =>
  secrets.apiKey === DEMO_SECRETS.apiKey ? secrets.apiKey : "$API_KEY";

/** The line to paste before such a command. */
export const keyLine = (service: LocalService): string =>
  shownKey(service) === service.secrets.apiKey ? "" : "API_KEY=…   # the key named above\n\n";

/** Waits until the user stops it. */
export const forever = (): Promise<never> =>
  new Promise(() => {
    // A promise alone does not keep a process alive.
    setInterval(() => {}, 2 ** 30);
  });
