import { z } from "zod";
import { buildDocument } from "../../openapi/document.ts";
import { content, ok, operation } from "../../operation.ts";

/** Built on the first request, then kept for as long as the isolate lives. */
let text: string | null = null;

export const getOpenApi = operation({
  method: "GET",
  path: "/openapi.json",
  audience: "anybody",
  id: "getOpenApi",
  tag: "Service",
  summary: "Read this document",
  answer: ok(
    "This document.",
    content("OpenApi", z.looseObject({ openapi: z.literal("3.1.0") }), { openapi: "3.1.0" }),
  ),
  handle: (c) => {
    text ??= JSON.stringify(buildDocument(c.get("operations")));
    return c.body(text, 200, { "content-type": "application/json", "cache-control": "no-cache" });
  },
});
