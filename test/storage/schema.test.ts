/** The schema that is committed for people to read is the one that the migrations make. */

import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { SCHEMAS, schemaText, urlOf } from "./schema.ts";

it.each(SCHEMAS)("%s says what its migrations make", async (file, steps) => {
  // Where it does not: npm run schema
  expect(await readFile(urlOf(file), "utf8")).toBe(await schemaText(file, steps));
});
