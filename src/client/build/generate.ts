/**
 * Generates the client's types and its list of operations, as text, from the operations and the OpenAPI document. So
 * the client's types follow from the schemas that the service validates with. `npm run client:types` writes them to
 * `api.ts`.
 */

import { compile, type JSONSchema } from "json-schema-to-typescript";
import { buildDocument } from "../../api/openapi/document.ts";
import { queryParameters } from "../../api/openapi/json-schemas.ts";
import { namesInPath } from "../../api/openapi/parameters.ts";
import type { Operation } from "../../api/operation.ts";
import { OPERATIONS } from "../../api/operations/index.ts";

const HEADER =
  "/** Made by `npm run client:types` (`build/generate.ts`). A test fails where it is not up to date. */\n";
const REFERENCE = "#/components/schemas/";

const typeNameOf = (id: string): string => `${id.charAt(0).toUpperCase()}${id.slice(1)}`;
const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const FILES: readonly (string | undefined)[] = ["text/csv", "application/gzip"];
const isFile = ({ answer }: Operation): boolean => FILES.includes(answer.content?.mediaType);
const isPage = ({ answer, method }: Operation): boolean =>
  method === "GET" && answer.content?.name.endsWith("Page") === true;

function schemaOfQuery({ query }: Operation): JSONSchema | null {
  if (query === undefined) return null;
  const parameters = queryParameters(query);
  return {
    type: "object",
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema as JSONSchema])),
    required: parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name),
  };
}

type Names = { readonly enum?: readonly string[] };
/** If an object's names are listed, they become its properties. */
function withNames(_key: string, schema: JSONSchema & { readonly propertyNames?: Names }): unknown {
  const names = schema?.propertyNames?.enum;
  if (names === undefined) return schema;
  const { propertyNames, additionalProperties, ...rest } = schema;
  return { ...rest, properties: Object.fromEntries(names.map((name) => [name, additionalProperties])) };
}

/** A file is text in a schema, and a `Blob` when it is sent. */
function withFile(form: JSONSchema): JSONSchema {
  const { file, ...fields } = form.properties ?? {};
  return file === undefined ? form : { ...form, properties: { ...fields, file: { ...file, tsType: "Blob" } } };
}

/** A caller that passes an optional field on may pass `undefined`. */
function orUndefined(text: string): string {
  const depths: number[] = [];
  let depth = 0;
  return text.replace(/\/\*[\s\S]*?\*\/|"[^"]*"|\w+\?:|[[({]|[\])}]|;/g, (part) => {
    if (part.endsWith("?:")) depths.push(depth);
    else if (/^[[({]$/.test(part)) depth += 1;
    else if (/^[\])}]$/.test(part)) depth -= 1;
    else if (part === ";" && depths.at(-1) === depth) {
      depths.pop();
      return " | undefined;";
    }
    return part;
  });
}

async function typesOf(operations: readonly Operation[]): Promise<string> {
  const { schemas } = buildDocument(OPERATIONS).components;
  const forms = new Set(operations.map(({ form }) => form?.name));
  const queries = operations.flatMap((one) => {
    const query = schemaOfQuery(one);
    return query === null ? [] : [[`${typeNameOf(one.id)}Query`, query] as const];
  });
  const named = JSON.parse(JSON.stringify(schemas).replaceAll(REFERENCE, "#/$defs/"), withNames) as Record<
    string,
    JSONSchema
  >;
  const bodies = Object.entries(named).map(([name, schema]) => [name, forms.has(name) ? withFile(schema) : schema]);
  const $defs = Object.fromEntries([...bodies, ...queries]) as Record<string, JSONSchema>;
  const text = await compile({ $defs, title: "Root", type: "object" }, "Root", {
    additionalProperties: false,
    bannerComment: "",
    ignoreMinAndMaxItems: true,
    style: { printWidth: 120 },
    unreachableDefinitions: true,
  });
  return orUndefined(
    text
      .replace(/export interface Root \{\s*\}\n/, "")
      .replace(/\n? \* (This interface was referenced by|via the `definition`).*/g, "")
      .replace(/\/\*\*\n \*\/\n/g, "")
      .replace(/\/\*\*\n +\* (.*)\n +\*\//g, "/** $1 */"),
  );
}

function signatureOf(operation: Operation): string {
  const { id, path, summary, description, query, body, form, needsNoBody, repeats, answer } = operation;
  const queryType = `${typeNameOf(id)}Query`;
  const needsQuery = (schemaOfQuery(operation)?.required as string[] | undefined)?.length;
  const bodyType = [body, form].flatMap((one) => (one === undefined ? [] : [one.name])).join(" | ");
  const given = [
    ...namesInPath(path).map((name) => `${camel(name)}: string`),
    ...(body === undefined ? [] : [`body${needsNoBody ? "?" : ""}: ${bodyType}`]),
    ...(query === undefined ? [] : [`query${needsQuery ? "" : "?"}: ${queryType}`]),
    `options?: ${repeats === undefined ? "Options" : "KeyedOptions"}`,
  ];
  const gives = answer.content === null ? "null" : answer.content.name;
  const result = isFile(operation)
    ? "Promise<ReadableStream<Uint8Array>>"
    : isPage(operation)
      ? `Listing<${gives}>`
      : `Promise<${gives}>`;
  const words = `${summary}.${description === undefined ? "" : ` ${description}`}`;
  return `  /** ${words} */\n  ${id}(${given.join(", ")}): ${result};`;
}

/** Which requests are sent again if no answer came, or one that allows a repeat. */
function againOf({ method, repeats }: Operation): "always" | "with a key" | "never" {
  if (method === "DELETE") return "never";
  if (method !== "POST" || repeats === undefined || (repeats.isHarmless && repeats.hasSecret)) return "always";
  // A service without an encryption key accepts no idempotency key for an answer with a secret.
  return repeats.hasSecret ? "never" : "with a key";
}

function entryOf(operation: Operation): string {
  const { id, method, path, query, body } = operation;
  const takes = body !== undefined ? "body" : query !== undefined ? "query" : null;
  const gives = isFile(operation) ? "file" : isPage(operation) ? "page" : "json";
  return `  ${id}: ${JSON.stringify({ method, path, takes, gives, again: againOf(operation) })},`;
}

const partOf = (name: string, table: string, operations: readonly Operation[]): string =>
  [
    `export interface ${name} {\n${operations.map(signatureOf).join("\n")}\n}`,
    `export const ${table} = {\n${operations.map(entryOf).join("\n")}\n} as const;`,
  ].join("\n\n");

export async function clientApi(): Promise<string> {
  const client = OPERATIONS.filter(({ audience }) => audience === "client");
  const operator = OPERATIONS.filter(({ audience }) => audience === "operator");
  return [
    `${HEADER}\nimport type { KeyedOptions, Listing, Options } from "./method.ts";\n`,
    await typesOf([...client, ...operator]),
    partOf("ClientOperations", "CLIENT_OPERATIONS", client),
    partOf("OperatorOperations", "OPERATOR_OPERATIONS", operator),
    "",
  ].join("\n");
}
