/** What `npm run client:types` makes is up to date: the list of operations, and what the client knows of the API. */

import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { clientApi } from "../../src/client/build/generate.ts";
import { LIST, operationsList } from "../../src/client/build/operations.ts";

it("the client's types and operations are up to date", async () => {
  const kept = await readFile(new URL("../../src/client/api.ts", import.meta.url), "utf8");
  // Where it is not: npm run client:types
  expect(kept === (await clientApi())).toBe(true);
});

it("every file of an operation is in the list", async () => {
  expect(await readFile(LIST, "utf8")).toBe(await operationsList());
});
