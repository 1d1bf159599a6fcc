/** No message about a bad field is Zod's own: it names types, and not what to change. */

import { expect, it } from "vitest";
import { z } from "zod";
import { OPERATIONS } from "../../src/api/operations/index.ts";

const WRONG = [undefined, null, 5, true, "", "x", [], [null], {}, [{}], { a: 1 }];
/** What carriers and MCP clients send, and a body that is checked again by the schema of the provider's own type. */
const BY_OTHERS: ReadonlySet<string> = new Set(["receiveStatus", "receiveEvent", "serveMcp", "changeProvider"]);
const ZODS_OWN = /^(Invalid|Too|Unrecognized)\b/;

/** The names of the fields, also where a schema is one of several. */
function fieldsOf(schema: z.ZodType): readonly string[] {
  const { properties, anyOf, oneOf, allOf } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const parts = [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])];
  return [properties, ...parts.map((part) => (typeof part === "object" ? part.properties : undefined))].flatMap(
    (fields) => Object.keys(fields ?? {}),
  );
}

const messages = (schema: z.ZodType, value: unknown): readonly string[] =>
  (schema.safeParse(value).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);

it("says in our own words what is wrong with each field of each body", () => {
  const bodies = OPERATIONS.flatMap(({ id, body }) =>
    body === undefined || BY_OTHERS.has(id) ? [] : [[id, body.schema] as const],
  );
  const fields = bodies.flatMap(([id, schema]) => fieldsOf(schema).map((field) => [id, schema, field] as const));
  expect(fields.length).toBeGreaterThan(80);
  const own = fields.flatMap(([id, schema, field]) =>
    WRONG.flatMap((value) => messages(schema, { [field]: value }))
      .filter((message) => ZODS_OWN.test(message.slice(message.indexOf(": ") + 2)))
      .map((message) => `${id}: ${message}`),
  );
  expect([...new Set(own)]).toEqual([]);
});

it("says in our own words what is missing in each query", () => {
  const queries = OPERATIONS.flatMap(({ id, query }) => (query === undefined ? [] : [[id, query] as const]));
  const own = queries.flatMap(([id, query]) =>
    messages(query, {})
      .filter((message) => ZODS_OWN.test(message.slice(message.indexOf(": ") + 2)))
      .map((message) => `${id}: ${message}`),
  );
  expect(own).toEqual([]);
});
