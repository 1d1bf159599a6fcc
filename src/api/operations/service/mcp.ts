import { z } from "zod";
import { withoutKey } from "../../body/idempotency.ts";
import { serveMcp } from "../../mcp/serve.ts";
import { toolsAmong } from "../../mcp/tools.ts";
import { content, ok, operation } from "../../operation.ts";

const message = z.looseObject({ jsonrpc: z.literal("2.0"), id: z.union([z.string(), z.int()]).optional() });

export const mcp = operation({
  method: "POST",
  path: "/mcp",
  audience: "protocol_client",
  // Its tools are requests of their own.
  role: "viewer",
  audit: null,
  id: "serveMcp",
  tag: "Assistants",
  summary: "Model Context Protocol",
  description: "Streamable HTTP without sessions. Tools list agents, numbers and batches, and run a campaign.",
  body: content("McpRequest", message.extend({ method: z.string() }), {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/list",
  }),
  readsBody: true,
  answer: ok(
    "The answer to the message.",
    content("McpAnswer", message, { jsonrpc: "2.0", id: 1, result: { tools: [] } }),
  ),
  handle: withoutKey((c) => serveMcp(c, toolsAmong(c.get("operations"))), "give the tool an idempotency_key"),
});
