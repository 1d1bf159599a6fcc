/**
 * `/callbacks/{carrier}/{call_id}/{token}` and `/callbacks/{carrier}`: carriers' requests about calls. No key: the URL of
 * a call carries an unguessable token, and the carrier signs; a URL that all calls share has the signature alone.
 * Whatever is wrong with a request, the answer is the same and nothing changes.
 */

import { err, ok, type Result } from "../../calling/requests/result.ts";
import { parseCallId } from "../../calling/secrets/ids.ts";
import type { Carrier } from "../../dialer/carrier.ts";
import { findCarrier } from "../../dialer/carriers.ts";
import type { CarrierRequest } from "../../dialer/dialer.ts";
import { bytesOf } from "../body.ts";
import { type ApiContext, pathPart } from "../context.ts";
import { type ApiError, respondWith, tryAgainError } from "../envelope.ts";

const FORBIDDEN: ApiError = {
  status: 403,
  code: "forbidden",
  title: "Forbidden",
  message: "this is not a genuine callback about a call of this service",
};

/** Callbacks of a call have a few hundred bytes; where they carry more, the carrier's definition says so. */
const MAX_CALLBACK_BYTES = 64 * 1_024;

const decoder = new TextDecoder();

async function requestOf(
  c: ApiContext,
  { callbackHeaders, maxCallbackBytes = MAX_CALLBACK_BYTES }: Carrier,
): Promise<Result<CarrierRequest, "too_long">> {
  // As bytes: the platform warns of a form that is read as text, and the signature needs the text.
  const bytes = await bytesOf(c, maxCallbackBytes);
  if (bytes === null) return err("too_long");
  const { method, url, headers } = c.req.raw;
  return ok({
    method,
    // The platform's URLs are written in full and have no fragment.
    pathAndQuery: url.slice(url.indexOf("/", url.indexOf("//") + 2)),
    headers: Object.fromEntries(
      callbackHeaders.flatMap((name) => {
        const value = headers.get(name);
        return value === null ? [] : [[name, value]];
      }),
    ),
    body: decoder.decode(bytes),
  });
}

async function handOn(c: ApiContext, callId: string, token: string | null, request: CarrierRequest): Promise<Response> {
  const call = parseCallId(callId);
  if (call === null) return respondWith(c, FORBIDDEN);
  const verdict = await c.env.BATCHES.getByName(call.route).callback(call.number, token, request);
  if (verdict.kind === "forbidden") return respondWith(c, FORBIDDEN);
  if (verdict.kind === "unanswered") return respondWith(c, tryAgainError());
  return verdict.body === "" ? c.body(null, 204) : c.body(verdict.body, 200, { "content-type": verdict.contentType });
}

export async function receiveCallback(c: ApiContext): Promise<Response> {
  const carrier = findCarrier(pathPart(c, "carrier"));
  if (carrier === null) return respondWith(c, FORBIDDEN);
  const request = await requestOf(c, carrier);
  if (!request.ok) return respondWith(c, FORBIDDEN);
  return handOn(c, pathPart(c, "call_id"), pathPart(c, "token"), request.value);
}

/** Of whatever happens to the carrier's account; what is about no call of ours is heard and changes nothing. */
export async function receiveSharedCallback(c: ApiContext): Promise<Response> {
  const carrier = findCarrier(pathPart(c, "carrier"));
  if (carrier?.callIdOf === undefined) return respondWith(c, FORBIDDEN);
  const request = await requestOf(c, carrier);
  if (!request.ok) return respondWith(c, FORBIDDEN);
  const callId = carrier.callIdOf(request.value);
  return callId === null ? c.body(null, 204) : handOn(c, callId, null, request.value);
}
