/**
 * Validates a request to place a call, in Twilio's order and with Twilio's codes if they are documented. To find
 * mistakes of the tested service, it is stricter than Twilio in two ways: it refuses unknown and repeated parameters.
 */

import { CALL_EVENTS, type CallEvent, type CallOrder } from "./call.ts";
import { badRequest, type Refusal } from "./refusal.ts";
import { readTwiml } from "./twiml.ts";

export type OrderReading =
  | { readonly ok: true; readonly order: CallOrder }
  | { readonly ok: false; readonly refusal: Refusal };

const KNOWN = new Set([
  "To",
  "From",
  "Url",
  "Method",
  "Twiml",
  "ApplicationSid",
  "Timeout",
  "TimeLimit",
  "StatusCallback",
  "StatusCallbackEvent",
  "StatusCallbackMethod",
  "CallReason",
  "MachineDetection",
  "AsyncAmd",
  "AsyncAmdStatusCallback",
  "AsyncAmdStatusCallbackMethod",
]);
const E164 = /^\+[1-9]\d{6,14}$/;
const DEFAULT_TIMEOUT_SECONDS = 60;
const MAX_TIMEOUT_SECONDS = 600;
/** Four hours: the usual ceiling of an account that asks for no limit. */
const DEFAULT_TIME_LIMIT_SECONDS = 14_400;
/** A day, so that a limit in milliseconds, given by mistake, is refused. */
const MAX_TIME_LIMIT_SECONDS = 86_400;
const MAX_URL_CHARACTERS = 4_000;

/** Thrown and caught inside this file only. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(code: number, message: string) {
    super(message);
    this.refusal = badRequest(code, message);
  }
}

export function readOrder(form: URLSearchParams): OrderReading {
  try {
    return { ok: true, order: read(form) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

function read(form: URLSearchParams): CallOrder {
  for (const name of new Set(form.keys())) {
    if (!KNOWN.has(name)) throw new Refused(20001, `The stand-in carrier does not know the parameter '${name}'.`);
    if (name !== "StatusCallbackEvent" && form.getAll(name).length > 1) {
      throw new Refused(20001, `The parameter '${name}' is given more than once.`);
    }
  }
  const { to, from } = readNumbers(form);
  const instructions = readInstructions(form);
  const timeoutSeconds = readSeconds(form, "Timeout", DEFAULT_TIMEOUT_SECONDS, MAX_TIMEOUT_SECONDS, 21208);
  const timeLimitSeconds = readSeconds(form, "TimeLimit", DEFAULT_TIME_LIMIT_SECONDS, MAX_TIME_LIMIT_SECONDS, 20001);
  const amdCallback = readMachineDetection(form);
  return { to, from, ...instructions, timeoutSeconds, timeLimitSeconds, amdCallback, ...readStatusCallback(form) };
}

/**
 * "Answering Machine Detection": where the result goes; null if it is not requested. Detection that holds the call back
 * until it decides is refused. The callee would hear nothing for seconds, which the tested service must not request.
 */
function readMachineDetection(form: URLSearchParams): string | null {
  const detection = form.get("MachineDetection");
  const [isAsync, callback] = [form.get("AsyncAmd"), form.get("AsyncAmdStatusCallback")];
  const method = form.get("AsyncAmdStatusCallbackMethod");
  if (detection === null) {
    if (isAsync === null && callback === null && method === null) return null;
    throw new Refused(20001, "AsyncAmd and what belongs to it need MachineDetection.");
  }
  if (detection !== "Enable" && detection !== "DetectMessageEnd") {
    throw new Refused(20001, `MachineDetection must be Enable or DetectMessageEnd, not '${detection}'.`);
  }
  if (isAsync !== "true") throw new Refused(20001, "The stand-in carrier detects machines with AsyncAmd=true only.");
  if (callback === null) throw new Refused(21262, "No AMD status callback URL provided");
  if (!isHttpUrl(callback)) throw new Refused(21609, `The AsyncAmdStatusCallback URL ${callback} is not a valid URL.`);
  if (method !== null && method !== "POST") {
    throw new Refused(21200, "The stand-in carrier sends results of the detection by POST only.");
  }
  return callback;
}

