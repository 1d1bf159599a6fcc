/** Decompresses a body while it is read, so that the limits apply to the decompressed bytes. */

import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import type { ApiEnv } from "../context.ts";
import { type ApiError, respondWith } from "../envelope.ts";

const OTHER_ENCODING: ApiError = {
  code: "unsupported_media_type",
  message: "send the body uncompressed, or with Content-Encoding: gzip",
};
/** `app.ts` answers a 400 with this: nothing else throws one. */
export const NOT_PACKED: ApiError = {
  code: "invalid_json",
  message: "the body is not gzip, though its Content-Encoding says so, or it is cut off",
};

function unpacked(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.pipeThrough(new DecompressionStream("gzip")).getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read().catch(() => {
        throw new HTTPException(400);
      });
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

export const unpackBody = createMiddleware<ApiEnv>(async (c, next) => {
  const encoding = c.req.header("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity" || encoding === "") return next();
  if (encoding !== "gzip") return respondWith(c, OTHER_ENCODING);
  const { url, method, headers: sent, body } = c.req.raw;
  const headers = new Headers(sent);
  headers.delete("content-encoding");
  // The length of the compressed body.
  headers.delete("content-length");
  c.req.raw = new Request(url, { method, headers, body: body === null ? null : unpacked(body) });
  return next();
});
