/** An answer is made once: the headers of every answer are added to it, and make no new one. */

import { afterEach, expect, it, vi } from "vitest";
import { serve } from "../../src/api/app.ts";
import type { Bindings } from "../../src/env.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const CTX = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} } as unknown as ExecutionContext;
const ENV = { ENCRYPTION_KEY: "a key of this test" } as unknown as Bindings;

it.each([
  ["a callback that is forged", "POST", "/callbacks/twilio/ac_1/token", 403],
  ["an unknown path", "GET", "/nowhere", 404],
])("%s", async (_, method, path, status) => {
  let made = 0;
  vi.stubGlobal(
    "Response",
    class extends Response {
      constructor(...init: ConstructorParameters<typeof Response>) {
        super(...init);
        made += 1;
      }
    },
  );
  const answer = await serve(new Request(`https://calls.example.com${path}`, { method }), ENV, CTX);
  expect([answer.status, made]).toEqual([status, 1]);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
});