function readNumbers(form: URLSearchParams): { to: string; from: string } {
  const to = form.get("To") ?? "";
  const from = form.get("From") ?? "";
  if (to === "") throw new Refused(21201, "No 'To' number is specified");
  if (from === "") throw new Refused(21213, "Caller phone number is required");
  if (!E164.test(to)) throw new Refused(21211, `The 'To' number ${to} is not a valid phone number.`);
  if (!E164.test(from)) throw new Refused(21212, `The 'From' number ${from} is not a valid phone number.`);
  return { to, from };
}

function readInstructions(form: URLSearchParams) {
  const given = ["Url", "Twiml", "ApplicationSid"].filter((name) => form.has(name));
  if (given.length !== 1) {
    throw new Refused(21205, `Exactly one of Url, Twiml and ApplicationSid is needed, not ${given.length}.`);
  }
  const method = form.get("Method");
  if (method !== null && method !== "GET" && method !== "POST") throw new Refused(21200, "Method must be GET or POST.");
  const nothingOfOurs = { twiml: null, connectAction: null, batchId: null, recipientId: null, agentCallId: null };

  const url = form.get("Url");
  if (url !== null) {
    if (!isHttpUrl(url)) throw new Refused(21205, `Url is not a valid URL: ${url}`);
    return nothingOfOurs;
  }
  const twiml = form.get("Twiml");
  if (twiml === null) {
    const application = form.get("ApplicationSid") ?? "";
    if (!/^AP[0-9a-f]{32}$/i.test(application)) throw new Refused(21218, "ApplicationSid is not valid");
    return nothingOfOurs;
  }
  const reading = readTwiml(twiml);
  if (!reading.ok) throw new Refused(12100, `The Twiml is not valid: ${reading.problem}.`);
  const { connectAction, parameters } = reading.twiml;
  return {
    twiml,
    connectAction,
    batchId: parameters.get("batch_id") ?? null,
    recipientId: parameters.get("recipient_id") ?? null,
    agentCallId: parameters.get("agent_call_id") ?? null,
  };
}

function readStatusCallback(form: URLSearchParams): Pick<CallOrder, "statusCallback" | "events"> {
  const statusCallback = form.get("StatusCallback");
  const method = form.get("StatusCallbackMethod");
  if (statusCallback !== null && !isHttpUrl(statusCallback)) {
    throw new Refused(21609, `The StatusCallback URL ${statusCallback} is not a valid URL.`);
  }
  if (method !== null && method !== "POST") {
    throw new Refused(21200, "The stand-in carrier sends status callbacks by POST only.");
  }
  const events = new Set<CallEvent>();
  for (const given of form.getAll("StatusCallbackEvent")) {
    const event = CALL_EVENTS.find((known) => known === given);
    if (event === undefined) throw new Refused(21626, `'${given}' is not a valid StatusCallbackEvent.`);
    events.add(event);
  }
  if (events.size === 0) events.add("completed");
  // Twilio ignores a call's own callbacks where an application handles the call.
  return { statusCallback: form.has("ApplicationSid") ? null : statusCallback, events };
}

function readSeconds(form: URLSearchParams, name: string, fallback: number, max: number, code: number): number {
  const text = form.get(name);
  if (text === null) return fallback;
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > max)
    throw new Refused(code, `${name} must be an integer from 1 to ${max}, not '${text}'.`);
  return seconds;
}

/** Absolute and http(s); Twilio refuses a host name with an underscore. */
function isHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || text.length > MAX_URL_CHARACTERS) return false;
  return (url.protocol === "http:" || url.protocol === "https:") && !url.hostname.includes("_");
}
