/**
 * Assistants' MCP tools: the operations that declare one. Each tool is a request to the public API with the caller's
 * key. So authorization, validation and answers are those of any other client.
 */

import { z } from "zod";
import { inputOf, type JsonSchema } from "../openapi/json-schemas.ts";
import { namesInPath, pathParameter } from "../openapi/parameters.ts";
import type { Operation } from "../operation.ts";
import type { ApiAnswer, Arguments, CallApi, Tool } from "./tool.ts";

/** `isError`: the assistant reads the reason and may try again. */
export type ToolResult = { readonly text: string; readonly isError: boolean };
export type ToolOperation = Operation & { readonly tool: Tool };

export const toolsAmong = (operations: readonly Operation[]): ToolOperation[] =>
  operations.filter((one): one is ToolOperation => one.tool !== undefined);

/** `createBatch` becomes `create_batch`. */
export const nameOf = ({ id }: Operation): string => id.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const isReadOnly = ({ tool }: ToolOperation): boolean => tool.concerns === undefined;

const people = z
  .int()
  .min(0)
  .describe("How many people this will call. If the number is not exactly right, no one is called.");
const idempotencyKey = z.string().describe("A repeat with the same key does nothing a second time.");

/** The tool's arguments: those of the path, the query and the body, side by side. */
export function inputSchemaOf({ path, query, body, repeats, tool }: ToolOperation): JsonSchema {
  const inPath = namesInPath(path);
  const sent = [query, body?.schema].flatMap((schema) => (schema === undefined ? [] : [inputOf(schema)]));
  return {
    type: "object",
    properties: {
      ...Object.fromEntries(inPath.map((name) => [name, pathParameter(name).schema])),
      ...Object.assign({}, ...sent.map(({ properties }) => properties)),
      ...(tool.isConfirmed ? { people: inputOf(people) } : {}),
      ...(repeats === undefined ? {} : { idempotency_key: inputOf(idempotencyKey) }),
    },
    required: [...inPath, ...sent.flatMap(({ required = [] }) => required), ...(tool.isConfirmed ? ["people"] : [])],
  };
}

export async function use(operation: ToolOperation, given: Arguments, callApi: CallApi): Promise<ToolResult> {
  const { people: said, idempotency_key: key, ...rest } = given;
  const { tool } = operation;
  const wrong = namesInPath(operation.path).find((name) => typeof rest[name] !== "string");
  if (wrong !== undefined) {
    return { text: `${wrong}: ${rest[wrong] === undefined ? "is required" : "must be a string"}`, isError: true };
  }
  const concerned = await tool.concerns?.(rest, callApi);
  if (typeof concerned === "object") return shown(concerned);
  const fate = concerned === undefined ? "" : `${concerned === 1 ? "1 person" : `${concerned} people`} ${tool.fate}.`;
  if (tool.isConfirmed && said !== concerned) {
    const claim = typeof said === "number" ? `says ${said}` : said === undefined ? "is missing" : "is not a number";
    return {
      text: `No one was called. With this request ${fate} The argument people ${claim}: ask the user, and send the right number.`,
      isError: true,
    };
  }
  const answer = await callApi(
    ...requestOf(operation, rest),
    key === undefined ? {} : { "idempotency-key": String(key) },
  );
  if (answer.status >= 400) return shown(answer);
  const told = shown(tool.digest === undefined ? answer : { ...answer, body: tool.digest(answer.body) });
  return fate === "" ? told : { ...told, text: `${fate}\n${told.text}` };
}

function requestOf({ method, path, body }: Operation, given: Arguments): [method: string, path: string, body: unknown] {
  const inPath = namesInPath(path);
  const fields = Object.entries(given).filter(([name, value]) => !inPath.includes(name) && value !== undefined);
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(given[name])));
  if (body !== undefined) return [method, filled, Object.fromEntries(fields)];
  const query = new URLSearchParams(fields.map(([name, value]) => [name, String(value)]));
  return [method, `${filled}?${query}`, undefined];
}

const shown = ({ status, body }: ApiAnswer): ToolResult => ({
  text: JSON.stringify(body, null, 2),
  isError: status >= 400,
});
