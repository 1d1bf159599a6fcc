import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canBeStrong } from "../../src/calling/secrets/secret-strength.ts";
import { DEMO_SECRETS, requireStrongSecrets, secretsFile, secretsFor } from "./secrets.ts";
import { type Environment, type LocalSettings, settingsFrom } from "./settings.ts";

let stateDir = "";
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "callbatch-secrets-"));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

const settings = (env: Environment): LocalSettings => settingsFrom({ STATE_DIR: stateDir, ...env });
const PUBLIC = { PUBLIC_BASE_URL: "https://calls.example.com" };
const STRONG = "0123456789abcdef0123456789abcdef";

describe("while all is on loopback", () => {
  it("the secrets are those of the quickstart, and nothing is written", () => {
    expect(secretsFor(settings({}))).toEqual({ made: false, secrets: DEMO_SECRETS });
    expect(() => statSync(secretsFile(stateDir))).toThrow("ENOENT");
  });

  it("any token will do", () => {
    expect(() => requireStrongSecrets(settings({ ADMIN_TOKEN: "x" }))).not.toThrow();
    expect(secretsFor(settings({ ADMIN_TOKEN: "x" })).secrets.adminToken).toBe("x");
  });
});

describe.each([PUBLIC, { TWILIO_API_BASE_URL: "https://api.twilio.com" }])("with %j", (env) => {
  it("the secrets are random, different in each directory, the owner's alone, and the same ever after", () => {
    const first = secretsFor(settings(env));
    expect(first.made).toBe(true);
    for (const secret of Object.values(first.secrets)) expect(secret).toMatch(/^(sk_demo_)?[0-9a-f]{64}$/);
    expect(new Set(Object.values(first.secrets)).size).toBe(3);
    expect(statSync(secretsFile(stateDir)).mode & 0o777).toBe(0o600);
    expect(secretsFor(settings(env))).toEqual({ ...first, made: false });
    const other = mkdtempSync(join(tmpdir(), "callbatch-secrets-"));
    expect(secretsFor(settings({ ...env, STATE_DIR: other })).secrets.adminToken).not.toBe(first.secrets.adminToken);
    rmSync(other, { recursive: true });
    // Back on loopback the directory keeps its own.
    expect(secretsFor(settings({})).secrets).toEqual(first.secrets);
  });

  it.each(["admin_localhost", "short", "a".repeat(64), "0123456789".repeat(3), "password-password-password"])(
    "the token %s is refused",
    (secret) => {
      expect(() => requireStrongSecrets(settings({ ...env, ADMIN_TOKEN: secret }))).toThrow(
        "ADMIN_TOKEN can be guessed",
      );
      expect(() => requireStrongSecrets(settings({ ...env, ENCRYPTION_KEY: secret }))).toThrow(
        "ENCRYPTION_KEY can be guessed",
      );
    },
  );

  it("a strong token is taken", () => {
    const given = settings({ ...env, ADMIN_TOKEN: STRONG });
    expect(() => requireStrongSecrets(given)).not.toThrow();
    expect(secretsFor(given).secrets.adminToken).toBe(STRONG);
  });

  it("state that was made with the demo's key is refused", () => {
    mkdirSync(join(stateDir, "v3"));
    expect(() => secretsFor(settings(env))).toThrow("was made with the demo's key");
    expect(() => statSync(secretsFile(stateDir))).toThrow("ENOENT");
  });

  it("secrets that cannot be read are not replaced", () => {
    writeFileSync(secretsFile(stateDir), "{");
    expect(() => secretsFor(settings(env))).toThrow("cannot be read");
    expect(readFileSync(secretsFile(stateDir), "utf8")).toBe("{");
  });
});

describe("the strength of a secret", () => {
  it.each([
    [STRONG, true],
    [STRONG.slice(1), false],
    ["f47ac10b-58cc-4372-a567-0e02b2c3d479", true],
    ["AbCdEfGhIjKlMnOpQrStUv", true],
    ["AbCdEfGhIjKlMnOpQrStU", false],
    ["abcdefghijklmnopqrstuvwxy", true],
    ["abcdefghijklmnopqrstuvwx", false],
    ["38572910473829104738291047382910473829", false],
    ["385729104738291047382910473829104738291", true],
    ["", false],
  ])("of %j is enough: %s", (secret, enough) => {
    expect(canBeStrong(secret)).toBe(enough);
  });
});
