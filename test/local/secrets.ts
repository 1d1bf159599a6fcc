/**
 * The secrets of a local run. While nothing leaves this machine they are those of the quickstart, so that its commands
 * can be pasted. As soon as others can reach the service, or it can reach people's phones, they are random. They are
 * made at the first start and kept in the state directory.
 */

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canBeStrong, SECRET_BITS } from "../../src/calling/secrets/secret-strength.ts";
import { isLoopbackOnly, type LocalSettings } from "./settings.ts";
import { StartFailure } from "./start-failure.ts";

export type LocalSecrets = {
  readonly adminToken: string;
  /** Seals providers' credentials, so it is the same in every run with one state directory. */
  readonly encryptionKey: string;
  /** The demo organization's. */
  readonly apiKey: string;
};

export const DEMO_SECRETS: LocalSecrets = {
  adminToken: "admin_localhost",
  encryptionKey: "for development on this machine only",
  apiKey: "sk_demo_localhost",
};

const FILE = "secrets.json";
/** Where the runtime keeps its objects (`runtime.ts`). */
const OBJECTS = "v3";

export const secretsFile = (stateDir: string): string => join(stateDir, FILE);

/** Throws if a variable has a secret that others could guess. */
export function requireStrongSecrets(settings: LocalSettings): void {
  if (isLoopbackOnly(settings)) return;
  const given = { ADMIN_TOKEN: settings.adminToken, ENCRYPTION_KEY: settings.encryptionKey };
  for (const [name, secret] of Object.entries(given)) {
    if (secret === null || canBeStrong(secret)) continue;
    throw new StartFailure(
      `${name} can be guessed, and this service can be reached from outside of this machine, or reaches real phones.\n` +
        `Give it ${SECRET_BITS} random bits (openssl rand -hex 16), or leave it out: a random one is made then.`,
    );
  }
}

/** `made`: they are new, and shown only now. Needs the directory's lock. */
export function secretsFor(settings: LocalSettings): { readonly secrets: LocalSecrets; readonly made: boolean } {
  const { stateDir, adminToken, encryptionKey } = settings;
  const stored = read(secretsFile(stateDir));
  const made = stored === null && !isLoopbackOnly(settings);
  const usual = made ? make(stateDir) : (stored ?? DEMO_SECRETS);
  return {
    made,
    secrets: {
      adminToken: adminToken ?? usual.adminToken,
      encryptionKey: encryptionKey ?? usual.encryptionKey,
      apiKey: usual.apiKey,
    },
  };
}

function read(file: string): LocalSecrets | null {
  if (!existsSync(file)) return null;
  try {
    const { adminToken, encryptionKey, apiKey } = JSON.parse(readFileSync(file, "utf8")) as Partial<LocalSecrets>;
    if (adminToken && encryptionKey && apiKey) return { adminToken, encryptionKey, apiKey };
  } catch {
    // Below.
  }
  throw new StartFailure(`The secrets in ${file} cannot be read. Put the file back, or choose another STATE_DIR.`);
}

function make(stateDir: string): LocalSecrets {
  if (existsSync(join(stateDir, OBJECTS))) {
    throw new StartFailure(
      `The state in ${stateDir} was made with the demo's key and token, which everybody knows. For a service that others\n` +
        "can reach, or that reaches real phones, choose an empty directory with STATE_DIR.",
    );
  }
  const random = (): string => randomBytes(32).toString("hex");
  const secrets: LocalSecrets = { adminToken: random(), encryptionKey: random(), apiKey: `sk_demo_${random()}` };
  const file = secretsFile(stateDir);
  // Written completely or not at all, even if the machine stops here.
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}
