/** `npm run demo -- --once`, with the carrier's own pace. */

import { afterAll, describe, expect, it } from "vitest";
import { Cleanup, Command, isolated } from "./support.ts";

/** Only ends a test that fails. */
const GIVES_UP_MS = 170_000;
const cleanup = new Cleanup();
afterAll(() => cleanup.run());

async function withCarriersPace(): Promise<Record<string, string>> {
  const { CARRIER_RING_MS: _ring, CARRIER_TALK_MS: _talk, ...env } = await isolated(cleanup);
  return env;
}

/** Its calls take their time, so the two whole ones run at once. */
describe.concurrent("npm run demo", () => {
  it("calls 200 recipients and exits with status 0 when everybody ended as expected", async () => {
    const command = new Command("demo", ["--once"], await withCarriersPace(), cleanup);
    const exitCode = await command.exitCode;
    expect(command.output).toContain("200/200 finished");
    expect(command.output).toContain("Every recipient reached the status its destination calls for.");
    expect(command.output).not.toContain("UNEXPECTED");
    expect(exitCode).toBe(0);
  });

  it("stays up after the batch without --once, and ends on Ctrl-C", async () => {
    const command = new Command("demo", [], await isolated(cleanup), cleanup);
    await command.prints("Still up.", GIVES_UP_MS);
    command.signal("SIGINT");
    expect(await command.exitCode).toBe(0);
  });
});

describe("npm run demo", () => {
  it("fails when it is interrupted before the end it was to wait for", async () => {
    const command = new Command("demo", ["--once"], await isolated(cleanup), cleanup);
    await command.prints("Batch acb_");
    command.signal("SIGINT");
    expect(await command.exitCode).toBe(130);
  });

  it("dials nobody but the stand-in carrier", async () => {
    const env = await isolated(cleanup);
    // A carrier's address at which something answers that is no stand-in: the service itself.
    const command = new Command(
      "demo",
      ["--once"],
      { ...env, TWILIO_API_BASE_URL: `http://127.0.0.1:${env.PORT}` },
      cleanup,
    );
    expect(await command.exitCode).toBe(1);
    expect(command.output).toContain("The demo dials the stand-in carrier only");
  });

  it("explains itself", async () => {
    const command = new Command("demo", ["--help"], {}, cleanup);
    expect(await command.exitCode).toBe(0);
    expect(command.output).toContain("--once");
  });
});
