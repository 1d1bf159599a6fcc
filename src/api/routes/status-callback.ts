/**
 * `/callbacks/{carrier}/{call_id}/{token}`: carriers' requests about calls. No key: the URL carries an unguessable token,
 * and the carrier signs. Whatever is wrong with it, the answer is the same and nothing changes.
 */

import { parseCallId } from "../../calling/ids.ts";
import { type ApiContext, pathPart } from "../context.ts";
import { type ApiError, respondWith } from "../envelope.ts";

const FORBIDDEN: ApiError = {
  status: 403,
  code: "forbidden",
  title: "Forbidden",
  message: "this is not a genuine callback about a call of this service",
};

/** Carriers' forms have a few hundred bytes. */
const MAX_CALLBACK_BYTES = 64 * 1_024;

export async function receiveCallback(c: ApiContext): Promise<Response> {
  const call = parseCallId(pathPart(c, "call_id"));
  const length = Number(c.req.header("content-length") ?? 0);
  if (call === null || length > MAX_CALLBACK_BYTES) return respondWith(c, FORBIDDEN);
  // As bytes: the platform warns of a form that is read as text, and the signature needs the text.
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > MAX_CALLBACK_BYTES) return respondWith(c, FORBIDDEN);
  const body = new TextDecoder().decode(bytes);
  const url = new URL(c.req.url);
  const verdict = await c.env.BATCHES.getByName(call.route).callback(call.number, pathPart(c, "token"), {
    method: c.req.method,
    pathAndQuery: url.pathname + url.search,
    headers: { ...c.req.header() },
    body,
  });
  if (verdict.kind === "forbidden") return respondWith(c, FORBIDDEN);
  return verdict.body === "" ? c.body(null, 204) : c.body(verdict.body, 200, { "content-type": verdict.contentType });
}
