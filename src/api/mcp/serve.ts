/**
 * `POST /mcp`: the Model Context Protocol over streamable HTTP (MCP specification, "Transports"). Without sessions:
 * each request is complete in itself, so there is no state to keep or lose. Uses the official SDK.
 */

import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from "@modelcontextprotocol/sdk/types.js";
import { MAX_MCP_BODY_BYTES } from "../../calling/requests/limits.ts";
import { bytesOf, tooLarge } from "../body/body.ts";
import type { ApiContext } from "../context.ts";
import { respondWith } from "../envelope.ts";
import { SERVED_VERSIONS } from "../guards/served-versions.ts";
import { markPart } from "../limits/body-room.ts";
import type { CallApi } from "./tool.ts";
import { inputSchemaOf, isReadOnly, nameOf, type ToolOperation, use } from "./tools.ts";

const INSTRUCTIONS =
  "callbatch makes real phone calls. Before create_batch and retry_batch, tell the user how many people will be called and ask for confirmation.";

function serverFor(tools: readonly ToolOperation[], callApi: CallApi): Server {
  const server = new Server(
    { name: "callbatch", version: "1" },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(described) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const operation = tools.find((one) => nameOf(one) === params.name);
    if (operation === undefined) throw new McpError(ErrorCode.InvalidParams, `there is no tool ${params.name}`);
    const { text, isError } = await use(operation, params.arguments ?? {}, callApi);
    return { content: [{ type: "text", text }], isError };
  });
  return server;
}

function described(operation: ToolOperation) {
  const { title, description } = operation.tool;
  const readOnlyHint = isReadOnly(operation);
  const annotations = { title, readOnlyHint, destructiveHint: !readOnlyHint, openWorldHint: !readOnlyHint };
  const inputSchema = inputSchemaOf(operation) as { type: "object" };
  return { name: nameOf(operation), title, description, inputSchema, annotations };
}

/** Calls the API with the caller's own key, from either header. */
const callerOf =
  (c: ApiContext): CallApi =>
  async (method, path, body, headers = {}) => {
    const key = c.req.header("x-api-key");
    const authorization = c.req.header("authorization");
    const request = new Request(new URL(path, c.req.url), {
      method,
      headers: {
        ...(key === undefined ? {} : { "x-api-key": key }),
        ...(authorization === undefined ? {} : { authorization }),
        "cartesia-version": SERVED_VERSIONS[SERVED_VERSIONS.length - 1] ?? "",
        "content-type": "application/json",
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    markPart(request);
    const response = await c.get("api")(request);
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  };

export async function serveMcp(c: ApiContext, tools: readonly ToolOperation[]): Promise<Response> {
  const server = serverFor(tools, callerOf(c));
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  const body = await bytesOf(c, MAX_MCP_BODY_BYTES);
  if (body === null) return respondWith(c, tooLarge(MAX_MCP_BODY_BYTES));
  const { url, method, headers } = c.req.raw;
  return transport.handleRequest(new Request(url, { method, headers, body }));
}
