/**
 * The whole service on this machine: the Worker (`runtime.ts`) and, unless another carrier is named, the stand-in
 * carrier. Commands and tests start and end it only through this class.
 */

import { existsSync } from "node:fs";
import { access, chmod, constants, mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkBuildable } from "./built.ts";
import { type DiskPort, diskPort, ROOM_TO_GO_ON, ROOM_TO_START, waitForRoom } from "./disk.ts";
import { portReleased, requireFreePort } from "./ports.ts";
import { type Death, ProcessGroup } from "./process-group.ts";
import { rewriteChanged } from "./rewrite.ts";
import type { RuntimeOrder } from "./runtime.ts";
import { type LocalSecrets, requireStrongSecrets, secretsFor } from "./secrets.ts";
import { allowsPrivateUrls, type CarrierChoice, carrierBaseUrl, type LocalSettings, servedHosts } from "./settings.ts";
import { StartFailure } from "./start-failure.ts";
import { StateLock } from "./state-lock.ts";
import { answers } from "./within.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** A cold start takes some seconds; on a busy machine much longer. */
const START_TIMEOUT_MS = 45_000;
/** A runtime that does not answer is started once more. */
const START_ATTEMPTS = 2;
const POLL_MS = 100;

export class LocalService {
  readonly settings: LocalSettings;
  /** For programs on this machine. */
  readonly baseUrl: string;
  readonly carrierUrl: string;
  /** Settles when a program ended without a request to. Otherwise never. */
  readonly death: Promise<Death>;
  readonly #say: (text: string) => void;
  readonly #processes: ProcessGroup[] = [];
  #lock: StateLock | null = null;
  #secrets: LocalSecrets | null = null;
  #hasNewSecrets = false;
  #isStopping = false;
  /** The runtime ended without a request to. */
  #died: Death | null = null;
  #reportDeath: (death: Death) => void = () => {};

