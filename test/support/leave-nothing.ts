/** Files of tests share a runtime: what one of them has stored or left running counts in no other. */

import { reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll } from "vitest";
import { directoryOf } from "../../src/api/guards/directories.ts";

afterAll(async () => {
  const secret = await directoryOf(env).signingSecret();
  await reset();
  // The Worker goes on, and remembers what it signs keys with.
  await directoryOf(env).signingSecret();
  await runInDurableObject(directoryOf(env), (_, { storage }) => {
    storage.sql.exec("UPDATE key_signing SET secret = ?", secret);
  });
});
