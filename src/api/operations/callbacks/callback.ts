/**
 * Carriers' requests about calls. They have no key. A call's URL contains a secret token, and the carrier signs; a URL
 * that all calls share relies on the signature alone. If anything is wrong with a request, nothing changes and the
 * answer is the same.
 */

import { z } from "zod";
import { err, ok, type Result } from "../../../calling/requests/result.ts";
import { parseCallId } from "../../../calling/secrets/ids.ts";
import { jurisdictionOf } from "../../../calling/words/jurisdiction.ts";
import type { Carrier } from "../../../dialer/carrier.ts";
import { findCarrier } from "../../../dialer/carriers.ts";
import type { CarrierRequest } from "../../../dialer/dialer.ts";
import { bytesOf } from "../../body/body.ts";
import { type ApiContext, pathPart } from "../../context.ts";
import { type ApiError, tryAgainError } from "../../envelope.ts";
import { isInUse } from "../../guards/directories.ts";
import { genuineToken } from "../../guards/token-check.ts";
import { content, type Handled, refusal } from "../../operation.ts";

export const CALLBACK = {
  method: "POST",
  audience: "anybody",
  tag: "Service",
  readsBody: true,
  refusals: { 403: refusal("forbidden", "It is not a genuine callback about a call of this service.") },
} as const;
export const FORM = content(
  "CallbackForm",
  z.looseObject({ CallSid: z.string(), CallStatus: z.string().optional() }),
  { CallSid: "CA00000000000000000000000000000000", CallStatus: "completed" },
  "application/x-www-form-urlencoded",
);

export const FORBIDDEN: ApiError = {
  code: "forbidden",
  message: "this is not a genuine callback about a call of this service",
};

/** A call's callback has a few hundred bytes. A carrier that sends more says so in its definition. */
const MAX_CALLBACK_BYTES = 64 * 1_024;

const decoder = new TextDecoder();

export async function requestOf(
  c: ApiContext,
  { callbackHeaders, maxCallbackBytes = MAX_CALLBACK_BYTES }: Carrier,
): Promise<Result<CarrierRequest, "too_long">> {
  // As bytes: the platform warns about a form read as text, and the signature needs the text.
  const bytes = await bytesOf(c, maxCallbackBytes);
  if (bytes === null) return err("too_long");
  const { method, url, headers } = c.req.raw;
  return ok({
    method,
    // The platform's URLs are absolute and have no fragment.
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

export async function handOn(
  c: ApiContext,
  callId: string,
  token: string | null,
  request: CarrierRequest,
): Promise<Handled<never>> {
  const call = parseCallId(callId);
  if (call === null || !(await isInUse(c.env, jurisdictionOf(call.route)))) return err(FORBIDDEN);
  const verdict = await c.env.BATCHES.getByName(call.route).callback(call.number, token, request);
  if (verdict.kind === "forbidden") return err(FORBIDDEN);
  if (verdict.kind === "unanswered") return err(tryAgainError());
  return verdict.body === "" ? c.body(null, 204) : c.body(verdict.body, 200, { "content-type": verdict.contentType });
}

/** For the call whose id and token are in the path. */
export async function receive(c: ApiContext): Promise<Handled<never>> {
  const carrier = findCarrier(pathPart(c, "carrier"));
  if (carrier === null) return err(FORBIDDEN);
  const callId = pathPart(c, "call_id");
  // Checked before the body is read: a forged request costs neither memory nor an object.
  const token = await genuineToken(c, callId, pathPart(c, "token"));
  if (token === null) return err(FORBIDDEN);
  const request = await requestOf(c, carrier);
  return request.ok ? handOn(c, callId, token, request.value) : err(FORBIDDEN);
}
