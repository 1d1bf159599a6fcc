import { execFileSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { LongFirst } from "./test/support/long-first.ts";

/**
 * What tests do to the service on purpose, a crash and a connection that the carrier resets. Between two objects the
 * platform can see a rejection before whoever waits for it does, on a busy machine; what follows from it the tests judge.
 */
const ON_PURPOSE = ["crashed here, as the test asked", "Network connection lost."];

/** Each state of `src/` draws other cases, and the same ones on every machine: what fails in CI fails again here. */
function seedOfSource(): number | null {
  try {
    const tree = execFileSync("git", ["rev-parse", "HEAD:src"], { stdio: ["ignore", "pipe", "ignore"] });
    return Number.parseInt(tree.toString().slice(0, 7), 16);
  } catch {
    return null;
  }
}

/** The Worker's packages. A runtime asks for each of their files; bundled once, there is one file of each package. */
const PACKAGES = [
  "@hono/zod-validator",
  "@modelcontextprotocol/sdk/server/index.js",
  "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js",
  "@modelcontextprotocol/sdk/types.js",
  "fast-sha256",
  "fflate",
  "hono",
  "hono/cors",
  "hono/etag",
  "hono/factory",
  "hono/http-exception",
  "hono/jwt",
  "jose",
  "libphonenumber-js/core",
  "libphonenumber-js/max",
  "libphonenumber-js/max/metadata",
  "libphonenumber-js/min/metadata",
  "modern-tar",
  "saxen",
  "standardwebhooks",
  "zod",
];

/** A busy machine may take longer than vitest's one second. */
const PATIENT = { poll: { timeout: 60_000 } };

/** What a run tries of many equal cases (`test/support/drawn.ts`). */
const DRAWN = {
  seed: Number(process.env.TEST_SEED ?? seedOfSource() ?? randomInt(2 ** 28)),
  triesAll: process.env.TEST_ALL === "1",
  times: Number(process.env.TEST_TIMES ?? 1),
};

/**
 * Four kinds of tests, told apart by their file names.
 * - `*.test.ts`: pure functions and Node programs (the stand-in carrier), in Node.
 * - `*.workerd.test.ts`: the Worker and its Durable Objects in workerd, with the stand-in carrier over real HTTP.
 * - `*.service.test.ts`: the whole service as a user starts it, from outside.
 * - `*.browser.test.ts`: the same, through its dashboard in the system's Chromium.
 */
export default defineConfig({
  test: {
    // Most tests here wait more than they work: five of them keep two cores busy.
    maxWorkers: 3 + availableParallelism(),
    sequence: { sequencer: LongFirst },
    onUnhandledError: ({ message }) => !ON_PURPOSE.includes(message ?? ""),
    projects: [
      {
        test: {
          name: "pure",
          provide: DRAWN,
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.{workerd,service,browser}.test.ts", "**/node_modules/**"],
          // Thousands of random cases take some seconds, and many on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              // Of the jurisdictions, one has a bucket.
              r2Buckets: { ARCHIVE: "archive", ARCHIVE_EU: "archive-eu" },
              bindings: {
                ADMIN_TOKEN: "admin_test",
                ENCRYPTION_KEY: "an encryption key for tests",
                ENCRYPTION_KEYS_OLD: JSON.stringify(["the key before it", "the first key"]),
                TWILIO_API_BASE_URL: inject("carrierUrl"),
                CARRIER_BASE_URLS: JSON.stringify(inject("carrierUrls")),
              },
            },
          })),
        ],
        // As whoever has installed it.
        resolve: { alias: { "callbatch/client": fileURLToPath(new URL("src/client/client.ts", import.meta.url)) } },
        test: {
          name: "workerd",
          provide: DRAWN,
          // The product's modules load once for each worker and not once for each file.
          isolate: false,
          deps: { optimizer: { ssr: { enabled: true, include: PACKAGES } } },
          include: ["test/**/*.workerd.test.ts"],
          setupFiles: ["test/support/leave-nothing.ts"],
          globalSetup: ["built", "carrier-process", "receiver-process", "access-team"].map(
            (name) => `test/support/${name}.ts`,
          ),
          testTimeout: 120_000,
          expect: PATIENT,
          hookTimeout: 120_000,
          maxConcurrency: 16,
        },
      },
      {
        test: {
          name: "service",
          provide: DRAWN,
          include: ["test/**/*.service.test.ts"],
          globalSetup: ["built", "shared-service"].map((name) => `test/support/${name}.ts`),
          testTimeout: 180_000,
          expect: PATIENT,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "browser",
          provide: DRAWN,
          include: ["test/**/*.browser.test.ts"],
          globalSetup: ["built", "shared-service"].map((name) => `test/support/${name}.ts`),
          testTimeout: 120_000,
          expect: PATIENT,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
