/** The document says what the routes are and what the schemas check. */

import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../../src/api/answers/parts/common.ts";
import { buildDocument } from "../../src/api/openapi/document.ts";
import { namesInPath } from "../../src/api/openapi/parameters.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import {
  MAX_CALL_DURATION_MINUTES,
  MAX_IDEMPOTENCY_KEY_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_RECIPIENTS,
  PAGE_LIMIT,
  RINGING_TIMEOUT_SECONDS,
} from "../../src/calling/requests/limits.ts";

type Node = { readonly [key: string]: Node };
const document = buildDocument(OPERATIONS);
const text = JSON.stringify(document);
/** As it is served. */
const served = JSON.parse(text) as Node;
/** What lies at a path of keys. */
const at = (...keys: readonly string[]): unknown => keys.reduce<Node | undefined>((node, key) => node?.[key], served);
const schema = (name: string, ...keys: readonly string[]) => at("components", "schemas", name, ...keys);

describe("operations", () => {
  it("have a path and a method of their own each", () => {
    const routes = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(routes).size).toBe(routes.length);
    expect(routes.length).toBeGreaterThan(60);
  });

  it("have an id of their own each, and all are in the document", () => {
    const ids = OPERATIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const described = Object.values(document.paths).flatMap((path) => Object.values(path) as { operationId: string }[]);
    expect(described.map(({ operationId }) => operationId).sort()).toEqual(ids.sort());
  });

  it.each(OPERATIONS.map((operation) => [operation.id, operation] as const))(
    "%s: every part of its path is described",
    (_, { method, path }) => {
      const template = path.replace(/:(\w+)/g, "{$1}");
      const parameters = (at("paths", template, method.toLowerCase(), "parameters") ?? []) as {
        in?: string;
        name?: string;
        description?: string;
      }[];
      const inPath = parameters.filter((parameter) => parameter.in === "path");
      expect(inPath.map(({ name }) => name)).toEqual(namesInPath(path));
      for (const { description } of inPath) expect(description).toMatch(/\w{3}/);
    },
  );
});

describe("a generator of clients finds", () => {
  /** Each place in the document, with what stands there. */
  function* places(node: unknown, path = ""): Generator<readonly [string, Record<string, unknown>]> {
    if (typeof node !== "object" || node === null) return;
    if (!Array.isArray(node)) yield [path, node as Record<string, unknown>];
    for (const [key, one] of Object.entries(node)) yield* places(one, `${path}/${key}`);
  }
  const all = [...places(at("components"))];

  it("a name for each object in a union, each name once", () => {
    const inUnion = all.filter(([path]) => /\/(oneOf|anyOf)\/\d+$/.test(path));
    expect(inUnion.length).toBeGreaterThan(40);
    expect(
      inUnion.filter(([, one]) => "properties" in one || "oneOf" in one || "anyOf" in one).map(([path]) => path),
    ).toEqual([]);
  });

  it("a schema behind each reference", () => {
    const references = [...places(served)].flatMap(([, { $ref }]) => (typeof $ref === "string" ? [$ref] : []));
    expect(references.filter((reference) => at(...reference.split("/").slice(1)) === undefined)).toEqual([]);
  });

  it("headers that are plain strings", () => {
    const headers = all.flatMap(([, one]) => (one.in === "header" && "schema" in one ? [one.schema] : []));
    expect(headers.length).toBeGreaterThan(1);
    for (const header of headers) expect(header).not.toHaveProperty("format");
  });
});

describe("examples", () => {
  const bodies = OPERATIONS.flatMap(({ id, body, form }) =>
    [body, form].filter((one) => one !== undefined).map((one) => [id, one] as const),
  );
  it.each(bodies)("%s takes its example", (_, { schema, example }) => {
    expect(schema.safeParse(example).error).toBeUndefined();
  });

  const answers = OPERATIONS.flatMap(({ id, answer }) =>
    answer.content === null ? [] : [[id, answer.content] as const],
  );
  it.each(answers)("%s answers with all of its example, and nothing else", (_, { schema, example }) => {
    expect(schema.parse(example)).toEqual(example);
  });
});

