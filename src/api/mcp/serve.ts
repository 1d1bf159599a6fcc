/**
 * `POST /mcp`: the Model Context Protocol over streamable HTTP (MCP specification, "Transports"), without sessions: every
 * request stands alone, so there is nothing to keep and nothing to lose. By the official SDK.
 */

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { MAX_MCP_BODY_BYTES } from "../../calling/requests/limits.ts";
import { bytesOf, tooLarge } from "../body.ts";
import { markPart } from "../body-room.ts";
import type { ApiContext } from "../context.ts";
import { respondWith } from "../envelope.ts";
import { SERVED_VERSIONS } from "../served-versions.ts";
import { type CallApi, TOOLS } from "./tools.ts";

/** The API itself, as a client would reach it. */
export type Api = (request: Request, c: ApiContext) => Promise<Response> | Response;

const INSTRUCTIONS =
  "callbatch makes real phone calls. Before create_batch and retry_batch tell the user how many people will be called and have it confirmed.";

function serverFor(callApi: CallApi): McpServer {
  const server = new McpServer({ name: "callbatch", version: "1" }, { instructions: INSTRUCTIONS });
  for (const { name, title, description, input, isReadOnly, run } of TOOLS) {
    const annotations = { title, readOnlyHint: isReadOnly, destructiveHint: !isReadOnly, openWorldHint: !isReadOnly };
    server.registerTool(name, { title, description, inputSchema: input, annotations }, async (given) => {
      const { text, isError } = await run(callApi, given);
      return { content: [{ type: "text", text }], isError };
    });
  }
  return server;
}

/** Under the caller's own key, whichever header it came in. */
const callerOf =
  (c: ApiContext, api: Api): CallApi =>
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
    const response = await api(request, c);
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  };

export const serveMcp =
  (api: Api) =>
  async (c: ApiContext): Promise<Response> => {
    const server = serverFor(callerOf(c, api));
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await server.connect(transport);
    const body = await bytesOf(c, MAX_MCP_BODY_BYTES);
    if (body === null) return respondWith(c, tooLarge(MAX_MCP_BODY_BYTES));
    const { url, method, headers } = c.req.raw;
    return transport.handleRequest(new Request(url, { method, headers, body }));
  };
