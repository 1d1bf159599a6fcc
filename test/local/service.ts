/**
 * The whole service on this machine: `wrangler dev` and, unless another carrier is named, the stand-in carrier. The
 * commands and the tests start and end it through this class alone.
 */

import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, portReleased, requireFreePort } from "./ports.ts";
import { type Death, ProcessGroup } from "./process-group.ts";
import { type CarrierChoice, carrierBaseUrl, type LocalSettings } from "./settings.ts";
import { StartFailure } from "./start-failure.ts";
import { StateLock } from "./state-lock.ts";
import { answers } from "./within.ts";
import { variablesFile } from "./worker-variables.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** A cold start takes about two seconds; a busy machine may take much longer. */
const START_TIMEOUT_MS = 45_000;
/** `wrangler dev` has stalled before it answered, once in some hundreds of starts: then it is started once more. */
const START_ATTEMPTS = 2;
const POLL_MS = 100;

/** wrangler asks nobody and writes nothing outside the state directory. */
const QUIET_WRANGLER = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: "true",
  WRANGLER_WRITE_LOGS: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  NO_COLOR: "1",
};

export class LocalService {
  readonly settings: LocalSettings;
  /** For programs on this machine. */
  readonly baseUrl: string;
  readonly carrierUrl: string;
  /** A program that died without having been asked to. Never settles otherwise. */
  readonly death: Promise<Death>;
  readonly #processes: ProcessGroup[] = [];
  #lock: StateLock | null = null;
  #isStopping = false;
  #reportDeath: (death: Death) => void = () => {};

  constructor(settings: LocalSettings) {
    this.settings = settings;
    this.baseUrl = `http://127.0.0.1:${settings.port}`;
    this.carrierUrl = carrierBaseUrl(settings.carrier);
    this.death = new Promise((report) => {
      this.#reportDeath = report;
    });
  }

  /** The ids of the process groups, for tests that kill or count them. */
  get groups(): readonly number[] {
    return this.#processes.map(({ pid }) => pid);
  }

  /** Resolves when both answer. Where it fails, `stop` ends what was started. */
  async start(): Promise<void> {
    const { carrier, port, stateDir } = this.settings;
    await requireFreePort(port, "the service", "PORT");
    if (carrier.kind === "stand_in") await requireFreePort(carrier.port, "the stand-in carrier", "CARRIER_PORT");
    this.#lock = await StateLock.take(resolve(stateDir));
    // The carrier first: a service that finds unfinished batches dials as soon as it is up.
    if (carrier.kind === "stand_in") {
      await this.#run(this.#carrierProgram(carrier), `${this.carrierUrl}/__carrier/summary`);
    }
    await this.#run(await this.#wranglerProgram(), `${this.baseUrl}/healthz`);
  }

  stop(): Promise<void> {
    return this.#end((process) => process.stop());
  }

  /** As if the machine had crashed. */
  kill(): Promise<void> {
    return this.#end((process) => process.kill());
  }

  async #end(end: (process: ProcessGroup) => Promise<void>): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#processes.map(end));
    if (this.#processes.length > 0) await portReleased(this.settings.port);
    await this.#lock?.release();
    this.#lock = null;
  }

  async #run(program: Program, probeUrl: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.#isStopping) throw new StartFailure("Stopped while starting.");
      const started = ProcessGroup.start({ ...program, cwd: ROOT, isVerbose: this.settings.isVerbose });
      this.#processes.push(started);
      if (await answersInTime(started, probeUrl)) {
        void started.death.then((death) => {
          if (!this.#isStopping) this.#reportDeath(death);
        });
        return;
      }
      if (attempt === START_ATTEMPTS) {
        throw new StartFailure(
          `${started.name} does not answer at ${probeUrl}, started ${attempt} times for ${START_TIMEOUT_MS / 1_000} s. ` +
            `Its last output:\n${started.lastOutput}`,
        );
      }
      await started.kill();
      this.#processes.splice(this.#processes.indexOf(started), 1);
    }
  }

  #carrierProgram({ port, authToken, pace }: CarrierChoice & { kind: "stand_in" }): Program {
    return {
      name: "the stand-in carrier",
      command: process.execPath,
      args: [join(ROOT, "test/carrier/main.ts")],
      env: { ...pace, CARRIER_PORT: String(port), CARRIER_AUTH_TOKEN: authToken },
    };
  }

  async #wranglerProgram(): Promise<Program> {
    const { settings } = this;
    const stateDir = resolve(settings.stateDir);
    await mkdir(stateDir, { recursive: true });
    const variables = join(stateDir, "worker.vars");
    await writeFile(
      variables,
      variablesFile({
        ADMIN_TOKEN: settings.adminToken,
        ENCRYPTION_KEY: settings.encryptionKey,
        PUBLIC_BASE_URL: settings.publicBaseUrl,
        TWILIO_API_BASE_URL: this.carrierUrl,
        CALL_CHECK_SECONDS: settings.callCheckSeconds,
        ALLOW_PRIVATE_URLS: "true",
      }),
      { mode: 0o600 },
    );
    const wrangler = join(createRequire(import.meta.url).resolve("wrangler/package.json"), "../bin/wrangler.js");
    return {
      name: "wrangler dev",
      command: process.execPath,
      args: [
        ...[wrangler, "dev", "--local", "--ip", "127.0.0.1", "--port", String(settings.port)],
        ...["--inspector-port", String(await freePort()), "--show-interactive-dev-session=false"],
        ...["--persist-to", stateDir, "--env-file", variables],
      ],
      env: { ...QUIET_WRANGLER, WRANGLER_REGISTRY_PATH: join(stateDir, "registry") },
    };
  }
}

type Program = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

/** False where it runs and does not answer; a program that ended is an error that says why. */
async function answersInTime(started: ProcessGroup, url: string): Promise<boolean> {
  const giveUpAt = performance.now() + START_TIMEOUT_MS;
  let death: Death | null = null;
  void started.death.then((died) => {
    death = died;
  });
  while (!(await answers(url))) {
    if (death !== null) throw new StartFailure(describeDeath(death));
    if (performance.now() > giveUpAt) return false;
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
  return true;
}

export const describeDeath = ({ name, exitCode, lastOutput }: Death): string =>
  `${name} ended unexpectedly (${exitCode === null ? "killed" : `exit code ${exitCode}`}). Its last output:\n${lastOutput || "(none)"}`;
