/** What the client knows of the API is what the API says of itself. */

import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { clientApi } from "../../src/client/build/generate.ts";

it("the client's types and operations are up to date", async () => {
  const kept = await readFile(new URL("../../src/client/api.ts", import.meta.url), "utf8");
  // Where it is not: npm run client:types
  expect(kept === (await clientApi())).toBe(true);
});