describe("limits are those of the code", () => {
  it("of a new batch", () => {
    expect(schema("CreateBatch", "required")).toEqual(["name", "agent_id", "from_number_id", "recipients"]);
    expect(schema("CreateBatch", "properties", "name")).toEqual({
      type: "string",
      minLength: 1,
      maxLength: MAX_NAME_CHARACTERS,
    });
    expect(schema("CreateBatch", "properties", "recipients")).toEqual({
      type: "array",
      minItems: 1,
      maxItems: MAX_RECIPIENTS,
      items: { $ref: "#/components/schemas/NewRecipient" },
    });
    const { least, most } = RINGING_TIMEOUT_SECONDS;
    expect(schema("CreateBatch", "properties", "ringing_timeout_seconds", "anyOf")).toEqual([
      { type: "integer", minimum: least, maximum: most },
      { type: "null" },
    ]);
    expect(schema("CreateBatch", "properties", "max_call_duration_minutes", "anyOf", "0", "maximum")).toBe(
      MAX_CALL_DURATION_MINUTES.most,
    );
    expect(schema("CreateBatch", "properties", "scheduled_at", "anyOf", "0")).toMatchObject({ format: "date-time" });
    expect(schema("NewRecipient", "properties", "to_number")).toMatchObject({ pattern: "^\\+[1-9]\\d{1,14}$" });
  });

  it("of what closes itself to unknown fields, and of nothing else", () => {
    const closed = Object.entries(document.components.schemas).filter(
      ([, { additionalProperties }]) => additionalProperties === false,
    );
    expect(closed.map(([name]) => name).sort()).toEqual([
      "CircuitBreaker",
      "NewCallingWindow",
      "OrganizationCallingWindow",
      "RetryPolicy",
    ]);
  });

  it("of a page", () => {
    const parameters = at("paths", "/agents", "get", "parameters") as { name: string; schema: unknown }[];
    expect(parameters.find(({ name }) => name === "limit")?.schema).toEqual({
      type: "integer",
      minimum: PAGE_LIMIT.least,
      maximum: PAGE_LIMIT.most,
      default: PAGE_LIMIT.usual,
    });
  });

  it("of an idempotency key", () => {
    expect(at("components", "parameters", "IdempotencyKey", "schema", "maxLength")).toBe(
      MAX_IDEMPOTENCY_KEY_CHARACTERS,
    );
  });
});

describe("security", () => {
  it("is a client's key in either header, a person's token, an operator's token, or none", () => {
    const either = [{ apiKey: [] }, { bearerKey: [] }];
    expect(at("paths", "/agents", "get", "security")).toEqual([...either, { accessToken: [], organization: [] }]);
    expect(at("paths", "/mcp", "post", "security")).toEqual(either);
    expect(at("paths", "/admin/organizations", "get", "security")).toEqual([{ operatorToken: [] }]);
    expect(at("paths", "/healthz", "get", "security")).toEqual([]);
    expect(at("components", "securitySchemes", "apiKey")).toMatchObject({
      type: "apiKey",
      in: "header",
      name: "X-API-Key",
    });
  });
});

describe("errors", () => {
  it("have one form, with every code there is", () => {
    expect(schema("Error", "properties", "error_code", "enum")).toEqual(ERROR_CODES);
    expect(schema("Error", "required")).toEqual(["error_code", "title", "message", "request_id"]);
  });

  it("of a create are all that it can answer with", () => {
    const responses = at("paths", "/agents/calls/batches", "post", "responses") as object;
    expect(Object.keys(responses)).toEqual(["201", "400", "401", "402", "403", "404", "409", "413", "415", "default"]);
  });
});

it("every reference leads somewhere", () => {
  const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? "");
  expect(references.length).toBeGreaterThan(100);
  const lost = [...new Set(references)].filter((path) => at(...path.split("/")) === undefined);
  expect(lost).toEqual([]);
});