  /** `say`: tells the user what it waits for. */
  constructor(settings: LocalSettings, say: (text: string) => void = () => {}) {
    this.settings = settings;
    this.#say = say;
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

  /** Available after the start. */
  get secrets(): LocalSecrets {
    if (this.#secrets === null) throw new Error("the service was not started");
    return this.#secrets;
  }

  /** They were made in this start, and have not been shown. */
  get hasNewSecrets(): boolean {
    return this.#hasNewSecrets;
  }

  /** Resolves when both answer. If it fails, `stop` ends what was started. */
  async start(): Promise<void> {
    const { settings } = this;
    const { carrier, port } = settings;
    requireStrongSecrets(settings);
    await requireFreePort(port, "the service", "PORT");
    if (carrier.kind === "stand_in") await requireFreePort(carrier.port, "the stand-in carrier", "CARRIER_PORT");
    const stateDir = resolve(settings.stateDir);
    await makeStateDir(stateDir);
    await checkBuildable();
    const disk = diskPort(stateDir, this.#say, () => this.#isStopping);
    await waitForRoom(disk);
    this.#lock = await StateLock.take(stateDir);
    // What was deleted before a crash.
    this.#rewrite();
    const { secrets, made } = secretsFor({ ...settings, stateDir });
    this.#secrets = secrets;
    this.#hasNewSecrets = made;
    // The carrier first: a service with unfinished batches dials as soon as it is up.
    if (carrier.kind === "stand_in") {
      await this.#run(this.#carrierProgram(carrier), `${this.carrierUrl}/__carrier/summary`);
    }
    const runtime = this.#runtimeProgram(stateDir, secrets);
    void this.#watchDisk(runtime, await this.#startRuntime(runtime, disk), disk);
  }

  async stop(): Promise<void> {
    await this.#end((process) => process.stop());
    if (this.#lock !== null) this.#rewrite();
    this.#release();
  }

  /** Like a crash of the machine. */
  async kill(): Promise<void> {
    await this.#end((process) => process.kill());
    this.#release();
  }

  async #end(end: (process: ProcessGroup) => Promise<void>): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#processes.map(end));
    if (this.#processes.length > 0) await portReleased(this.settings.port);
  }

  #release(): void {
    this.#lock?.release();
    this.#lock = null;
  }

  /** It needs some room on the disk. Without it the service goes on, and rewrites with its next start or end. */
  #rewrite(): void {
    try {
      rewriteChanged(resolve(this.settings.stateDir));
    } catch (error) {
      this.#say(`What was deleted is still in files of the state directory: ${String(error)}`);
    }
  }

  /** On a full disk it waits, and tries again. */
  async #startRuntime(program: Program, disk: DiskPort): Promise<ProcessGroup> {
    for (;;) {
      try {
        return await this.#run(program, `${this.baseUrl}/healthz`);
      } catch (error) {
        if (!(await waitForRoom(disk)) || this.#isStopping) throw error;
      }
    }
  }

  /** Starts the runtime again each time that the disk was full: its objects then read their rows and what is due. */
  async #watchDisk(program: Program, started: ProcessGroup, disk: DiskPort): Promise<void> {
    let runtime = started;
    while (!this.#isStopping) {
      await disk.pause();
      const room = (await disk.room()) ?? Number.POSITIVE_INFINITY;
      // If it died, the full disk may be the cause.
      if (room >= (this.#died === null ? ROOM_TO_GO_ON : ROOM_TO_START)) {
        if (this.#died === null) continue;
        return this.#report(this.#died);
      }
      await waitForRoom(disk);
      if (this.#isStopping) return;
      this.#forget(runtime);
      await runtime.kill();
      this.#died = null;
      try {
        runtime = await this.#startRuntime(program, disk);
      } catch (error) {
        return this.#report({ name: program.name, exitCode: null, lastOutput: String(error) });
      }
    }
  }

  async #run(program: Program, probeUrl: string): Promise<ProcessGroup> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.#isStopping) throw new StartFailure("Stopped while starting.");
      const started = ProcessGroup.start({ ...program, cwd: ROOT, isVerbose: this.settings.isVerbose });
      this.#processes.push(started);
      this.#lock?.add(started.pid);
      try {
        if (await answersInTime(started, probeUrl)) {
          void started.death.then((death) => {
            if (this.#isStopping || !this.#processes.includes(started)) return;
            if (program.storesState) this.#died = death;
            else this.#report(death);
          });
          return started;
        }
      } catch (error) {
        this.#forget(started);
        throw error;
      }
      if (attempt === START_ATTEMPTS) {
        throw new StartFailure(
          `${started.name} does not answer at ${probeUrl}, started ${attempt} times for ${START_TIMEOUT_MS / 1_000} s. ` +
            `Its last output:\n${started.lastOutput}`,
        );
      }
      this.#forget(started);
      await started.kill();
    }
  }

  #forget(ended: ProcessGroup): void {
    this.#processes.splice(this.#processes.indexOf(ended), 1);
  }

  #report(death: Death): void {
    if (!this.#isStopping) this.#reportDeath(death);
  }

  #carrierProgram({ port, authToken, pace }: CarrierChoice & { kind: "stand_in" }): Program {
    return {
      name: "the stand-in carrier",
      command: process.execPath,
      args: [join(ROOT, "test/carrier/main.ts")],
      env: { ...pace, CARRIER_PORT: String(port), CARRIER_AUTH_TOKEN: authToken },
      storesState: false,
    };
  }

  #runtimeProgram(stateDir: string, secrets: LocalSecrets): Program {
    const { settings } = this;
    const order: RuntimeOrder = {
      port: settings.port,
      stateDir,
      hosts: servedHosts(settings),
      carrierUrl: allowsPrivateUrls(settings) ? null : this.carrierUrl,
      variables: {
        ADMIN_TOKEN: secrets.adminToken,
        ENCRYPTION_KEY: secrets.encryptionKey,
        PUBLIC_BASE_URL: settings.publicBaseUrl,
        TWILIO_API_BASE_URL: this.carrierUrl,
        ...(settings.callCheckSeconds === null ? {} : { CALL_CHECK_SECONDS: settings.callCheckSeconds }),
        CARRIER_CONNECTIONS: settings.carrierConnections,
        ...settings.access,
        ...(settings.allowedPorts === null ? {} : { ALLOWED_PORTS: settings.allowedPorts }),
        ALLOW_PRIVATE_URLS: String(allowsPrivateUrls(settings)),
      },
    };
    return {
      name: "the runtime",
      command: process.execPath,
      args: [join(ROOT, "test/local/runtime.ts")],
      env: { RUNTIME_ORDER: JSON.stringify(order) },
      storesState: true,
    };
  }
}

type Program = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly storesState: boolean;
};

/** False if it runs without answering. If the program ended, the error says why. */
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

/** One directory after the other: where none can be made, as in `/proc`, Node's own way to make all of them never ends. */
async function makeDir(path: string): Promise<void> {
  if (existsSync(path)) return;
  await makeDir(dirname(path));
  await mkdir(path, { mode: 0o700 }).catch((error) => {
    if (!existsSync(path)) throw error;
  });
}

async function makeStateDir(stateDir: string): Promise<void> {
  try {
    await makeDir(resolve(stateDir));
    // A file is in the way.
    await mkdir(resolve(stateDir), { recursive: true });
    // An existing directory may be open to others.
    await chmod(stateDir, 0o700);
    await access(stateDir, constants.W_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartFailure(
      `The state cannot be stored in ${stateDir} (${why}). Name a directory of your own in STATE_DIR.`,
    );
  }
}
